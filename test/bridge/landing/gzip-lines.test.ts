import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { gzipLines } from '../../../bridge/landing/gzip-lines.ts';

const text = Array.from({ length: 60_000 }, (_, row) => `{"row":${row},"z":${row % 7}}\n`).join('');

it('packs lines to one gzip member without a time', async () => {
  const packed = await gzipLines(text.split(/(?<=\n)/).map((line) => Buffer.from(line)));
  expect(gunzipSync(packed).toString()).toBe(text);
  expect([...packed.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
});

it('makes the same bytes of the same lines, however they were collected', async () => {
  const bytes = Buffer.from(text);
  const whole = await gzipLines([bytes]);
  const parts: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += 333_333) {
    parts.push(bytes.subarray(from, from + 333_333));
  }
  expect(Buffer.from(await gzipLines(parts)).equals(whole)).toBe(true);
  expect(Buffer.from(await gzipLines([bytes])).equals(whole)).toBe(true);
});

it('packs nothing to an empty member', async () => {
  expect(gunzipSync(await gzipLines([]))).toHaveLength(0);
});
