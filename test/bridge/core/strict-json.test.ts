import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_DEPTH_MAX, parseStrictJson } from '../../../bridge/core/strict-json.ts';

const reasonOf = (text: string): string => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? 'ok' : parsed.reason;
};
/** What JSON.stringify may write and is refused all the same. */
const ODD = ['forbidden-key', 'lone-surrogate'];
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('strict JSON', () => {
  it.each([
    ['{}', {}],
    [' [ 1 , "a" , null ]\r\n', [1, 'a', null]],
    ['{"a":{"b":1},"b":{"a":1}}', { a: { b: 1 }, b: { a: 1 } }],
    ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['{"a":["a","a"],"b":"a"}', { a: ['a', 'a'], b: 'a' }],
    ['{"a\\"":1,"a":2}', { 'a"': 1, a: 2 }],
    ['"\\ud83d\\ude00"', '\u{1F600}'],
    ['{"constructor":1,"prototype":2}', { constructor: 1, prototype: 2 }],
    ['"NaN and __proto__ and Infinity"', 'NaN and __proto__ and Infinity'],
    ['1.7e308', 1.7e308],
    ['-0', -0],
    [nested(JSON_DEPTH_MAX), JSON.parse(nested(JSON_DEPTH_MAX))],
  ])('is %s', (text, value) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'not-json'],
    ['{', 'not-json'],
    ['{"a"', 'not-json'],
    ['{"a":1,}', 'not-json'],
    ['"open', 'not-json'],
    ['"\\x"', 'not-json'],
    ['"a\nb"', 'not-json'],
    ['{a:1}', 'not-json'],
    ["{'a':1}", 'not-json'],
    ['01', 'not-json'],
    ['1 2', 'not-json'],
    ['nulll', 'not-json'],
    ['\ufeff{}', 'not-json'],
    [']', 'not-json'],
    ['{]', 'not-json'],
    [nested(JSON_DEPTH_MAX + 1), 'too-deep'],
    ['['.repeat(60_000), 'too-deep'],
    ['{"a":'.repeat(13_000), 'too-deep'],
    ['{"a":1,"a":1}', 'duplicate-key'],
    ['{"a":1,"b":[{"c":1}],"\\u0061":2}', 'duplicate-key'],
    ['{"a":{"x":1,"x":1}}', 'duplicate-key'],
    ['{"__proto__":{"polluted":1}}', 'forbidden-key'],
    ['{"a":{"\\u005f_proto__":null}}', 'forbidden-key'],
    ['[NaN]', 'not-finite'],
    ['{"a":Infinity}', 'not-finite'],
    ['-Infinity', 'not-finite'],
    ['[1e400]', 'not-finite'],
    ['-1e999999999', 'not-finite'],
    ['"\\ud800"', 'lone-surrogate'],
    ['{"a":"x\\udc00"}', 'lone-surrogate'],
    ['{"\\ud83d":1}', 'lone-surrogate'],
  ])('refuses %.40j: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('leaves the prototypes of JavaScript alone', () => {
    parseStrictJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads what JSON.stringify writes as JSON.parse does, and never throws', () => {
    const values = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
    let read = 0;
    fc.assert(
      fc.property(values, fc.nat(2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const parsed = parseStrictJson(text);
        read += Number(parsed.ok);
        const allowed = parsed.ok ? [parsed] : ODD.map((reason) => ({ ok: false, reason }));
        expect(allowed).toContainEqual(
          parsed.ok ? { ok: true, value: JSON.parse(text) as unknown } : parsed,
        );
      }),
    );
    expect(read).toBeGreaterThan(50);
  });

  it('takes nothing that JSON.parse refuses', () => {
    const marks = fc.constantFrom(
      ...Array.from('{}[]:,"\\ 01-.eabnultrue\n'),
      '"a"',
      '\\u0061',
      'NaN',
      '1e400',
    );
    const texts = fc.array(marks, { maxLength: 25 }).map((pieces) => pieces.join(''));
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseStrictJson(text);
        outcomes.add(parsed.ok);
        const expected = parsed.ok ? { ok: true, value: JSON.parse(text) as unknown } : parsed;
        expect(parsed).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
    expect(outcomes.size).toBe(2);
  });

  it.each([
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['escaped quotes', '\\"'],
    ['open strings', '"a\\"'],
    ['blanks', ' '],
    ['minus signs', '-'],
  ])('takes time in proportion to the length: %s', (_what, piece) => {
    // Work that grows with the square of the length would take minutes here.
    expect(reasonOf(piece.repeat(2_000_000 / piece.length))).toBe('not-json');
    expect(reasonOf(`"${piece.repeat(2_000_000 / piece.length)}`)).toBe('not-json');
  });
});
