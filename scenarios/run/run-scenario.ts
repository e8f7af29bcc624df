/** One run from plan to verdict: devices and bridge, zones, evidence, oracles. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomStreams } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Zones } from '../evidence/evidence.ts';
import { readZones } from '../evidence/read-zones.ts';
import { readSetAside } from '../evidence/set-aside.ts';
import type { SetAside } from '../evidence/set-aside.ts';
import { collectToldTexts } from '../evidence/told-texts.ts';
import type { ToldText } from '../evidence/told-texts.ts';
import type { LiveParts } from '../live/index.ts';
import type { Plan } from '../planning/plan.ts';
import { withholdLate } from './dirt/late-objects.ts';
import { openLandingBucket } from './landing-bucket.ts';
import { writeLedger } from './ledger-file.ts';
import { shippedPipeline } from './pipeline-under-test.ts';
import type { PipelineOutcome, PipelineTask, PipelineUnderTest } from './pipeline-under-test.ts';
import type { ScenarioResult } from './result.ts';
import { resultOf } from './result-of.ts';
import { evidenceOf, stageRun } from './stage-run.ts';
import type { StagedRun } from './stage-run.ts';
import { publishFolder } from './workspace.ts';

/** The stages of a run. The zones are made again within the verdict, when an oracle asks what that changes. */
export type Stage = 'devices' | 'zones' | 'verdict' | 'zones again';

/** What a run is made of. */
export interface RunOptions {
  readonly plan: Plan;
  /** What the scenario is called in results: its catalogue name or its path. */
  readonly file: string;
  /** The pipeline under test; without it, the one that the plan names. */
  readonly pipeline?: PipelineUnderTest | undefined;
  /** The folder that the run leaves: plan, landing, zones, ledger, result. A folder of that name is replaced. */
  readonly out: string;
  /** External parts of a live run; what is missing is simulated. */
  readonly parts?: LiveParts | undefined;
  /** Threads of the engine that makes the zones; without it, one per core. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: Stage, share: number) => void) | undefined;
  readonly onTrace?: ((line: string) => void) | undefined;
  /** Replaces the seeded streams, to show that the determinism check finds draws that have no seed. */
  readonly streams?: RandomStreams | undefined;
}

/**
 * Runs a plan and judges it.
 *
 * @throws ScenarioError, PipelineError, BridgeError, SimulatorError with the code of the part that failed
 */
export async function runScenario(options: RunOptions): Promise<ScenarioResult> {
  return publishFolder(options.out, async (folder) => {
    const landing = join(folder, 'landing');
    const zones = join(folder, 'zones');
    await mkdir(landing);
    await writeJson(join(folder, 'plan.json'), options.plan);
    const staged = await stageRun({
      ...options,
      landing,
      onProgress: (share) => options.onProgress?.('devices', share),
    });
    options.onProgress?.('zones', 0);
    const pipeline = options.pipeline ?? shippedPipeline(options.plan.pipeline);
    const outcome = await makeZones(options, pipeline, { folder, landing, zones, staged });
    options.onProgress?.('verdict', 0);
    return judge(options, { folder, landing, zones, staged, pipeline, outcome });
  });
}

interface Run {
  readonly folder: string;
  readonly landing: string;
  readonly zones: string;
  readonly staged: StagedRun;
  readonly pipeline: PipelineUnderTest;
  readonly outcome: PipelineOutcome;
}

async function judge(options: RunOptions, run: Run): Promise<ScenarioResult> {
  const { plan, file } = options;
  const { staged, pipeline, outcome } = run;
  const { ledger } = staged;
  const evidence = evidenceOf(staged, {
    zones: await readZones(run.zones),
    policy: pipeline.expects,
    zonesAgain: await runAgain(options, run),
    told: await findToldTexts(options, run),
    quarantine: await findSetAside(options, run),
  });
  const result = resultOf(evidence, { plan, file, pipeline: pipeline.name, outcome });
  const bins = sortIntoBins(evidence);
  await writeLedger(join(run.folder, 'ledger.ndjson'), ledger.readings, bins);
  await writeJson(join(run.folder, 'result.json'), result);
  return result;
}

/** What the parts of the run say, if an oracle asks whether that tells who somebody is. */
async function findToldTexts(
  { plan }: RunOptions,
  { landing, zones, outcome }: Run,
): Promise<readonly ToldText[]> {
  const isAsked = plan.expectations.some(({ oracle }) => oracle === 'privacy.quarantine');
  return isAsked ? collectToldTexts({ landing, zones, audit: outcome.audit }) : [];
}

/** What the pipeline put into quarantine, if there was anything wrong in the landing zone, and it keeps one. */
async function findSetAside(
  { plan }: RunOptions,
  { zones, outcome }: Run,
): Promise<readonly SetAside[] | undefined> {
  const isKept = outcome.keepsQuarantine ?? outcome.accounting !== undefined;
  return plan.landing !== undefined && isKept ? readSetAside(zones) : undefined;
}

/**
 * Makes the zones. Where listings are partial, from a bucket. Where objects of the landing zone come late, the pipeline has run without them before, over the same
 * outputs.
 */
async function makeZones(
  options: RunOptions,
  pipeline: PipelineUnderTest,
  { folder, landing, zones, staged }: Pick<Run, 'folder' | 'landing' | 'zones' | 'staged'>,
): Promise<PipelineOutcome> {
  const task = taskOf(options, landing, zones);
  const partial = options.plan.faults.find((fault) => fault.kind === 'partial-listing');
  if (partial !== undefined) {
    const bucket = await openLandingBucket(landing, partial.count);
    try {
      return await pipeline.run({ ...task, bucket: bucket.place });
    } finally {
      for (let times = 0; times < bucket.struck; times++) staged.ledger.note('listing-partial');
      await bucket.close();
    }
  }
  if (staged.dirt === undefined || staged.dirt.late.length === 0) return pipeline.run(task);
  const aside = join(folder, 'late');
  const putBack = await withholdLate(landing, aside, staged.dirt);
  await pipeline.run(task);
  await putBack();
  await rm(aside, { recursive: true });
  return pipeline.run(task);
}

/** Runs the pipeline a second time over the same outputs, if an oracle asks what that changes. */
async function runAgain(options: RunOptions, run: Run): Promise<Zones | undefined> {
  const isAsked = options.plan.expectations.some(({ oracle }) => oracle === 'zones.idempotence');
  if (!isAsked) return undefined;
  options.onProgress?.('zones again', 0);
  await run.pipeline.run(taskOf(options, run.landing, run.zones));
  options.onProgress?.('verdict', 0);
  return readZones(run.zones);
}

function taskOf({ signal, threads }: RunOptions, landing: string, out: string): PipelineTask {
  return { landing, out, signal, threads };
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
