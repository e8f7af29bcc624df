/** What a call of `stedi run` is to run: every chosen scenario at every chosen seed. */
import {
  LARGE_TAG,
  loadCatalogue,
  loadNamed,
  makePlan,
  parseSeedRange,
} from '../scenarios/index.ts';
import type { NamedScenario, Plan } from '../scenarios/index.ts';
import { UsageError } from './exit-codes.ts';
import { choosePipeline } from './choose-pipeline.ts';
import { refuseNoSeed } from './seed-argument.ts';
import { withTags } from './tagged.ts';
import { printNote } from './terminal.ts';

const SPEED = { min: 1, max: 50 };
const SEEDS_MAX = 10_000;
/** All runs of a call are planned before the first begins, so that none is wrong; so many plans take about 200 MB. */
const RUNS_MAX = 100_000;

/** The options of `stedi run` that say what to run. */
export interface JobArguments {
  readonly files: string[];
  readonly all: boolean;
  readonly tag: string[] | undefined;
  readonly seed: number | undefined;
  readonly seeds: string | undefined;
  /** Whether each seed draws its own mix of faults; if not given, when there are several seeds. */
  readonly swarm: boolean | undefined;
  readonly mode: 'sim' | 'live' | undefined;
  readonly speed: number | undefined;
  readonly pipeline: string | undefined;
  readonly broker: string | undefined;
  readonly s3: string | undefined;
  readonly bucket: string | undefined;
  readonly 'check-determinism': boolean;
}

/** One run: a plan, and what the user calls its scenario. */
export interface Job {
  readonly file: string;
  readonly plan: Plan;
  /** Name of the pipeline under test; without it, the one that the plan names. */
  readonly pipeline?: string | undefined;
}

/**
 * Plans every run.
 *
 * @throws UsageError, ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID
 */
export async function planJobs(argv: JobArguments): Promise<Job[]> {
  const seeds = listSeeds(argv);
  const { mode, speed } = argv;
  const pipeline = argv.pipeline === undefined ? undefined : choosePipeline(argv.pipeline);
  if (speed !== undefined && !(speed >= SPEED.min && speed <= SPEED.max)) {
    throw new UsageError(`--speed takes a number from ${SPEED.min} to ${SPEED.max}.`);
  }
  const swarm = argv.swarm ?? seeds.length > 1;
  const named = await selectScenarios(argv);
  refuseTooMany(named.length, seeds.length);
  const jobs = named.flatMap(({ file, scenario }) =>
    seeds.map((seed) => ({
      file,
      pipeline: pipeline?.name,
      plan: makePlan(scenario, { seed, mode, speed, pipeline: pipeline?.expects, swarm }),
    })),
  );
  requireLive(argv, jobs);
  return argv['check-determinism'] ? leaveOutLive(jobs) : jobs;
}

function refuseTooMany(scenarios: number, seeds: number): void {
  if (scenarios * seeds <= RUNS_MAX) return;
  const [asked, most] = [scenarios * seeds, RUNS_MAX].map((count) => count.toLocaleString('en-US'));
  throw new UsageError(
    `${scenarios} scenarios at ${seeds.toLocaleString('en-US')} seeds are ${asked} runs; one call does up to ${most}. Give fewer seeds, or fewer scenarios at a time.`,
  );
}

/** Parts that only live runs have must not be named in vain: a simulated run would pass without having met them, and keeps no pace. */
function requireLive(argv: JobArguments, jobs: readonly Job[]): void {
  const part = (['broker', 's3', 'bucket', 'speed'] as const).find(
    (name) => argv[name] !== undefined,
  );
  const simulated = jobs.find(({ plan }) => plan.mode === 'sim');
  if (part === undefined || simulated === undefined) return;
  throw new UsageError(
    `--${part} is for live runs, and ${simulated.file} is simulated. Add --mode live, or leave --${part} out.`,
  );
}

function leaveOutLive(jobs: readonly Job[]): Job[] {
  const simulated = jobs.filter(({ plan }) => plan.mode === 'sim');
  if (simulated.length === 0) {
    throw new UsageError(
      'There is nothing to check: live runs never repeat themselves. Add --mode sim.',
    );
  }
  if (simulated.length < jobs.length) {
    printNote('Live runs are left out of the determinism check: real time never repeats itself.');
  }
  return simulated;
}

async function selectScenarios({
  files,
  all,
  tag,
}: JobArguments): Promise<readonly NamedScenario[]> {
  if (all && files.length > 0) throw new UsageError('Give either files or --all, not both.');
  if (!all && files.length === 0 && tag === undefined) {
    throw new UsageError(
      'Nothing to run. Name scenario files, or run the catalogue with "npx stedi run --all"; "npx stedi list" shows it.',
    );
  }
  const large = tag?.includes(LARGE_TAG) === true;
  const named =
    files.length === 0
      ? await loadCatalogue({ large })
      : (await Promise.all(files.map(loadNamed))).flat();
  return withTags(named, tag);
}

function listSeeds({ seed, seeds }: JobArguments): readonly (number | undefined)[] {
  refuseNoSeed(seed);
  if (seeds === undefined) return [seed];
  const range = parseSeedRange(seeds);
  const count = range === undefined ? 0 : range.last - range.first + 1;
  if (range === undefined || count > SEEDS_MAX) {
    throw new UsageError('--seeds takes a range of up to 10,000 seeds, such as 1..20.');
  }
  return Array.from({ length: count }, (_, index) => range.first + index);
}
