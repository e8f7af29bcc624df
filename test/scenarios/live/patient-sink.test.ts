import { expect, test } from 'vitest';
import { PatientSink } from '../../../scenarios/live/patient-sink.ts';

const OBJECT = { key: 'k', body: 'b', metadata: {} };

test('an object is stored as soon as the storage takes it', async () => {
  let attempts = 0;
  const sink = new PatientSink({
    put: () => (++attempts < 2 ? Promise.reject(new Error('away')) : Promise.resolve()),
  });
  await sink.put(OBJECT);
  expect(attempts).toBe(2);
});

test('in the end the storage is waited for no more, and its last failure is told', async () => {
  let attempts = 0;
  const sink = new PatientSink({ put: () => Promise.reject(new Error(`away ${++attempts}`)) });
  const storing = sink.put(OBJECT);
  sink.end();
  await expect(storing).rejects.toThrow(/^away \d$/);
  const before = attempts;
  await expect(sink.put(OBJECT)).rejects.toThrow('away');
  expect(attempts).toBe(before + 1);
});
