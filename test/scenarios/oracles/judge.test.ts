import { describe, expect, test } from 'vitest';
import { ORACLES } from '../../../scenarios/oracles/all-oracles.ts';
import { ORACLE_IDS } from '../../../scenarios/oracles/ids.ts';
import { judgeRun } from '../../../scenarios/oracles/judge.ts';
import type { OracleResult } from '../../../scenarios/oracles/judge.ts';
import type { Limit } from '../../../scenarios/planning/plan.ts';
import {
  EMPTY_ZONES,
  evidenceOfABadCable,
  evidenceWith,
  landedOnce,
  smallReadings,
  smallWorld,
} from '../small-world.ts';
import { perfectionPlan } from './all-expectations.ts';

test('there is one oracle for each id, in the same order', () => {
  expect(ORACLES.map(({ id }) => id)).toEqual(ORACLE_IDS);
});

test('a perfect run passes everything, with a chance to fail everywhere', () => {
  const results = judgeRun(perfectionPlan(), evidenceOfABadCable());
  expect(results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(results.filter(({ chances }) => chances === 0)).toEqual([]);
  expect(results).toHaveLength(ORACLE_IDS.length);
});

test('only what a plan names is asked, with what it needs to know in the result', () => {
  const plan = perfectionPlan({ expectations: [{ oracle: 'landing.lost', limit: { max: 2 } }] });
  expect(judgeRun(plan, evidenceWith())).toEqual([
    {
      id: 'landing.lost',
      title: 'Every reading that was sent whole lands',
      verdict: 'pass',
      measured: 0,
      unit: 'readings',
      limit: { max: 2 },
      margin: 2,
      chances: 18,
      sentence: '0 of 18 readings that were sent whole are neither in landing nor in quarantine.',
      offenders: [],
    },
  ]);
});

describe('a limit', () => {
  const judge = (limit: Limit): OracleResult | undefined => {
    const landed = landedOnce(smallReadings(), { 0: 0, 3: 0 });
    const plan = perfectionPlan({ expectations: [{ oracle: 'landing.lost', limit }] });
    return judgeRun(plan, evidenceWith({ landed }))[0];
  };

  // Two readings are lost.
  test.each([
    [{ max: 1 }, 'fail', -1],
    [{ max: 2 }, 'pass', 0],
    [{ max: 3 }, 'pass', 1],
    [{ min: 1 }, 'pass', 1],
    [{ min: 2 }, 'pass', 0],
    [{ min: 3 }, 'fail', -1],
  ] as const)('%j: %s with a margin of %i', (limit, verdict, margin) => {
    expect(judge(limit)).toMatchObject({ verdict, margin });
  });
});

test('a limit that allows whatever there was has tested nothing', () => {
  const judge = (max: number): OracleResult | undefined => {
    const plan = perfectionPlan({ expectations: [{ oracle: 'landing.lost', limit: { max } }] });
    return judgeRun(plan, evidenceWith())[0];
  };
  expect(judge(17)).toMatchObject({ verdict: 'pass', chances: 18 });
  expect(judge(18)).toMatchObject({
    verdict: 'fail',
    sentence: expect.stringMatching(
      /^Nothing was tested: 18 readings could have failed, and the limit allows as many\. 0 of/,
    ) as string,
  });
});

test.each(ORACLE_IDS)('%s fails when nothing gave it a chance, even within its limit', (oracle) => {
  const evidence = evidenceWith({
    world: { ...smallWorld(), people: [], consents: [] },
    readings: [],
    landed: landedOnce([]),
    zones: EMPTY_ZONES,
  });
  const limit: Limit = { max: 1_000_000 };
  const [result] = judgeRun(perfectionPlan({ expectations: [{ oracle, limit }] }), evidence);
  expect(result).toMatchObject({ verdict: 'fail', measured: 0, chances: 0 });
  expect(result?.sentence).toMatch(
    /^Nothing was tested: the run gave this oracle no chance to fail\. /,
  );
});

describe('what must have happened', () => {
  const plan = perfectionPlan({ expectations: [], sometimes: ['serial-shared', 'device-swapped'] });

  test('passes when it did, and fails when it did not', () => {
    const occurrences = (occurrence: string): number => (occurrence === 'serial-shared' ? 3 : 0);
    expect(judgeRun(plan, evidenceWith({ occurrences }))).toMatchObject([
      { id: 'sometimes.serial-shared', verdict: 'pass', measured: 3, limit: { min: 1 } },
      { id: 'sometimes.device-swapped', verdict: 'fail', measured: 0, limit: { min: 1 } },
    ]);
  });
});
