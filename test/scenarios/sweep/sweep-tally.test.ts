import { describe, expect, test } from 'vitest';
import { SweepTally } from '../../../scenarios/sweep/index.ts';
import type { OracleResult, ScenarioResult } from '../../../scenarios/index.ts';
import { strictPublished } from '../report/sample-run.ts';

function oracle(id: string, chances: number, measured = 0): OracleResult {
  return {
    id,
    title: id,
    verdict: 'pass',
    measured,
    unit: 'rows',
    limit: { max: 0 },
    margin: 0,
    chances,
    sentence: '',
    offenders: [],
  };
}

function result(seed: number, part: Partial<ScenarioResult> = {}): ScenarioResult {
  return strictPublished({ seed, ...part });
}

const COVERAGE = { faults: { 'line-cut': 3 }, oracles: { 'landing.lost': 2 } };

function failed(seed: number): ScenarioResult {
  const oracles = [{ ...oracle('landing.lost', 3, 2), verdict: 'fail' as const }];
  return result(seed, { verdict: 'fail', oracles });
}

describe('a sweep', () => {
  test('gives its runs in the order of jobs, whatever order they ended in', () => {
    const tally = new SweepTally(4);
    tally.add(2, result(3), { ms: 30, isFirst: false });
    tally.add(0, result(1), { ms: 10, isFirst: true });
    tally.addNotRun(1, { file: 'x', seed: 2, reason: 'No PTY here.' });
    tally.add(3, failed(4), { ms: 40, isFirst: false });
    expect(tally.results.map(({ seed }) => seed)).toEqual([1, 3, 4]);
    expect(tally.failures).toBe(2);
    expect(tally.summary(false)).toEqual({
      planned: 4,
      done: 4,
      passed: 2,
      failed: 1,
      stopped: false,
      failing: [
        { file: failed(4).file, seed: 4, oracles: ['landing.lost'], repro: failed(4).repro },
      ],
      unexercised: [],
    });
  });

  test('names the slowest runs, the slowest first', () => {
    const tally = new SweepTally(7);
    for (const [index, ms] of [5, 70, 20, 60, 50, 10, 40].entries())
      tally.add(index, result(index), { ms, isFirst: false });
    expect(tally.timing(1.23456, 2)).toMatchObject({ seconds: 1.235, workers: 2 });
    expect(tally.timing(1, 2).slowest.map(({ seed, ms }) => [seed, ms])).toEqual([
      [1, 70],
      [3, 60],
      [4, 50],
      [6, 40],
      [2, 20],
    ]);
  });

  test('keeps one run that passed in full, some in short and of the rest the numbers', () => {
    const tally = new SweepTally(1_000);
    for (let index = 999; index >= 0; index--) {
      const exhibits = { ...result(index).exhibits, coverage: COVERAGE };
      tally.add(index, result(index, { exhibits }), { ms: 1, isFirst: index === 0 });
    }
    const { results } = tally;
    expect(results.length).toBe(200);
    expect(results[0]?.exhibits.confusion).toEqual(result(0).exhibits.confusion);
    expect(results[1]?.exhibits).toMatchObject({
      confusion: { cells: [] },
      coverage: COVERAGE,
    });
    expect(tally.coverage.faults).toEqual([
      { fault: 'line-cut', runs: 1_000, times: 3_000, oracles: { 'landing.lost': 1_000 } },
    ]);
    expect(tally.summary(false)).toMatchObject({ passed: 1_000, done: 1_000 });
  });
});

test('of very many runs that fail, or cannot be done, the first ones are named and all are counted', () => {
  const runs = 1_500;
  const tally = new SweepTally(2 * runs);
  const sizes: number[] = [];
  for (let index = runs - 1; index >= 0; index--) {
    tally.add(index, failed(index), { ms: 1, isFirst: false });
    tally.addNotRun(runs + index, { file: 'x', seed: index, reason: 'No PTY here.' });
    sizes.push(tally.notRun.length);
  }
  const { done, failed: failing, failing: named } = tally.summary(false);
  expect([done, failing, named.length, tally.results.length]).toEqual([3_000, 1_500, 1_000, 200]);
  expect(named.map(({ seed }) => seed)).toEqual([...named.keys()]);
  expect(Math.max(...sizes)).toBe(1_000);
});

describe('what a swarm never came to', () => {
  const seen = (seed: number, chances: number, happened: number): ScenarioResult =>
    result(seed, {
      swarm: true,
      oracles: [oracle('landing.lost', chances), oracle('sometimes.line-cut', 1, happened)],
    });

  test.each([
    ['nothing, when one of ten had it', 10, 0, []],
    [
      'an oracle without chances and an occurrence that never was',
      10,
      -1,
      ['landing.lost', 'sometimes.line-cut'],
    ],
    [
      'the same with two seeds: a sweep is held to it, however small',
      2,
      -1,
      ['landing.lost', 'sometimes.line-cut'],
    ],
    ['nothing, when one of two had it', 2, 1, []],
    [
      'the same with one seed, as a sweep over scenarios has it',
      1,
      -1,
      ['landing.lost', 'sometimes.line-cut'],
    ],
  ])('%s', (_, seeds, lucky, expected) => {
    const tally = new SweepTally(seeds);
    for (let index = 0; index < seeds; index++) {
      const isLucky = index === lucky ? 1 : 0;
      tally.add(index, seen(index, isLucky, isLucky), { ms: 1, isFirst: false });
    }
    expect(tally.summary(false).unexercised.map(({ oracle: id }) => id)).toEqual(expected);
  });

  test('an oracle whose limit allows all that there was', () => {
    const tally = new SweepTally(2);
    const lax = { ...oracle('landing.late', 3), unit: 'readings', limit: { max: 3 } };
    for (const index of [0, 1])
      tally.add(index, result(index, { swarm: true, oracles: [lax] }), { ms: 1, isFirst: false });
    expect(tally.summary(false).unexercised.map(({ oracle: id }) => id)).toEqual(['landing.late']);
  });

  test('is not told of a sweep that was stopped', () => {
    const tally = new SweepTally(20);
    for (let index = 0; index < 12; index++)
      tally.add(index, seen(index, 0, 0), { ms: 1, isFirst: false });
    expect(tally.summary(true).unexercised).toEqual([]);
  });
});
