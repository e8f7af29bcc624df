import { afterEach, beforeEach, expect, test } from 'vitest';
import { Interrupted, interruptSignal } from '../../cli/interrupt.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const others = new Map<string, NodeJS.SignalsListener[]>();

// Commands that other files ran in this process may still listen, and would leave it.
beforeEach(() => {
  for (const name of SIGNALS) {
    others.set(name, process.listeners(name));
    process.removeAllListeners(name);
  }
});

afterEach(() => {
  for (const name of SIGNALS) {
    process.removeAllListeners(name);
    for (const listener of others.get(name) ?? []) process.on(name, listener);
  }
});

/** A process whose clock stands still until somebody moves it, and that notes how it was left. */
function watched(): { nowMs: number; readonly left: string[]; signal: AbortSignal } {
  const left: string[] = [];
  const seen = { nowMs: 5_000, left, signal: new AbortController().signal };
  seen.signal = interruptSignal({ now: () => seen.nowMs, leave: (name) => left.push(name) });
  return seen;
}

test.each(SIGNALS)('%s interrupts, and twice within a second is once', (name) => {
  const seen = watched();
  expect(seen.signal.aborted).toBe(false);
  process.emit(name, name);
  expect(seen.signal.reason).toBeInstanceOf(Interrupted);
  seen.nowMs += 999;
  for (const each of SIGNALS) process.emit(each, each);
  expect(seen.left).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s after a second leaves at once', (name) => {
  const seen = watched();
  process.emit('SIGINT', 'SIGINT');
  seen.nowMs += 1_000;
  process.emit(name, name);
  expect(seen.left).toEqual([name]);
  // Nothing of ours keeps the signal from ending the process.
  expect(process.listenerCount(name)).toBe(0);
});

// A shell and the system each send one when a terminal is closed.
test('SIGHUP never leaves, however late', () => {
  const seen = watched();
  process.emit('SIGHUP', 'SIGHUP');
  seen.nowMs += 60_000;
  process.emit('SIGHUP', 'SIGHUP');
  expect([seen.left, process.listenerCount('SIGHUP')]).toEqual([[], 1]);
});
