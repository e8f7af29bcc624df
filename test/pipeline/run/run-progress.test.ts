import { expect, it } from 'vitest';
import { RunProgress } from '../../../pipeline/run/run-progress.ts';

const STEPS = [
  { step: 'load', cost: 30 },
  { step: 'make', cost: 70 },
  { step: 'done', cost: 0 },
];

it('weighs steps by what they cost, and foretells the rest from the time until now', () => {
  const progress = new RunProgress(STEPS, 1000);
  progress.begin('load');
  expect(progress.at(1000)).toEqual({ step: 'load', done: 0, total: 2, share: 0 });
  progress.within(0.5);
  expect(progress.at(4000)).toMatchObject({ share: 0.15, secondsLeft: 17 });
  progress.begin('make');
  expect(progress.at(11_000).share).toBeCloseTo(0.3);
  progress.begin('done');
  expect(progress.at(12_000)).toEqual({
    step: 'done',
    done: 2,
    total: 2,
    share: 1,
    secondsLeft: 0,
  });
});

it('never goes back', () => {
  const progress = new RunProgress(STEPS, 0);
  progress.begin('make');
  progress.within(0.5);
  const { share } = progress.at(10);
  progress.within(0.1);
  expect(progress.at(20).share).toBe(share);
  progress.plan(new Map([['make', 700]]));
  expect(progress.at(30).share).toBeGreaterThanOrEqual(share);
});

it('foretells nothing before there is something to go by', () => {
  const progress = new RunProgress(STEPS, 0);
  progress.begin('make');
  expect(progress.at(1999).secondsLeft).toBeUndefined();
  expect(progress.at(2000).secondsLeft).toBeCloseTo(4.67, 1);
});
