import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PENDING_BYTES_MAX } from '../../../device-bench/core/kit-limits.ts';
import { LineCutter } from '../../../device-bench/core/line-cutter.ts';
import type { CutLine } from '../../../device-bench/core/line-cutter.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The lines of chunks that arrive 1 ms after each other, and what is left at the end. */
function cut(...chunks: readonly string[]): CutLine[] {
  const cutter = new LineCutter();
  const lines = chunks.flatMap((chunk, index) => cutter.push(bytesOf(chunk), index));
  const rest = cutter.takeRest();
  return rest === undefined ? lines : [...lines, rest];
}

const textsOf = (lines: readonly CutLine[]): string[] => lines.map(({ bytes }) => bytes);

describe('LineCutter', () => {
  it.each([
    ['a\r\nb\n', ['a\r\n', 'b\n']],
    ['a\rb\r\n', ['a\r', 'b\r\n']],
    ['a\r\r\nb', ['a\r\r\n', 'b']],
    ['\r\n\n\rx', ['\r\n', '\n', '\r', 'x']],
    ['\0\xff\n', ['\0\xff\n']],
  ])('cuts %j', (bytes, lines) => {
    expect(textsOf(cut(bytes))).toEqual(lines);
  });

  it('cuts the same lines whatever the chunks are, and loses no byte', () => {
    const piece = fc.constantFrom('\r', '\n', '\r\n', '$R,1', '\xff', '');
    fc.assert(
      fc.property(fc.array(piece), (chunks) => {
        const whole = chunks.join('');
        const lines = textsOf(cut(...chunks));
        expect(lines.join('')).toBe(whole);
        expect(lines).toEqual(textsOf(cut(whole)));
      }),
    );
  });

  it('tells when the first and the last byte of a line came', () => {
    expect(cut('#o', 'n', 'e\r', '\n#two', '\n')).toEqual([
      { bytes: '#one\r\n', fromMs: 0, atMs: 3 },
      { bytes: '#two\n', fromMs: 3, atMs: 4 },
    ]);
  });

  it('holds no more than its bound, and gives what is longer in pieces', () => {
    const cutter = new LineCutter();
    const lines = Array.from({ length: 100 }, (_, index) =>
      cutter.push(bytesOf('x'.repeat(999)), index),
    ).flat();
    const held = cutter.takeRest()?.bytes.length ?? 0;
    expect(held).toBeLessThanOrEqual(PENDING_BYTES_MAX);
    expect(lines.every(({ bytes }) => bytes.length === PENDING_BYTES_MAX)).toBe(true);
    expect(lines.length * PENDING_BYTES_MAX + held).toBe(99_900);
  });

  it('lets a CR end a line that nothing follows, when it has waited long enough', () => {
    const cutter = new LineCutter();
    cutter.push(bytesOf('one\r'), 5);
    expect(cutter.waitsForLineFeed).toBe(true);
    expect(cutter.takeLoneCr(4)).toBeUndefined();
    expect(cutter.takeLoneCr(5)).toEqual({ bytes: 'one\r', fromMs: 5, atMs: 5 });
    expect(cutter.takeLoneCr(9)).toBeUndefined();
  });

  it('lets a LF that comes late join the line, however late, and nothing else', () => {
    const late = (...chunks: readonly string[]) => {
      const cutter = new LineCutter();
      cutter.push(bytesOf('one\r'), 5);
      cutter.takeLoneCr(5);
      return chunks.flatMap((chunk) => cutter.push(bytesOf(chunk), 9_000));
    };
    const joining = { bytes: '\n', fromMs: 9_000, atMs: 9_000, joins: true };
    expect(late('\ntwo\n')).toEqual([joining, { bytes: 'two\n', fromMs: 9_000, atMs: 9_000 }]);
    expect(late('\n', '\n')[1]).toEqual({ bytes: '\n', fromMs: 9_000, atMs: 9_000 });
    expect(textsOf(late('two\n', '\n'))).toEqual(['two\n', '\n']);
  });

  it('does not take a later CR for the one that was waited for', () => {
    const cutter = new LineCutter();
    cutter.push(bytesOf('one\r'), 5);
    expect(textsOf(cutter.push(bytesOf('two\r'), 7))).toEqual(['one\r']);
    expect(cutter.takeLoneCr(5)).toBeUndefined();
    cutter.push(bytesOf('\nthree'), 8);
    expect(cutter.waitsForLineFeed).toBe(false);
    expect(cutter.takeLoneCr(8)).toBeUndefined();
  });
});

describe('LineCutter that reads as a host does', () => {
  const asHost = (bytesMax: number): LineCutter => new LineCutter({ bytesMax, endsAtCr: false });

  it('cuts at line feeds alone, wherever chunks end', () => {
    const cutter = asHost(100);
    expect(cutter.push(bytesOf('one'), 1)).toEqual([]);
    expect(cutter.push(bytesOf('\r\n\nt\rw\r'), 2)).toEqual([
      { bytes: 'one\r\n', fromMs: 1, atMs: 2 },
      { bytes: '\n', fromMs: 2, atMs: 2 },
    ]);
    expect(cutter.waitsForLineFeed).toBe(false);
    expect(cutter.takeLoneCr(9)).toBeUndefined();
    expect(cutter.push(bytesOf('\xff'), 3)).toEqual([]);
    expect(cutter.takeRest()).toEqual({ bytes: 't\rw\r\xff', fromMs: 2, atMs: 3 });
    expect(cutter.takeRest()).toBeUndefined();
  });

  it('holds no more than the bytes that were allowed', () => {
    const cutter = asHost(4);
    expect(textsOf(cutter.push(bytesOf('abcdefghij'), 5))).toEqual(['abcd', 'efgh']);
    expect(cutter.takeRest()?.bytes).toBe('ij');
  });
});
