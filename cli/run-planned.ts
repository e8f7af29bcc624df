/** Runs what was planned: a single run in this process, several in child processes, and tells how far they are. */
import { join } from 'node:path';
import { withoutControls } from '../presentation/index.ts';
import { pipelineNamed, runScenario, runSweep, toRunDocument } from '../scenarios/index.ts';
import type {
  LiveParts,
  RunDocument,
  RunJob,
  ScenarioResult,
  SweepEvent,
} from '../scenarios/index.ts';
import type { RunArguments } from './commands/run-arguments.ts';
import { toFolderName } from './folder-name.ts';
import type { RunClock } from './run-clock.ts';
import type { Job } from './run-jobs.ts';
import { openSweepProgress } from './sweep-progress.ts';
import type { SweepProgress } from './sweep-progress.ts';

/** What a call of `stedi run` runs with. */
export interface RunSurroundings {
  readonly argv: RunArguments;
  readonly clock: RunClock;
  readonly signal: AbortSignal;
}

/**
 * Runs all jobs. A sweep that is stopped tells what is done by then; a single run that is stopped throws.
 *
 * @throws ScenarioError NOT_DETERMINISTIC, and of a single run whatever it throws
 */
export async function runPlanned(
  jobs: readonly Job[],
  surroundings: RunSurroundings,
): Promise<RunDocument> {
  const { argv } = surroundings;
  const placed = jobs.map((job) => ({ ...job, out: join(argv.out, folderOfJob(job)) }));
  const progress = openSweepProgress(jobs.length);
  const [only] = placed;
  try {
    return only !== undefined && placed.length === 1 && !argv['check-determinism']
      ? await runOne(only, surroundings, progress)
      : await runMany(placed, surroundings, progress);
  } finally {
    progress.stop();
  }
}

async function runOne(
  job: RunJob,
  { argv, clock, signal }: RunSurroundings,
  progress: SweepProgress,
): Promise<RunDocument> {
  const startMs = performance.now();
  const title = toTitle(job.plan.name);
  progress.begin(title);
  const { pipeline, ...run } = job;
  const result = await runScenario({
    ...run,
    pipeline: pipeline === undefined ? undefined : pipelineNamed(pipeline),
    parts: partsOf(argv),
    signal,
    onProgress: (stage, share) => progress.update(title, stage, share),
  });
  clock.note(result, performance.now() - startMs);
  progress.end(title, result.verdict);
  return toRunDocument([result]);
}

async function runMany(
  jobs: readonly RunJob[],
  { argv, clock, signal }: RunSurroundings,
  progress: SweepProgress,
): Promise<RunDocument> {
  const seeds = new Set(jobs.map(({ plan }) => plan.seed));
  const titleOf = ({ plan }: RunJob): string =>
    seeds.size > 1 ? `seed ${plan.seed} · ${toTitle(plan.name)}` : toTitle(plan.name);
  const tell = (event: SweepEvent): void => {
    const title = titleOf(event.job);
    if (event.kind === 'begun') progress.begin(title);
    else if (event.kind === 'progress') progress.update(title, event.stage, event.share);
    else {
      if (event.result !== undefined) clock.note(event.result, event.ms);
      progress.end(title, event.result?.verdict ?? 'not run');
    }
  };
  const startMs = performance.now();
  const { tally, isStopped, workers } = await runSweep(jobs, {
    workers: argv.workers,
    signal,
    pipeline: argv.pipeline === undefined ? undefined : pipelineNamed(argv.pipeline),
    parts: partsOf(argv),
    untilFailure: argv['until-failure'],
    keepAll: argv.keep,
    checkDeterminism: argv['check-determinism'],
    onEvent: tell,
  });
  // Somebody who stops before anything is done wants no report of nothing.
  if (tally.results.length === 0 && tally.notRun.length === 0) signal.throwIfAborted();
  const sweep = {
    summary: tally.summary(isStopped),
    timing: tally.timing((performance.now() - startMs) / 1000, workers),
    coverage: tally.coverage,
  };
  return toRunDocument(tally.results, tally.notRun, jobs.length > 1 ? sweep : undefined);
}

/** The name of a scenario with nothing in it that a terminal would obey. */
function toTitle(name: string): string {
  return withoutControls(name);
}

function partsOf({ broker, s3, bucket }: RunArguments): LiveParts {
  return {
    brokerUrl: broker,
    storage: bucket === undefined ? undefined : { endpoint: s3, bucket },
  };
}

function folderOfJob({ file, plan, pipeline }: Job): string {
  const { mode, seed } = plan;
  return folderName({ file, mode, seed, pipeline: pipeline ?? plan.pipeline });
}

/** The name of the folder that a run leaves. */
export function folderName({
  file,
  mode,
  seed,
  pipeline,
}: Pick<ScenarioResult, 'file' | 'mode' | 'seed' | 'pipeline'>): string {
  return `${toFolderName(file)}-${pipeline.replace(':', '-')}-${mode}-seed${seed}`;
}
