/** The result of a run whose evidence is there. */
import { countBins, sortIntoBins } from '../evidence/bins.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { makeExhibits } from '../exhibits/exhibits.ts';
import { judgeRun } from '../oracles/judge.ts';
import type { Plan } from '../planning/plan.ts';
import type { PipelineOutcome } from './pipeline-under-test.ts';
import type { ScenarioResult } from './result.ts';

/** What a result tells beside the evidence. */
export interface ResultFrame {
  readonly plan: Plan;
  /** What the scenario is called: its catalogue name or its path. */
  readonly file: string;
  /** The name of the pipeline under test. */
  readonly pipeline: string;
  readonly outcome: PipelineOutcome;
}

/** Judges the evidence of a run. */
export function resultOf(
  evidence: Evidence,
  { plan, file, pipeline, outcome }: ResultFrame,
): ScenarioResult {
  const oracles = judgeRun(plan, evidence);
  return {
    name: plan.name,
    ...(plan.about !== undefined && { about: plan.about }),
    file,
    seed: plan.seed,
    mode: plan.mode,
    pipeline,
    ...(plan.swarm !== undefined && { swarm: true }),
    verdict: oracles.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass',
    oracles,
    ledger: { emitted: evidence.readings.length, bins: countBins(sortIntoBins(evidence)) },
    tables: outcome.tables,
    audit: outcome.audit,
    ...(outcome.accounting !== undefined && { accounting: outcome.accounting }),
    exhibits: makeExhibits(evidence, oracles),
    repro: reproLine(file, plan, pipeline),
  };
}

function reproLine(file: string, plan: Plan, pipeline: string): string {
  const name = /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
  const speed = plan.mode === 'live' ? ` --speed ${plan.speed}` : '';
  const swarm = plan.swarm === undefined ? '' : ' --swarm';
  return `npx stedi run ${name} --seed ${plan.seed} --mode ${plan.mode}${speed} --pipeline ${pipeline}${swarm}`;
}
