import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeClaims, encodeClaims, NO_CLAIM } from '../../../bridge/core/spool-claims.ts';
import { BATCH_TABLES } from '../../../bridge/core/spool-names.ts';

const crc32 = (bytes: Uint8Array): number => zlibCrc32(bytes);

const CLAIMS = new Map(
  BATCH_TABLES.map((table, index) => [table, { number: index, bytes: 1_000 * index }]),
);
const FILE = new Uint8Array(encodeClaims(CLAIMS, crc32));

test('claims are read as they were written', () => {
  expect(decodeClaims(FILE, crc32)).toEqual(CLAIMS);
  const none = new Uint8Array(encodeClaims(new Map(), crc32));
  expect([...decodeClaims(none, crc32).values()]).toEqual(BATCH_TABLES.map(() => NO_CLAIM));
});

test('a damaged entry claims nothing, and the others still do', () => {
  for (let offset = 0; offset < FILE.length; offset++) {
    const changed = FILE.slice();
    changed[offset] = (changed[offset] as number) ^ 4;
    const hit = BATCH_TABLES[Math.floor(offset / 16)];
    const expected = new Map([...CLAIMS].filter(([table]) => table !== hit));
    expect(decodeClaims(changed, crc32)).toEqual(expected);
  }
});

test('of a file that is cut, whole entries count; one in the place of another table does not', () => {
  for (let length = 0; length < FILE.length; length++) {
    expect(decodeClaims(FILE.slice(0, length), crc32).size).toBe(Math.floor(length / 16));
  }
  const swapped = new Uint8Array([...FILE.slice(16, 32), ...FILE.slice(0, 16)]);
  expect(decodeClaims(swapped, crc32).size).toBe(0);
});
