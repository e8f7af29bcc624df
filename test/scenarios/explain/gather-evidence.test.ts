import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sortIntoBins } from '../../../scenarios/evidence/bins.ts';
import type { FoundRun } from '../../../scenarios/explain/find-run.ts';
import { gatherEvidence } from '../../../scenarios/explain/gather-evidence.ts';
import { ORACLES } from '../../../scenarios/oracles/all-oracles.ts';
import { makeRun } from './explained-run.ts';
import type { ExplainedRun } from './explained-run.ts';

let made: ExplainedRun;
beforeAll(async () => {
  made = await makeRun('classic');
}, 60_000);
afterAll(() => made.remove());

/** The run as if it had been live: nothing of it can be made again. */
function asLive(): FoundRun {
  return { ...made.run, plan: { ...made.run.plan, mode: 'live' } };
}

describe.each([
  ['made again', () => made.run],
  ['read from what a live run left', asLive],
] as const)('evidence that is %s', (_what, runOf) => {
  test('puts every reading into the bin that the run put it into', async () => {
    const { ledger } = made;
    const { evidence } = await gatherEvidence(runOf(), { ledger });
    expect(sortIntoBins(evidence)).toEqual(ledger.entries.map(({ bin }) => bin));
    expect(new Set(ledger.entries.map(({ bin }) => bin)).size).toBeGreaterThan(3);
  });

  test('lets oracles measure what they measured in the run', async () => {
    const { evidence } = await gatherEvidence(runOf(), { ledger: made.ledger });
    const { oracles } = made.run.result;
    expect(oracles.map(({ id }) => id)).toContain('consent.date');
    for (const { id, measured, chances, offenders } of oracles) {
      const again = ORACLES.find((oracle) => oracle.id === id)?.measure(evidence);
      expect({ id, ...again }).toMatchObject({ id, measured, chances, offenders });
    }
  });
});

test('the bytes of a reading are there for a run that is made again, and not for a live one', async () => {
  const { ledger } = made;
  const truth = ledger.entries.find(({ bin, kind }) => bin === 'landed' && kind === 'distance');
  const options = { ledger, ...(truth !== undefined && { truth }) };
  const { trace } = await gatherEvidence(made.run, options);
  expect(trace?.sent).toMatchObject([{ readings: [truth?.id] }]);
  expect(await gatherEvidence(asLive(), options)).not.toHaveProperty('trace');
});

test.each([
  ['classic', 'strict', 'classic'],
  ['glue:jobs', 'strict', 'strict'],
] as const)(
  '%s under a plan for %s is held to the promises of %s',
  async (pipeline, planned, policy) => {
    const { plan, result } = made.run;
    const run: FoundRun = {
      ...made.run,
      plan: { ...plan, mode: 'live', pipeline: planned },
      result: { ...result, pipeline },
    };
    const { evidence } = await gatherEvidence(run, { ledger: made.ledger });
    expect(evidence.policy).toBe(policy);
  },
);
