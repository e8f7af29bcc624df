import { describe, expect, it } from 'vitest';
import { parseQuarantineKey } from '../../../bridge/core/quarantine-key.ts';
import type { EntryPlace, QuarantineObject } from '../../../bridge/core/quarantine-key.ts';
import { encodeQuarantineLine } from '../../../bridge/core/quarantine-line.ts';
import { readEntry } from '../../../bridge/quarantine/entry.ts';

const object = parseQuarantineKey(
  'quarantine/accelerometer_landing/date=2022-06-18/b-0f3a-0000000001.json.gz',
) as QuarantineObject;
const place: EntryPlace = { object, line: 7 };
const LINE = { reason: 'not-json', source: 's', arrivedAt: 5, encoding: 'utf8', original: 'x' };

describe('readEntry', () => {
  it.each([Buffer.from('{"ż":'), Buffer.from([0, 255, 10]), Buffer.alloc(0)])(
    'gives back what a bridge wrote, to the byte (%j)',
    (original) => {
      const written = {
        reason: 'bad-sample',
        rule: 'phone-payload.samples',
        source: 'mqtt',
        position: 3,
        arrivedAt: 1_655_553_600_000,
        originalTopic: 'some/topic',
      };
      const line = encodeQuarantineLine({ ...written, original, omittedBytes: 9 });
      const entry = readEntry(place, Buffer.from(line).toString());
      expect(entry).toMatchObject({ ...written, ...place, originalBytes: original.length + 9 });
      expect(entry?.id).toBe('accelerometer_landing/date=2022-06-18/b-0f3a-0000000001.json.gz#7');
      expect(Buffer.from(entry?.original ?? 'none').equals(original)).toBe(true);
    },
  );

  it.each([
    '',
    '[]',
    'null',
    '{',
    JSON.stringify({ ...LINE, reason: 'Free text' }),
    JSON.stringify({ ...LINE, reason: undefined }),
    JSON.stringify({ ...LINE, source: 1 }),
    JSON.stringify({ ...LINE, arrivedAt: '5' }),
    JSON.stringify({ ...LINE, arrivedAt: 1e300 }),
    JSON.stringify({ ...LINE, encoding: 'latin1' }),
    JSON.stringify({ ...LINE, encoding: 'base64', original: 'not base64!' }),
    JSON.stringify({ ...LINE, original: null }),
  ])('does not take %s', (text) => {
    expect(readEntry(place, text)).toBeUndefined();
  });

  it('takes the least that an entry has', () => {
    expect(readEntry(place, JSON.stringify(LINE))).toMatchObject({
      rule: undefined,
      reason: 'not-json',
    });
  });
});
