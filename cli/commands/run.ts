import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import {
  checkDeterminism,
  formatSummary,
  loadCatalogue,
  loadNamed,
  makePlan,
  parseSeedRange,
  renderReport,
  runScenario,
  ScenarioError,
  toRunDocument,
} from '../../scenarios/index.ts';
import type {
  LiveParts,
  NamedScenario,
  Plan,
  RunDocument,
  ScenarioResult,
} from '../../scenarios/index.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { openProgress, printJson, printNote, printResult, terminalStyle } from '../terminal.ts';

interface RunArguments {
  files: string[];
  all: boolean;
  tag: string[] | undefined;
  seed: number | undefined;
  seeds: string | undefined;
  mode: 'sim' | 'live' | undefined;
  speed: number | undefined;
  pipeline: 'strict' | 'classic' | undefined;
  broker: string | undefined;
  s3: string | undefined;
  bucket: string | undefined;
  out: string;
  'check-determinism': boolean;
  json: boolean;
}

interface Job {
  readonly file: string;
  readonly plan: Plan;
}

/** `stedi run`: runs scenarios and judges them. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run [files..]',
  describe: 'Run scenarios and hold the zones against the truth, record by record',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const jobs = await planJobs(argv);
    const results = await runJobs(jobs, argv);
    const document = toRunDocument(results);
    const report = await writeReport(document, argv.out);
    if (argv.json) printJson(document);
    else printResult(formatSummary(document, terminalStyle()));
    printNote(`Report: ${report}`);
    process.exitCode = document.verdict === 'pass' ? EXIT.PASS : EXIT.EXPECTATION_FAILED;
  },
};

function describeArguments(yargs: Argv): Argv<RunArguments> {
  return yargs
    .positional('files', {
      describe: 'Scenario files, folders of them, or names from "stedi list"',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .options({
      all: { describe: 'Run the whole catalogue', type: 'boolean', default: false },
      tag: { describe: 'Only scenarios with one of these tags', type: 'string', array: true },
      seed: { describe: 'Seed of the run', type: 'number', requiresArg: true },
      seeds: { describe: 'Range of seeds, such as 1..20', type: 'string', requiresArg: true },
      mode: {
        describe: 'Virtual time with links in memory, or real time with real links',
        choices: ['sim', 'live'] as const,
      },
      speed: { describe: 'How many times faster than real time a live run goes', type: 'number' },
      pipeline: { describe: 'Pipeline under test', choices: ['strict', 'classic'] as const },
      broker: { describe: 'MQTT broker of a live run, such as mqtt://host:1883', type: 'string' },
      s3: { describe: 'S3 endpoint of a live run, such as http://host:9000', type: 'string' },
      bucket: { describe: 'Bucket of a live run', type: 'string' },
      out: { describe: 'Folder for what runs leave', type: 'string', default: 'stedi-out' },
      'check-determinism': {
        describe: 'Run everything twice and show the first difference',
        type: 'boolean',
        default: false,
      },
      json: { describe: 'Print one JSON document', type: 'boolean', default: false },
    })
    .conflicts('seed', 'seeds')
    .implies('s3', 'bucket');
}

async function planJobs(argv: RunArguments): Promise<Job[]> {
  const named = await selectScenarios(argv);
  const seeds = listSeeds(argv);
  const { mode, speed, pipeline } = argv;
  const jobs = named.flatMap(({ file, scenario }) =>
    seeds.map((seed) => ({ file, plan: makePlan(scenario, { seed, mode, speed, pipeline }) })),
  );
  if (argv['check-determinism']) {
    const simulated = jobs.filter(({ plan }) => plan.mode === 'sim');
    if (simulated.length < jobs.length) {
      printNote('Live runs are left out of the determinism check: real time never repeats itself.');
    }
    return simulated;
  }
  return jobs;
}

async function selectScenarios({ files, all, tag }: RunArguments): Promise<NamedScenario[]> {
  if (all && files.length > 0) throw new UsageError('Give either files or --all, not both.');
  if (!all && files.length === 0 && tag === undefined) {
    throw new UsageError(
      'Nothing to run. Name scenario files, or run the catalogue with "stedi run --all"; "stedi list" shows it.',
    );
  }
  const named =
    files.length === 0 ? await loadCatalogue() : (await Promise.all(files.map(loadNamed))).flat();
  const selected = named.filter(
    ({ scenario }) => tag === undefined || tag.some((wanted) => scenario.tags.includes(wanted)),
  );
  if (selected.length === 0) {
    throw new UsageError(
      `No scenario has the tag ${tag?.join(' or ')}. "stedi list" shows the tags.`,
    );
  }
  return selected;
}

function listSeeds({ seed, seeds }: RunArguments): readonly (number | undefined)[] {
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new UsageError('--seed takes a whole number from 0.');
  }
  if (seeds === undefined) return [seed];
  const range = parseSeedRange(seeds);
  if (range === undefined) throw new UsageError('--seeds takes a range such as 1..20.');
  return Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
}

async function runJobs(jobs: readonly Job[], argv: RunArguments): Promise<ScenarioResult[]> {
  const signal = interruptSignal();
  const parts: LiveParts = {
    brokerUrl: argv.broker,
    storage: argv.bucket === undefined ? undefined : { endpoint: argv.s3, bucket: argv.bucket },
  };
  const run = argv['check-determinism'] ? checkDeterminism : runScenario;
  const progress = openProgress(jobs.length);
  const results: ScenarioResult[] = [];
  try {
    for (const { file, plan } of jobs) {
      progress.begin(plan.name);
      const result = await run({
        plan,
        file,
        out: join(argv.out, folderName(file, plan)),
        parts,
        signal,
        onProgress: (stage, share) => progress.update(stage, share),
      });
      results.push(result);
      progress.end(result.verdict);
    }
  } finally {
    progress.stop();
  }
  return results;
}

function folderName(file: string, plan: Plan): string {
  const name = file.replace(/\.ya?ml$/, '').replaceAll(/[^\w-]+/g, '-');
  return `${name.replace(/^-+/, '')}-${plan.pipeline}-${plan.mode}-seed${plan.seed}`;
}

async function writeReport(document: RunDocument, out: string): Promise<string> {
  const path = join(out, 'report.html');
  try {
    await mkdir(out, { recursive: true });
    await writeFile(path, renderReport(document));
  } catch (cause) {
    const message = `Cannot write ${path}. Choose a folder that can be written with --out.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
  return relative(process.cwd(), path) || path;
}
