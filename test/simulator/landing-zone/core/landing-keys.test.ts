import { expect, test } from 'vitest';
import { LANDING_OBJECTS } from '../../../../simulator/landing-zone/core/landing-columns.ts';
import {
  isLandingKey,
  LANDING_FOLDERS,
  LANDING_FORMATS,
  landingKey,
} from '../../../../simulator/landing-zone/core/landing-keys.ts';

test.each([
  ['ndjson.gz', 'accelerometer_landing/date=2022-06-18/generate-7-0000000012.json.gz'],
  ['ndjson', 'accelerometer_landing/date=2022-06-18/generate-7-0000000012.json'],
  ['parquet', 'accelerometer_landing/date=2022-06-18/generate-7-0000000012.parquet'],
] as const)('an object as %s is called %s', (format, key) => {
  const name = { seed: 7, chunk: 12, format };
  expect(landingKey('accelerometer_landing', name, 1_655_564_400_000)).toBe(key);
});

test('the truth lies apart, and has no days', () => {
  const name = { seed: 1, chunk: 1, format: 'parquet' } as const;
  expect(landingKey('sessions', name, 0)).toBe('truth/sessions/generate-1-0000000001.parquet');
});

test('every key is known to be ours, and lies in a folder that is', () => {
  for (const kind of LANDING_OBJECTS) {
    for (const format of LANDING_FORMATS) {
      const key = landingKey(kind, { seed: 3, chunk: 2, format }, 1_655_564_400_000);
      expect([key, isLandingKey(key)]).toEqual([key, true]);
      expect(LANDING_FOLDERS).toContain(key.split('/')[0]);
    }
  }
});

test.each([
  'accelerometer_landing/date=2022-06-18/bridge-7-0f3a61c2-0000000017.json.gz',
  'accelerometer_landing/generate-1-0000000001.json',
  'accelerometer_trusted/date=2022-06-18/generate-1-0000000001.json',
  'customer_landing/date=2022-06-18/generate-1-0000000001.csv',
  'truth/notes.txt',
  'notes/truth/sessions/generate-1-0000000001.json',
])('%s is not', (key) => {
  expect(isLandingKey(key)).toBe(false);
});
