import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JUNK_BYTES_MAX,
  RECORD_BYTES_MAX,
  RecordSplitter,
} from '../../../pipeline/core/record-splitter.ts';
import type { Piece } from '../../../pipeline/core/record-splitter.ts';

/** The pieces of a text, as `object line:offset text` and `junk line:offset text (reason)`. */
function split(text: string | Uint8Array, chunkBytes = 1 << 20): string[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const splitter = new RecordSplitter();
  const found: string[] = [];
  const take = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      const reason = piece.kind === 'junk' ? ` (${piece.reason})` : '';
      found.push(
        `${piece.kind} ${piece.line}:${piece.offset} ${Buffer.from(piece.bytes).toString()}${reason}`,
      );
    }
  };
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    // A copy that is overwritten afterwards, as a reader does that uses its buffer again.
    const chunk = Buffer.from(bytes.subarray(from, from + chunkBytes));
    take(splitter.push(chunk, false));
    chunk.fill(0x21);
  }
  take(splitter.push(new Uint8Array(0), true));
  return found;
}

describe('RecordSplitter', () => {
  it.each([
    ['one per line', '{"a":1}\n{"b":2}\n', ['object 1:0 {"a":1}', 'object 2:8 {"b":2}']],
    [
      'CRLF and blank lines',
      '{"a":1}\r\n\r\n\n{"b":2}',
      ['object 1:0 {"a":1}', 'object 4:12 {"b":2}'],
    ],
    ['no separator', '{"a":1}{"b":2}', ['object 1:0 {"a":1}', 'object 1:7 {"b":2}']],
    ['commas', '{"a":1},\n{"b":2},', ['object 1:0 {"a":1}', 'object 2:9 {"b":2}']],
    ['a list around', '[{"a":1},\n{"b":2}]\n', ['object 1:1 {"a":1}', 'object 2:10 {"b":2}']],
    ['a byte order mark', '\uFEFF{"a":1}', ['object 1:3 {"a":1}']],
    [
      'objects that span lines',
      '{\n"a":\n1}\n{"b":2}',
      ['object 1:0 {\n"a":\n1}', 'object 4:10 {"b":2}'],
    ],
    ['nothing', ' \n\n', []],
  ])('reads %s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it.each([
    [
      'a line of text',
      'hello, world\n{"b":2}',
      ['junk 1:0 hello, world (not a JSON object)', 'object 2:13 {"b":2}'],
    ],
    [
      'text behind an object',
      '{"a":1} x\n{"b":2}',
      ['object 1:0 {"a":1}', 'junk 1:8 x (not a JSON object)', 'object 2:10 {"b":2}'],
    ],
    [
      'an object cut off at a line end',
      '{"a":1,"b":\n{"b":2}\n{"c":3}',
      ['junk 1:0 {"a":1,"b": (broken JSON)', 'object 2:12 {"b":2}', 'object 3:20 {"c":3}'],
    ],
    [
      'an object cut off in front of another',
      '{"a":1,"us{"b":2}{"c":3}',
      ['junk 1:0 {"a":1,"us (broken JSON)', 'object 1:10 {"b":2}', 'object 1:17 {"c":3}'],
    ],
    [
      'an object cut off in a string at a line end',
      '{"a":"x\n{"b":2}',
      ['junk 1:0 {"a":"x (broken JSON)', 'object 2:8 {"b":2}'],
    ],
    [
      'an object cut off at the end',
      '{"a":1}\n{"b":',
      ['object 1:0 {"a":1}', 'junk 2:8 {"b": (cut off at the end of the file)'],
    ],
    [
      'a trailing comma',
      '{"a":1,}\n{"b":2}',
      ['junk 1:0 {"a":1,} (broken JSON)', 'object 2:9 {"b":2}'],
    ],
    ['a missing quote', '{"a:1}\n{"b":2}', ['junk 1:0 {"a:1} (broken JSON)', 'object 2:7 {"b":2}']],
    [
      'many in one line as one piece',
      'x}{"a:}{{{,"y"\n',
      ['junk 1:0 x}{"a:}{{{,"y" (not a JSON object)'],
    ],
  ])('sets %s aside and goes on', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('gives the same pieces whatever the chunks', () => {
    const fragment = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom('{"a":1}', '{"b":"}{"}', '{\n"c":[{}]}', '\n', ',', '\r\n'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('{', '}', '"', '\\', '\uFEFF', 'x', '{"a":', '[', ':', '{"a":"'),
      },
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const text = parts.join('');
          expect(split(text, size)).toEqual(split(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('loses no byte: everything that is no separator is in a piece, in order', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}[\]":,\\ab1\n ]{0,60}$/), (text) => {
        const splitter = new RecordSplitter();
        const pieces = splitter.push(Buffer.from(text), true);
        let at = 0;
        for (const { offset, bytes } of pieces) {
          expect(text.slice(at, offset)).toMatch(/^[\s,[\]]*$/);
          at = offset + bytes.length;
        }
        expect(text.slice(at)).toMatch(/^[\s,[\]]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('takes the longest record and sets a longer one aside as one piece', () => {
    const record = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;
    const text = `${record(RECORD_BYTES_MAX)}\n${record(RECORD_BYTES_MAX + 1)}\n{"b":2}`;
    for (const chunk of [100_000, 1 << 22]) {
      const [first, second, third, ...rest] = split(text, chunk);
      expect(first).toHaveLength('object 1:0 '.length + RECORD_BYTES_MAX);
      expect(second).toMatch(/^junk 2:1048577 \{"a":"x+ \(longer than 1048576 bytes\)$/);
      expect(second?.length).toBeLessThan(JUNK_BYTES_MAX + 100);
      expect(third).toBe(`object 3:${text.length - 7} {"b":2}`);
      expect(rest).toEqual([]);
    }
  });

  it.each(['{', '{"', '{"a":', '[{"a":', '{"a":"x{', '{"a":1,'])(
    'reads %s over and over in linear time: quadratic time would not end within the limit of a test',
    (part) => {
      const bytes = Buffer.from(part.repeat(Math.ceil(1_000_000 / part.length)));
      const splitter = new RecordSplitter();
      const pieces = splitter.push(bytes, true);
      expect(pieces.map(({ kind }) => kind)).toEqual(['junk']);
    },
  );
});
