import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacedLine } from '../../../simulator/core/paced-line.ts';

const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';

/** Takes what arrives, each chunk at the moment that the line itself names, until nothing waits. */
function drain(
  line: PacedLine,
  fromMs: number,
): { readonly atMs: number; readonly bytes: string }[] {
  const chunks = [];
  for (let nowMs = line.wakeMs(fromMs); nowMs !== undefined; nowMs = line.wakeMs(nowMs)) {
    const bytes = line.arrived(nowMs);
    line.take(bytes.length);
    chunks.push({ atMs: nowMs, bytes });
  }
  return chunks;
}

describe('a paced line', () => {
  it.each([
    [9_600, 26 / 0.96, 26],
    [57_600, 26 / 5.76, 5],
    [115_200, 26 / 11.52, 3],
  ])('at %d Bd passes 26 bytes in %d ms and in %d chunks', (baudRate, passMs, count) => {
    const line = new PacedLine(baudRate, 256);
    expect(line.offer(LINE, 1_000)).toBe(true);
    const chunks = drain(line, 1_000);
    expect(chunks.map(({ bytes }) => bytes).join('')).toBe(LINE);
    expect(chunks).toHaveLength(count);
    expect(chunks.at(-1)?.atMs).toBeCloseTo(1_000 + passMs, 9);
    expect(chunks.every(({ bytes }) => bytes !== '')).toBe(true);
  });

  it('never passes a byte before its time, nor one that is due later than asked', () => {
    const byteMs = 10_000 / 57_600;
    const sends = fc.array(
      fc.record({
        waitMs: fc.double({ min: 0, max: 20, noNaN: true }),
        length: fc.integer({ min: 1, max: 82 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(sends, (plan) => {
        const line = new PacedLine(57_600, 256);
        let nowMs = 0;
        let freeMs = 0;
        let taken = 0;
        const dueMs: number[] = [];
        for (const { waitMs, length } of plan) {
          nowMs += waitMs;
          if (line.offer('x'.repeat(length), nowMs)) {
            freeMs = Math.max(freeMs, nowMs);
            for (let byte = 0; byte < length; byte++) dueMs.push((freeMs += byteMs));
          }
          const count = line.arrived(nowMs).length;
          line.take(count);
          taken += count;
          const due = (slackMs: number): number =>
            dueMs.filter((atMs) => atMs <= nowMs + slackMs).length;
          expect(taken).toBeGreaterThanOrEqual(due(-1e-3));
          expect(taken).toBeLessThanOrEqual(due(1e-3));
        }
      }),
    );
  });

  it('has room for 256 bytes, and takes a line as a whole or not at all', () => {
    const line = new PacedLine(9_600, 256);
    const taken = Array.from({ length: 11 }, () => line.offer(LINE, 0));
    expect(taken.filter((isTaken) => isTaken)).toHaveLength(9);
    expect(
      drain(line, 0)
        .map(({ bytes }) => bytes)
        .join(''),
    ).toBe(LINE.repeat(9));
  });

  it('has room again as soon as bytes have passed, even if nobody took them yet', () => {
    const line = new PacedLine(9_600, 26);
    expect([line.offer(LINE, 0), line.offer(LINE, 27)]).toEqual([true, false]);
    expect(line.waitingBytes(27)).toBe(1);
    expect(line.offer(LINE, 27.1)).toBe(true);
    expect(line.arrived(27.1)).toBe(LINE);
  });

  it('goes on without a pause for a caller who comes late, and starts anew after an idle time', () => {
    const line = new PacedLine(9_600, 256);
    line.offer('ab', 0);
    line.offer('cd', 2.1);
    expect(line.arrived(4.1)).toBe('abc');
    line.take(3);
    expect(line.arrived(100)).toBe('d');
    line.take(1);
    expect(line.wakeMs(100)).toBeUndefined();
    line.offer('ef', 100);
    expect([line.arrived(101), line.arrived(102), line.arrived(103)]).toEqual(['', 'e', 'ef']);
  });

  it('does not hand out a byte early when the last ones were taken at the very end of their time', () => {
    const line = new PacedLine(9_600, 256);
    line.offer('a', 0);
    line.take(line.arrived(2).length);
    line.offer('b', 1.2);
    expect([line.arrived(2.2), line.arrived(2.25)]).toEqual(['', 'b']);
  });

  it('keeps what the far end did not take, and passes it again after the hold-up', () => {
    const line = new PacedLine(9_600, 256);
    line.offer('abcd', 0);
    expect(line.arrived(3.2)).toBe('abc');
    line.take(1);
    line.stall(50);
    expect(line.waitingBytes(50)).toBe(3);
    expect([line.arrived(50), line.arrived(51.1), line.arrived(60)]).toEqual(['', 'b', 'bcd']);
  });
});
