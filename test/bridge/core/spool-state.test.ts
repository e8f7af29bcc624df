import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeState, encodeState, noneLanded } from '../../../bridge/core/spool-state.ts';

const crc32 = (bytes: Uint8Array): number => zlibCrc32(bytes);

const STATE = {
  format: 2,
  bridgeId: 'cellar',
  spoolId: '0f1e2d3c4b5a',
  landed: { ...noneLanded(), step_trainer_landing: 41 },
};

test('the state is read as it was written, one line that people can read', () => {
  const bytes = encodeState(STATE, crc32);
  const text = Buffer.from(bytes).toString();
  expect(text).toMatch(/^\{"format":2,"bridgeId":"cellar",.*"step_trainer_landing":41.*\}\n$/);
  expect(decodeState(bytes, 2, crc32)).toEqual({ kind: 'state', state: STATE });
});

test('a state of an older format is read', () => {
  const bytes = encodeState({ ...STATE, format: 1 }, crc32);
  expect(decodeState(bytes, 2, crc32)).toMatchObject({ kind: 'state', state: { format: 1 } });
});

test('a state of a newer format tells its format, whatever else is in it', () => {
  const text = '{"format":3,"shape":{"new":true}}';
  const crc = crc32(Buffer.from(text));
  const bytes = Buffer.from(`${text.slice(0, -1)},"crc":${crc}}\n`);
  expect(decodeState(bytes, 2, crc32)).toEqual({ kind: 'newer', format: 3 });
});

describe('damaged', () => {
  const bytes = encodeState(STATE, crc32);

  test('is a state with any byte changed or cut off', () => {
    // The LF at the end is no part of what it says.
    for (let offset = 0; offset < bytes.length - 1; offset++) {
      const changed = bytes.slice();
      changed[offset] = (changed[offset] as number) ^ 2;
      expect(decodeState(changed, 2, crc32)).toEqual({ kind: 'damaged' });
      expect(decodeState(bytes.subarray(0, offset), 2, crc32)).toEqual({ kind: 'damaged' });
    }
  });

  test.each([
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"format":2}',
    '{"format":2,"bridgeId":"a","spoolId":"b","landed":null}',
  ])('is %s', (text) => {
    expect(decodeState(Buffer.from(text), 2, crc32)).toEqual({ kind: 'damaged' });
  });
});
