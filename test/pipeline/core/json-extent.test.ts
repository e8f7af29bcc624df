import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPTH_MAX, findJsonExtent } from '../../../pipeline/core/json-extent.ts';

const extentOf = (text: string): string => {
  const bytes = Buffer.from(text);
  const { kind, end } = findJsonExtent(bytes, 0, bytes.length);
  return `${kind} ${end}`;
};

describe('findJsonExtent', () => {
  it.each([
    ['{}', 'whole 2'],
    ['{"a":1}{"b":2}', 'whole 7'],
    ['{"a":"}"} rest', 'whole 9'],
    ['{"a":"\\"}"}', 'whole 11'],
    ['{ "a" : [ { "b" : [] } , null ] }', 'whole 33'],
    ['{"a":', 'open 5'],
    ['{"a":"never closed', 'open 18'],
    // An object cut off, with a good one behind it: the first byte that cannot be JSON tells.
    ['{"a":1{"b":2}', 'broken 6'],
    ['{"a":1,{"b":2}', 'broken 7'],
    ['{"a":"x{"b":2}', 'broken 9'],
    ['{"a":1\n{"b":2}', 'broken 7'],
    ['{"a":"x\n', 'broken 7'],
    ['{"a":1,}', 'broken 7'],
    ['{"a":[1,]}', 'broken 8'],
    ['{"a":[1}', 'broken 7'],
    ['{"a":1]', 'broken 6'],
    ['{a:1}', 'broken 1'],
    ['{1:1}', 'broken 1'],
    ['{:1}', 'broken 1'],
  ])('%s is %s', (text, expected) => {
    expect(extentOf(text)).toBe(expected);
  });

  it('reads no further than the limit', () => {
    expect(findJsonExtent(Buffer.from('{"a":1}'), 0, 6)).toEqual({ kind: 'open', end: 6 });
  });

  it('refuses to nest deeper than it can count', () => {
    const nested = (depth: number): string =>
      `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    expect(extentOf(nested(DEPTH_MAX))).toMatch(/^whole/);
    expect(extentOf(nested(DEPTH_MAX + 1))).toMatch(/^broken/);
  });

  it('finds the end of every JSON object, and of none before it is complete', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
        fc.nat(3),
        (value, indent) => {
          const bytes = Buffer.from(JSON.stringify(value, undefined, indent));
          expect(findJsonExtent(bytes, 0, bytes.length)).toEqual({
            kind: 'whole',
            end: bytes.length,
          });
          const limits = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
          const kinds = new Set(limits.map((limit) => findJsonExtent(bytes, 0, limit).kind));
          expect([...kinds]).toEqual(['open']);
        },
      ),
    );
  });
});
