import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeDeviceLine } from '../../firmware-protocol/device-lines.ts';
import { LineGuard } from '../../firmware-protocol/line-guard.ts';

interface Passed {
  readonly text: string;
  readonly discarded: number;
}

function passAll(guard: LineGuard, chunks: readonly string[]): Passed {
  let text = '';
  let discarded = 0;
  for (const chunk of chunks) {
    const guarded = guard.pass(Buffer.from(chunk, 'latin1'));
    text += Buffer.from(guarded.bytes).toString('latin1');
    discarded += guarded.discardedBytes;
  }
  return { text, discarded };
}

describe('LineGuard', () => {
  it.each([
    ['nothing', '', '', 0],
    ['a short line', 'ab\r\n', 'ab\r\n', 0],
    ['empty lines', '\n\n\r\n', '\n\n\r\n', 0],
    ['as many bytes as the limit', 'abcd\n', 'abcd\n', 0],
    ['one byte over the limit', 'abcde\n', 'abcd\n', 1],
    ['an overlong line between short ones', 'a\nabcdefgh\nb\n', 'a\nabcd\nb\n', 4],
    ['a line without end', 'abcdefgh', 'abcd', 4],
    ['a CR beyond the limit', 'abcd\r\n', 'abcd\n', 1],
    ['NUL and 8-bit bytes', '\0\u00ff\u0080\u000b\u2028', '\0\u00ff\u0080\u000b', 1],
  ])('with a limit of 4 bytes: %s', (_name, input, text, discarded) => {
    expect(passAll(new LineGuard(4), [input])).toEqual({ text, discarded });
  });

  it('counts a line on from chunk to chunk', () => {
    const guard = new LineGuard(4);
    expect(passAll(guard, ['ab', 'cd', '\nab', 'cde', 'f', 'g\nab', 'cd'])).toEqual({
      text: 'abcd\nabcd\nabcd',
      discarded: 3,
    });
    expect(passAll(guard, ['e', '\n', 'f'])).toEqual({ text: '\nf', discarded: 1 });
  });

  it('passes 82 bytes of a line unless told otherwise', () => {
    const { text, discarded } = passAll(new LineGuard(), [`${'x'.repeat(100)}\n`]);
    expect(text).toBe(`${'x'.repeat(82)}\n`);
    expect(discarded).toBe(18);
  });

  it('never turns an overlong line into one that decodes', () => {
    // Cut one byte earlier, the CR at the end of the kept part would leave a legal line of 80 bytes.
    const line = `#${'a'.repeat(79)}\r`;
    expect(decodeDeviceLine(line)).toMatchObject({ kind: 'text' });
    for (const tail of ['x', '\r', '\rx', 'x\r', '\r\r', 'xxxx']) {
      const { text } = passAll(new LineGuard(), [`${line}${tail}\n`]);
      expect(decodeDeviceLine(text.slice(0, -1))).toMatchObject({ kind: 'rejected' });
    }
  });

  it('hands back the chunk itself when nothing is too long', () => {
    const chunk = Buffer.from('ab\n');
    expect(new LineGuard().pass(chunk).bytes).toBe(chunk);
  });

  it('leaves the chunk that it was given unchanged', () => {
    const chunk = Buffer.from('abcdefgh\nabc');
    new LineGuard(4).pass(chunk);
    expect(chunk.toString()).toBe('abcdefgh\nabc');
  });

  it('keeps only 82 bytes of an endless line, and the next line is whole again', () => {
    const guard = new LineGuard();
    const chunk = 'x'.repeat(1 << 16);
    const { text, discarded } = passAll(
      guard,
      Array.from({ length: 64 }, () => chunk),
    );
    expect(text).toBe('x'.repeat(82));
    expect(discarded).toBe(64 * chunk.length - 82);
    expect(passAll(guard, ['yy', 'y\n$R\n'])).toEqual({ text: '\n$R\n', discarded: 3 });
  });

  it('gives the same output however the input is split', () => {
    const stream = fc.array(fc.constantFrom('\n', '\r', 'a', '\u00ff'), {
      maxLength: 60,
      size: 'max',
    });
    const cuts = fc.array(fc.nat(60), { maxLength: 10 });
    fc.assert(
      fc.property(stream, cuts, fc.integer({ min: 1, max: 8 }), (bytes, at, limit) => {
        const input = bytes.join('');
        const edges = [0, ...at.toSorted((a, b) => a - b), input.length];
        const chunks = edges.slice(1).map((end, index) => input.slice(edges[index], end));
        const whole = passAll(new LineGuard(limit), [input]);
        expect(chunks.join('')).toBe(input);
        expect(passAll(new LineGuard(limit), chunks)).toEqual(whole);
        expect(passAll(new LineGuard(limit), input.split(''))).toEqual(whole);
        // The same by definition, line for line.
        const lines = input.split('\n').map((line) => line.slice(0, limit));
        expect(whole.text).toBe(lines.join('\n'));
        expect(whole.discarded).toBe(input.length - whole.text.length);
      }),
    );
  });
});
