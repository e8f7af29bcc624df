import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { READER_MUTANTS } from '../../../../scenarios/mutants/catalogue/reader-mutants.ts';
import type { LandingReader } from '../../../../scenarios/mutants/landing-reader.ts';

function readerOf(id: string): LandingReader {
  return READER_MUTANTS.find((mutant) => mutant.id === id)?.reads ?? {};
}

function taken(id: string, bytes: Buffer | string, key = 'a.json'): string | undefined {
  return readerOf(id)
    .take?.({ key, bytes: Buffer.from(bytes) }, [])
    ?.toString();
}

const A = '{"x":1}';
const B = '{"x":2}';
const PIECES = Buffer.concat([gzipSync(`${A}\n`), gzipSync(`${B}\n`)]);

test.each([
  ['M70', `${A}\n${B}`, `${A}\n`],
  ['M71', `${A}\n{"x":NaN}\n${B}\n`, `${A}\n${B}\n`],
  ['M72', `${A}\n{"x":NaN}\n${B}\n`, `${A}\n`],
  ['M73', `${A}\n{"x":NaN}\n${B}\n`, ''],
  ['M74', `${A}${B}${B}\n${B}`, `${A}\n${B}`],
  ['M75', `\uFEFF${A}\n${B}\n`, `${B}\n`],
  ['M75', `\uFEFF${A}${B}`, B],
  ['M79', `${A}\n{"timestamp":1}\n{"timeStamp":2}\n`, `${A}\n{"timeStamp":2}\n`],
  ['M80', '{"x":NaN}\n', '{"x":0}\n'],
  ['M81', '{"t":1e999}\n', '{"t":253402300799999}\n'],
])(
  '%s takes what is wrong with it for something else, and leaves what is not',
  (id, bytes, text) => {
    expect(taken(id, bytes)).toBe(text);
    expect(taken(id, `${A}\n${B}\n`)).toBe(`${A}\n${B}\n`);
  },
);

test('packed objects are misread by what reads their names, their first piece, or nothing that is cut', () => {
  expect(taken('M76', gzipSync(A))).toBe('');
  expect(taken('M76', gzipSync(A), 'a.json.gz')).toBe(gzipSync(A).toString());
  expect(taken('M77', PIECES)).toBe(`${A}\n`);
  expect(taken('M77', gzipSync(A))).toBe(gzipSync(A).toString());
  expect(taken('M78', gzipSync(A).subarray(0, 20))).toBe('');
});

test('listings are cut, and later runs miss what has come since', () => {
  const keys = Array.from({ length: 12 }, (_, index) => `a-${String(index).padStart(2, '0')}`);
  const choose = (id: string, before?: readonly string[]): readonly string[] | undefined =>
    readerOf(id).choose?.(keys, before);
  expect(choose('M82')).toHaveLength(8);
  const before = [keys[0] ?? '', keys[2] ?? ''];
  expect(choose('M83', before)).toEqual(before);
  expect(choose('M84', before)).toEqual([keys[0], ...keys.slice(2)]);
  for (const id of ['M83', 'M84']) expect(choose(id)).toEqual(keys);
});

test('a copy is another object to a reader that counts it once more', () => {
  const take = readerOf('M85').take;
  const first = { key: 'a', bytes: Buffer.from(A) };
  const second = { key: 'b', bytes: Buffer.from(A) };
  expect(take?.(first, [])).toBe(first.bytes);
  expect(take?.(second, [first]).toString()).toBe(`${A}\n`);
});
