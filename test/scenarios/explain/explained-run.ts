/** A run of three people whose trainer has a bad cable, as `stedi run` leaves it, for tests that look at it again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRun } from '../../../scenarios/explain/find-run.ts';
import type { FoundRun } from '../../../scenarios/explain/find-run.ts';
import { readRunLedger } from '../../../scenarios/explain/run-ledger.ts';
import type { RunLedger } from '../../../scenarios/explain/run-ledger.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { runScenario } from '../../../scenarios/run/run-scenario.ts';

const SCENARIO = `version: 1
name: Three people walk, one of them on a bad cable, and one consents on the way
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100%, giveDuringRun: 1 }
run: { duration: 4m }
faults:
  - { kind: garble, on: 'trainer[1]', at: 0s, rate: 20% }
  - { kind: drop, on: 'phone[2]', at: 0s, rate: 20% }
expect:
  landing.lost: 0
  consent.date: 0
  attribution.precision: { min: 1 }
`;

/** The run, and the folder of runs that it is in. */
export interface ExplainedRun {
  readonly runs: string;
  readonly run: FoundRun;
  readonly ledger: RunLedger;
  readonly remove: () => Promise<void>;
}

/** Makes the run under a policy. */
export async function makeRun(pipeline: 'strict' | 'classic'): Promise<ExplainedRun> {
  const runs = await mkdtemp(join(tmpdir(), 'stedi-explained-'));
  const plan = makePlan(parseScenario(SCENARIO, 'bad-cable.yaml'), { seed: 1, pipeline });
  await runScenario({ plan, file: 'bad-cable.yaml', out: join(runs, 'bad-cable-seed1') });
  const run = await findRun('bad-cable', runs);
  const ledger = await readRunLedger(run);
  return { runs, run, ledger, remove: () => rm(runs, { recursive: true }) };
}
