/** The evidence of a run that is over: made again where that is possible, else read from what the run left. */
import { join } from 'node:path';
import type { Policy } from '../../pipeline/index.ts';
import type { Truth } from '../../simulator/index.ts';
import { Evidence } from '../evidence/evidence.ts';
import { matchLanding } from '../evidence/landed.ts';
import { readZones } from '../evidence/read-zones.ts';
import { collectToldTexts } from '../evidence/told-texts.ts';
import { evidenceOf } from '../run/stage-run.ts';
import type { FoundRun } from './find-run.ts';
import { retrace } from './retrace.ts';
import type { Retrace } from './retrace.ts';
import type { RunLedger } from './run-ledger.ts';

/** What a run comes to when it is looked at again. */
export interface GatheredEvidence {
  readonly evidence: Evidence;
  /** Left out for live runs, whose bytes nobody has any more. */
  readonly trace?: Retrace;
}

/**
 * Gathers the evidence of a run, with the bytes of one reading if one is given.
 *
 * @throws ScenarioError RUN_STALE; PipelineError when the zones cannot be read
 */
export async function gatherEvidence(
  run: FoundRun,
  options: {
    readonly ledger: RunLedger;
    readonly truth?: Truth;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<GatheredEvidence> {
  const { ledger, truth, signal } = options;
  const landing = join(run.folder, 'landing');
  const zonesFolder = join(run.folder, 'zones');
  const zones = {
    zones: await readZones(zonesFolder),
    zonesAgain: undefined,
    policy: policyOf(run),
    told: await collectToldTexts({ landing, zones: zonesFolder, audit: run.result.audit }),
  };
  if (run.plan.mode === 'sim') {
    const trace = await retrace(run, { truth, world: ledger.world, signal });
    return { evidence: evidenceOf(trace.staged, zones), trace };
  }
  const { world, entries } = ledger;
  const evidence = new Evidence({
    world,
    readings: entries,
    occurrences: () => 0,
    damagedLines: [],
    landed: await matchLanding(landing, world, entries),
    ...zones,
  });
  return { evidence };
}

/** A shipped pipeline is held to its own policy, any other one to that of the plan. */
function policyOf({ plan, result }: FoundRun): Policy {
  const { pipeline } = result;
  return pipeline === 'strict' || pipeline === 'classic' ? pipeline : plan.pipeline;
}
