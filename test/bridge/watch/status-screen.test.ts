import { expect, test } from 'vitest';
import type { BridgeStatus } from '../../../bridge/watch/bridge-status.ts';
import { StatusScreen } from '../../../bridge/watch/status-screen.ts';
import { QUIET } from './quiet-status.ts';

const WIPE = '\r\u001B[K';

/** A screen whose time is moved by hand. */
function open(columns?: number) {
  let nowMs = 0;
  const alarms: { readonly atMs: number; readonly action: () => void }[] = [];
  const timers = {
    now: () => nowMs,
    at: (atMs: number, action: () => void) => void alarms.push({ atMs, action }),
  };
  const written: string[] = [];
  const screen = {
    ...(columns === undefined ? {} : { columns }),
    write: (text: string) => written.push(text),
  };
  const pass = (ms: number): void => {
    nowMs += ms;
    for (const { action } of alarms.splice(0).filter((alarm) => alarm.atMs <= nowMs)) action();
  };
  return { status: new StatusScreen({ screen, level: 'warn', timers }), written, pass };
}

const warn = (text: string) => ({ level: 'warn', part: 'bridge', text }) as const;

test('the line is drawn after a second, and again over itself each second', () => {
  const { status, written, pass } = open();
  let now: BridgeStatus = QUIET;
  status.show(() => now);
  expect(written).toEqual([]);
  now = { ...QUIET, atMs: QUIET.atMs + 1_000, messages: { embedded: 7 } };
  pass(1_000);
  now = { ...now, atMs: now.atMs + 1_000 };
  pass(1_000);
  expect(written[0]).toMatch(/^7 msg\/s/);
  expect(written[1]?.startsWith(`${WIPE}0 msg/s`)).toBe(true);
});

test('a notice takes the place of the line, which comes back below it', () => {
  const { status, written, pass } = open();
  status.show(() => QUIET);
  status.notice(warn('First.'));
  pass(1_000);
  status.notice(warn('Second.'));
  expect(written[0]).toBe('First.\n');
  expect(written[2]).toBe(`${WIPE}Second.\n${written[1]}`);
});

test('what is below the level is not told', () => {
  const { status, written } = open();
  status.notice({ level: 'info', part: 'bridge', text: 'Fine.' });
  expect(written).toEqual([]);
});

test.each([
  [40, 39],
  // A terminal may say that it has no columns.
  [0, 79],
  [undefined, 79],
])('with %s columns the line has at most %d characters', (columns, most) => {
  const { status, written, pass } = open(columns);
  status.show(() => QUIET);
  pass(1_000);
  expect(written[0]?.length).toBeLessThanOrEqual(most);
  expect(written[0]?.length).toBeGreaterThan(most - 25);
});

test('in the end the line goes, and nothing is drawn any more', () => {
  const { status, written, pass } = open();
  status.show(() => QUIET);
  pass(1_000);
  status.close();
  expect(written.at(-1)).toBe(WIPE);
  pass(5_000);
  status.close();
  expect(written).toHaveLength(2);
});
