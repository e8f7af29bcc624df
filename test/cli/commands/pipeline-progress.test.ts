import { expect, it } from 'vitest';
import { describeProgress, ProgressLines } from '../../../cli/commands/pipeline-progress.ts';

const NOW = { step: 'audit', done: 3, total: 5, share: 0.809 };

it('says what is done and how long the rest may take', () => {
  expect(describeProgress(NOW)).toBe('80 %: audit');
  expect(describeProgress({ ...NOW, secondsLeft: 0.2 })).toBe('80 %: audit, about 1 s left');
  expect(describeProgress({ ...NOW, secondsLeft: 121 })).toBe('80 %: audit, about 2 min left');
  expect(describeProgress({ ...NOW, secondsLeft: 5400 })).toBe('80 %: audit, about 1.5 h left');
});

it('gives a log a line now and then', () => {
  const lines = new ProgressLines(1000, 0);
  const told = [999, 1000, 1999, 2001].map((nowMs) => lines.at(NOW, nowMs) !== undefined);
  expect(told).toEqual([false, true, false, true]);
});
