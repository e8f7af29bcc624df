import { expect, test } from 'vitest';
import type { Notice } from '../../bridge/notice.ts';
import { OutageReminder } from '../../bridge/outage-reminder.ts';
import type { Outages } from '../../bridge/outage-reminder.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';

const MINUTE_MS = 60_000;

function prepare() {
  const time = new VirtualTime(0);
  const notices: Notice[] = [];
  const state: { outages: Outages } = { outages: {} };
  const reminder = new OutageReminder({
    outages: () => state.outages,
    timers: time,
    onNotice: (notice) => notices.push(notice),
  });
  reminder.begin();
  let passedMs = 0;
  const pass = (minutes: number): void => {
    passedMs += minutes * MINUTE_MS;
    time.run(passedMs, 10_000);
  };
  return { notices, state, pass, reminder };
}

test('what is away is said again every ten minutes, with what is wrong by then', () => {
  const { notices, state, pass } = prepare();
  state.outages = { landing: 'No bucket.', broker: undefined };
  pass(9);
  expect(notices).toEqual([]);
  pass(2);
  state.outages = { landing: 'No answer.' };
  pass(11);
  expect(notices).toEqual([
    { level: 'warn', part: 'landing', text: 'For 10 minutes now: No bucket.' },
    { level: 'warn', part: 'landing', text: 'For 20 minutes now: No answer.' },
  ]);
});

test('each outage has its own time, and one that is over is not said again', () => {
  const { notices, state, pass, reminder } = prepare();
  state.outages = { landing: 'No bucket.' };
  pass(6);
  state.outages = { landing: undefined, broker: 'No broker.' };
  pass(6);
  state.outages = { landing: 'No bucket.', broker: 'No broker.' };
  pass(6);
  expect(notices.map(({ text }) => text)).toEqual(['For 10 minutes now: No broker.']);
  reminder.end();
  pass(60);
  expect(notices).toHaveLength(1);
});
