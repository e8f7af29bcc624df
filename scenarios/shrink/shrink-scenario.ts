/** Shrinks a failing scenario to a small one that fails with the same oracle. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OracleResult } from '../oracles/judge.ts';
import { makePlan } from '../planning/plan.ts';
import { tellFullDisk } from '../run/full-disk.ts';
import { shippedPipeline } from '../run/pipeline-under-test.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { ScenarioResult } from '../run/result.ts';
import { ScenarioError } from '../scenario-error.ts';
import { readAmount } from './amounts.ts';
import type { WrittenScenario } from './load-written.ts';
import { isBeyond, Probe, runWritten } from './probe.ts';
import type { ProbeOptions } from './probe.ts';
import { proveShrunk } from './prove.ts';
import { reduceWritten } from './reduce-written.ts';
import type { ReducePhase } from './reduce-written.ts';
import { countFaults, peopleOf } from './reductions.ts';
import { sizeOf } from './story.ts';
import type { RunSize, ShrinkEnd } from './story.ts';
import { withMix } from './swarm-mix.ts';
import { valueAt, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

/** After so many runs a search ends, if nothing else is said. */
export const RUNS_MAX = 300;

/** What is being done: the whole run, what is reduced, and the run of what is left. */
export type ShrinkPhase = 'whole run' | ReducePhase | 'proof';

/** Where a search is. */
export interface ShrinkProgress {
  readonly phase: ShrinkPhase;
  /** How many runs it took so far. */
  readonly runs: number;
  /** What is left so far. */
  readonly people: number;
  readonly faults: number;
  /** Of the world's time, in ms. */
  readonly durationMs: number;
}

/** How a scenario is shrunk. */
export interface ShrinkOptions {
  readonly scenario: WrittenScenario;
  /** What the user calls it. */
  readonly name: string;
  readonly seed: number;
  /** Whether the seed draws its own mix of faults. */
  readonly swarm?: boolean | undefined;
  readonly pipeline: PipelineUnderTest;
  /** The oracle that must go on failing; without it, the first that fails. */
  readonly oracle?: string | undefined;
  /** Folder for the small scenario and its run. */
  readonly out: string;
  /** After so many runs the search ends with the smallest scenario so far; without it, {@link RUNS_MAX}. */
  readonly runsMax?: number | undefined;
  /** Ends the search: what is smallest so far is proved and written all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, and what is left. */
  readonly onProgress?: ((progress: ShrinkProgress) => void) | undefined;
}

/** A small failing scenario. */
export interface Shrunk {
  readonly oracle: string;
  /** How many runs it took. */
  readonly runs: number;
  /** Whether nothing more can be left out, or what ended the search before that was known. */
  readonly end: ShrinkEnd;
  readonly before: RunSize;
  readonly after: RunSize;
  /** The new scenario file. */
  readonly scenario: string;
  /** Folder of its landing objects. */
  readonly landing: string;
  /** One paragraph. */
  readonly story: string;
  /** The result of the small scenario. */
  readonly result: ScenarioResult;
}

/**
 * Shrinks a scenario that fails at a seed. Its small sibling is run once more at the end, so that what is told is true.
 *
 * @throws ScenarioError NOTHING_TO_SHRINK when it does not fail, OUTPUT_UNWRITABLE, OUTPUT_NOT_OURS, DISK_FULL; the
 * reason of the signal, when it comes before anything was left out
 */
export async function shrinkScenario(options: ShrinkOptions): Promise<Shrunk> {
  const scratch = await mkdtemp(join(tmpdir(), 'stedi-shrink-'));
  try {
    return await shrink(options, scratch);
  } catch (error) {
    const fix = 'Free space on it, or name a folder on a larger disk with TMPDIR.';
    const full = tellFullDisk(error, { aside: scratch, folder: tmpdir(), fix });
    if (full !== undefined) throw full;
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function shrink(options: ShrinkOptions, scratch: string): Promise<Shrunk> {
  const { scenario, seed, pipeline, signal, runsMax = RUNS_MAX } = options;
  const probing: ProbeOptions = { path: scenario.path, seed, pipeline, scratch, signal };
  const listed = atSeed(options);
  tellProgress(options, 'whole run', 0, listed);
  const whole = await runWritten(listed, probing, join(scratch, 'whole'));
  const oracle = chooseOracle(whole, options);
  const limit = valueAt(listed, ['expect', oracle.id]);
  const failing = withValue(listed, ['expect'], { [oracle.id]: limit });
  const sound = await soundPipeline(failing, probing, oracle.id);
  const probe = new Probe({ ...probing, sound }, oracle.id, runsMax);
  probe.know(failing, oracle);
  const small = await reduceWritten(failing, probe, (phase, left) => {
    tellProgress(options, phase, probe.runs, left);
  });
  if (small === failing && probe.end === 'interrupted') signal?.throwIfAborted();
  tellProgress(options, 'proof', probe.runs, small);
  const { runs, end = 'smallest' } = probe;
  const { size, ...proved } = await proveShrunk(small, {
    probing,
    oracle: oracle.id,
    out: options.out,
    from: { file: options.name, title: whole.name },
    search: { runs, end },
  });
  return { oracle: oracle.id, runs, end, before: sizeOf(listed, whole), after: size, ...proved };
}

/** The pipeline of ours that the one under test should be like, if that passes what the other fails. */
async function soundPipeline(
  failing: Written,
  probing: ProbeOptions,
  oracle: string,
): Promise<PipelineUnderTest | undefined> {
  const { pipeline, scratch } = probing;
  const shipped = shippedPipeline(pipeline.expects);
  if (shipped.name === pipeline.name) return undefined;
  const asked = { ...probing, pipeline: shipped };
  const { oracles } = await runWritten(failing, asked, join(scratch, 'sound'));
  return oracles.some((found) => found.id === oracle && isBeyond(found)) ? undefined : shipped;
}

function tellProgress(
  { onProgress }: ShrinkOptions,
  phase: ShrinkPhase,
  runs: number,
  left: Written,
): void {
  const duration = readAmount(valueAt(left, ['run', 'duration']));
  onProgress?.({
    phase,
    runs,
    people: peopleOf(left).length,
    faults: countFaults(left),
    durationMs: duration?.value ?? 0,
  });
}

/** The scenario as this seed meets it, with the seed written into it. */
function atSeed({ scenario, seed, swarm = false }: ShrinkOptions): Written {
  const { written } = scenario;
  const { swarm: mix } = makePlan(scenario.scenario, { seed, swarm });
  const fixed = mix === undefined ? written : withMix(written, mix);
  const simulated = withValue(fixed, ['run', 'mode'], undefined);
  const still = withValue(simulated, ['run', 'swarm'], undefined);
  return withValue(still, ['run', 'seeds'], `${seed}..${seed}`);
}

function chooseOracle(result: ScenarioResult, { name, seed, oracle }: ShrinkOptions): OracleResult {
  const failed = result.oracles.filter(isBeyond);
  const chosen = oracle === undefined ? failed[0] : failed.find(({ id }) => id === oracle);
  if (chosen !== undefined) return chosen;
  const what =
    oracle === undefined ? 'No oracle measures' : `The oracle ${oracle} does not measure`;
  const others = failed.map(({ id }) => id).join(', ');
  const hint = others === '' ? 'There is nothing to shrink' : `What does: ${others}`;
  throw new ScenarioError(
    'NOTHING_TO_SHRINK',
    `${what} anything beyond its limit in ${name} at seed ${seed} with the pipeline ${result.pipeline}, in sim. ${hint}.`,
  );
}
