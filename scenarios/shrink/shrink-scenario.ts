/** Shrinks a failing scenario to a small one that fails with the same oracle. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { makePlan } from '../plan.ts';
import type { OracleResult } from '../oracles/judge.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import { ScenarioError } from '../scenario-error.ts';
import { isBeyond, planWritten, Probe } from './probe.ts';
import type { ProbeOptions } from './probe.ts';
import {
  peopleOf,
  reduceDevices,
  reduceFaults,
  reducePeople,
  reduceTime,
  reduceValues,
} from './reductions.ts';
import { sizeOf, tellStory, titleOf } from './story.ts';
import type { RunSize } from './story.ts';
import { formatShrunk } from './shrunk-file.ts';
import { suspectsOf } from './suspects.ts';
import { withMix } from './swarm-mix.ts';
import type { WrittenScenario } from './load-written.ts';
import { listAt, valueAt, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

/** How often everything is gone through again, as a fault that went may have been all that somebody was needed for. */
const ROUNDS_MAX = 3;

/** What is reduced, from coarse to fine. */
export type ShrinkPhase =
  'whole run' | 'people' | 'devices' | 'time' | 'faults' | 'values' | 'proof';

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
  readonly signal?: AbortSignal | undefined;
  /** Told what is being reduced, how many runs that has taken, and how many people are left. */
  readonly onProgress?: ((phase: ShrinkPhase, runs: number, people: number) => void) | undefined;
}

/** A small failing scenario. */
export interface Shrunk {
  readonly oracle: string;
  /** How many runs it took. */
  readonly runs: number;
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
 * @throws ScenarioError NOTHING_TO_SHRINK when it does not fail, OUTPUT_UNWRITABLE, OUTPUT_NOT_OURS
 */
export async function shrinkScenario(options: ShrinkOptions): Promise<Shrunk> {
  const scratch = await mkdtemp(join(tmpdir(), 'stedi-shrink-'));
  try {
    return await shrink(options, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function shrink(options: ShrinkOptions, scratch: string): Promise<Shrunk> {
  const { scenario, seed, pipeline, signal, onProgress } = options;
  const probing: ProbeOptions = { path: scenario.path, seed, pipeline, scratch, signal };
  const listed = atSeed(options);
  onProgress?.('whole run', 0, peopleOf(listed).length);
  const whole = await runWritten(listed, probing, join(scratch, 'whole'));
  const oracle = chooseOracle(whole, options);
  const limit = valueAt(listed, ['expect', oracle.id]);
  const failing = withValue(listed, ['expect'], { [oracle.id]: limit });
  const probe = new Probe(probing, oracle.id);
  const small = await reduce(failing, { options, probe, oracle });
  onProgress?.('proof', probe.runs, peopleOf(small).length);
  return prove(small, { options, probing, probe, oracle, whole, listed });
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

async function runWritten(
  written: Written,
  probing: ProbeOptions,
  out: string,
  file: string = probing.path,
): Promise<ScenarioResult> {
  const plan = await planWritten(written, probing);
  if (plan === undefined) {
    throw new ScenarioError('SCENARIO_INVALID', `${probing.path} cannot be run in sim.`);
  }
  const { pipeline, signal } = probing;
  return runScenario({ plan, file, pipeline, out, signal });
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

interface Search {
  readonly options: ShrinkOptions;
  readonly probe: Probe;
  readonly oracle: OracleResult;
}

async function reduce(failing: Written, { options, probe, oracle }: Search): Promise<Written> {
  const { scenario, onProgress } = options;
  const suspects = suspectsOf(oracle.offenders);
  const durationMs = scenario.scenario.run.duration;
  const { fails } = probe;
  const phases: readonly (readonly [ShrinkPhase, (left: Written) => Promise<Written>])[] = [
    ['people', (left) => reducePeople(left, fails, suspects)],
    ['devices', (left) => reduceDevices(left, fails)],
    ['time', (left) => reduceTime(left, fails, durationMs)],
    ['faults', (left) => reduceFaults(left, fails)],
    ['values', (left) => reduceValues(left, fails)],
  ];
  let left = failing;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = JSON.stringify(left);
    for (const [phase, take] of phases) {
      onProgress?.(phase, probe.runs, peopleOf(left).length);
      left = await take(left);
    }
    if (JSON.stringify(left) === before) break;
  }
  return left;
}

interface Proof extends Search {
  readonly probing: ProbeOptions;
  readonly whole: ScenarioResult;
  readonly listed: Written;
}

/** Runs the small scenario for good, and writes its file. */
async function prove(small: Written, proof: Proof): Promise<Shrunk> {
  const { options, probing, probe, oracle, whole, listed } = proof;
  const { out, name, seed, pipeline } = options;
  const file = join(out, 'scenario.yaml');
  const located = relocate(small, probing.path, file);
  await mkdir(out, { recursive: true });
  const result = await runWritten(small, probing, join(out, 'run'), file);
  const found = result.oracles.find(({ id }) => id === oracle.id);
  if (found === undefined || !isBeyond(found)) {
    throw new ScenarioError(
      'NOT_DETERMINISTIC',
      `${oracle.id} failed in the search and passes now.`,
    );
  }
  const size = sizeOf(small, result);
  const story = tellStory(found, size);
  const described = {
    ...located,
    name: titleOf(found, size),
    about: `${story} Shrunk from “${whole.name}” at seed ${seed}.`,
    tags: ['regression'],
    pipeline: pipeline.expects,
  };
  const repro = result.repro;
  await writeFile(file, formatShrunk(described, { from: name, oracle: oracle.id, repro }));
  await writeFile(join(out, 'story.txt'), `${story}\n`);
  return {
    oracle: oracle.id,
    runs: probe.runs,
    before: sizeOf(listed, whole),
    after: size,
    scenario: file,
    landing: join(out, 'run', 'landing'),
    story,
    result: { ...result, pipeline: pipeline.name },
  };
}

/** Recordings are named from where the file is: this one is elsewhere. */
function relocate(written: Written, from: string, to: string): Written {
  const recorded = listAt(written, ['devices', 'recorded']) as readonly { readonly file: string }[];
  if (recorded.length === 0) return written;
  const moved = recorded.map((entry) => ({
    ...entry,
    file: relative(resolve(to, '..'), resolve(from, '..', entry.file)),
  }));
  return withValue(written, ['devices', 'recorded'], moved);
}
