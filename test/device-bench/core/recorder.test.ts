import { describe, expect, it } from 'vitest';
import { PENDING_BYTES_MAX, TRANSCRIPT_BYTES_MAX } from '../../../device-bench/core/kit-limits.ts';
import { Recorder } from '../../../device-bench/core/recorder.ts';

const line = (bytes: string): { fromMs: number; atMs: number; bytes: string } => ({
  fromMs: 1,
  atMs: 2,
  bytes,
});

/** A recorder that has taken as many lines as it takes, and how many these were. */
function fill(bytes: string): { recorder: Recorder; lines: number } {
  const recorder = new Recorder();
  let lines = 0;
  while (lines < TRANSCRIPT_BYTES_MAX && recorder.received(line(bytes))) lines++;
  return { recorder, lines };
}

describe('Recorder', () => {
  it('writes down what happened in its order, with its time', () => {
    const recorder = new Recorder();
    recorder.act('greet', 1);
    recorder.sent('ID?\r\n', 2);
    expect(recorder.received({ fromMs: 3, atMs: 4, bytes: '#x\n' })).toBe(true);
    recorder.reset(5);
    recorder.closed(6);
    expect(recorder.entries).toEqual([
      { kind: 'act', atMs: 1, name: 'greet' },
      { kind: 'sent', atMs: 2, bytes: 'ID?\r\n' },
      { kind: 'received', fromMs: 3, atMs: 4, bytes: '#x\n' },
      { kind: 'reset', atMs: 5 },
      { kind: 'closed', atMs: 6 },
    ]);
  });

  it('lets a late LF end its line, in the order of time, and counts no line for it', () => {
    const recorder = new Recorder();
    const lineFeed = { fromMs: 9, atMs: 9, bytes: '\n', joins: true } as const;
    recorder.received(line('#x\r'));
    expect(recorder.received({ ...lineFeed })).toBe(false);
    recorder.received(line('#y\r'));
    recorder.sent('STOP\n', 5);
    recorder.received(lineFeed);
    recorder.received(lineFeed);
    expect(recorder.entries).toEqual([
      { kind: 'received', fromMs: 1, atMs: 9, bytes: '#x\r\n' },
      { kind: 'received', fromMs: 1, atMs: 5, bytes: '#y\r\n' },
      { kind: 'sent', atMs: 5, bytes: 'STOP\n' },
    ]);
  });

  it.each([
    ['long', 'x'.repeat(PENDING_BYTES_MAX)],
    ['empty', '\n'],
  ])('takes %s lines up to its bound only', (_length, bytes) => {
    const { recorder, lines } = fill(bytes);
    const total = recorder.entries.length * bytes.length;
    expect(recorder.isFull).toBe(true);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(TRANSCRIPT_BYTES_MAX + PENDING_BYTES_MAX);
    // Empty lines cost memory, too.
    expect(recorder.entries).toHaveLength(lines);
    expect(lines).toBeLessThan(TRANSCRIPT_BYTES_MAX / 16);
  });

  it('still writes down what the kit does when there is no room for lines', () => {
    const { recorder } = fill('x'.repeat(PENDING_BYTES_MAX));
    recorder.act('farewell', 8);
    recorder.sent('STOP\r\n', 9);
    expect(recorder.received(line('#more\n'))).toBe(false);
    expect(recorder.entries.slice(-2)).toEqual([
      { kind: 'act', atMs: 8, name: 'farewell' },
      { kind: 'sent', atMs: 9, bytes: 'STOP\r\n' },
    ]);
  });
});
