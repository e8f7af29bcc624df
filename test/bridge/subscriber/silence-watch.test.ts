import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { SilenceWatch } from '../../../bridge/subscriber/silence-watch.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] }),
);
afterEach(() => void vi.useRealTimers());

const PERIOD_MS = 100;

function watch(isAsking: boolean): { watch: SilenceWatch; log: string[] } {
  const log: string[] = [];
  const silence = new SilenceWatch({
    periodMs: PERIOD_MS,
    ...(isAsking && { ask: () => void log.push('ask') }),
    onSilence: () => log.push('silence'),
  });
  return { watch: silence, log };
}

it('asks at each look, and finds silence when nothing came since it asked', () => {
  const { watch: silence, log } = watch(true);
  vi.advanceTimersByTime(PERIOD_MS);
  expect(log).toEqual(['ask']);
  silence.heard();
  vi.advanceTimersByTime(PERIOD_MS);
  expect(log).toEqual(['ask', 'ask']);
  vi.advanceTimersByTime(PERIOD_MS + 1);
  expect(log).toEqual(['ask', 'ask', 'ask', 'silence']);
  silence.stop();
});

it('finds silence at the first look when an answer is owed', () => {
  const { watch: silence, log } = watch(false);
  vi.advanceTimersByTime(PERIOD_MS + 1);
  expect(log).toEqual(['silence']);
  silence.stop();
});

it('believes what is read right after its look', () => {
  const { watch: silence, log } = watch(false);
  vi.advanceTimersByTime(PERIOD_MS - 1);
  setInterval(() => silence.heard(), 1);
  vi.advanceTimersByTime(PERIOD_MS * 3);
  expect(log).toEqual([]);
  silence.stop();
});

it('is quiet after its end', () => {
  const { watch: silence, log } = watch(false);
  vi.advanceTimersByTime(PERIOD_MS - 1);
  silence.stop();
  vi.advanceTimersByTime(PERIOD_MS * 3);
  expect(log).toEqual([]);
});
