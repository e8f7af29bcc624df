import { afterEach, expect, test } from 'vitest';
import { Interrupted, interruptSignal } from '../../cli/interrupt.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const before = new Map(SIGNALS.map((name) => [name, process.listeners(name)]));

afterEach(() => {
  for (const name of SIGNALS) {
    for (const listener of process.listeners(name)) {
      if (before.get(name)?.includes(listener) !== true) process.off(name, listener);
    }
  }
});

function listenersOf(name: (typeof SIGNALS)[number]): number {
  return process.listenerCount(name) - (before.get(name)?.length ?? 0);
}

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 0],
  // A shell and the system each send one when a terminal is closed.
  ['SIGHUP', 1],
] as const)(
  '%s interrupts, and %i listeners keep the next from ending the process',
  (name, left) => {
    const signal = interruptSignal();
    expect([signal.aborted, listenersOf(name)]).toEqual([false, 1]);
    process.emit(name, name);
    expect(signal.reason).toBeInstanceOf(Interrupted);
    expect(listenersOf(name)).toBe(left);
  },
);
