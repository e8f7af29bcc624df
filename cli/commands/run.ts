import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import {
  checkDeterminism,
  formatSummary,
  runScenario,
  toRunDocument,
} from '../../scenarios/index.ts';
import type {
  LiveParts,
  NotRun,
  Plan,
  RunDocument,
  ScenarioResult,
} from '../../scenarios/index.ts';
import { SimulatorError } from '../../simulator/index.ts';
import { checkBrokerUrl } from '../broker-url.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { checkS3Url } from '../s3-url.ts';
import { refuseForeignReports, RUN_REPORTS, writeReports } from '../report-file.ts';
import type { RunReport } from '../report-file.ts';
import { readReportKinds } from '../report-kinds.ts';
import { refuseRepeats } from '../repeats.ts';
import { planJobs } from '../run-jobs.ts';
import type { Job, JobArguments } from '../run-jobs.ts';
import { RunClock } from '../run-clock.ts';
import { openProgress, printJson, printNote, printResult, terminalStyle } from '../terminal.ts';

/** Characters of a scenario's path that the name of its folder keeps. */
const NAME_LENGTH_MAX = 180;

interface RunArguments extends JobArguments {
  readonly out: string;
  readonly report: RunReport[];
  readonly json: boolean;
}

/** `stedi run`: runs scenarios and judges them. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run [files..]',
  describe: 'Run scenarios and hold the zones against the truth, record by record',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const jobs = await planJobs(argv);
    if (argv.out === '') throw new UsageError('--out takes the name of a folder.');
    await refuseForeignReports(argv.out, argv.report);
    const clock = new RunClock();
    const document = await runJobs(jobs, argv, clock);
    const reports = await writeReports(document, clock, { folder: argv.out, kinds: argv.report });
    if (argv.json) printJson(document);
    else printResult(formatSummary(document, terminalStyle()));
    for (const { file, reason } of document.notRun ?? []) printNote(`Not run: ${file}. ${reason}`);
    for (const report of reports) printNote(`Report: ${report}`);
    if (argv['check-determinism']) printNote('Every run was repeated, and nothing differed.');
    process.exitCode = exitCodeOf(document);
  },
};

/** A failed expectation weighs more than a run that could not be done. */
function exitCodeOf({ verdict, scenarios }: RunDocument): ExitCode {
  if (verdict === 'pass') return EXIT.PASS;
  const failed = scenarios.some((scenario) => scenario.verdict === 'fail');
  return failed ? EXIT.EXPECTATION_FAILED : EXIT.ENVIRONMENT;
}

function describeArguments(yargs: Argv): Argv<RunArguments> {
  return yargs
    .positional('files', {
      describe: 'Scenario files, folders of them, or names from "npx stedi list"',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .options({
      all: { describe: 'Run the whole catalogue', type: 'boolean', default: false },
      tag: {
        describe: 'Only scenarios with one of these tags',
        type: 'string',
        array: true,
        requiresArg: true,
      },
      seed: { describe: 'Seed of the run', type: 'number', requiresArg: true },
      seeds: { describe: 'Range of seeds, such as 1..20', type: 'string', requiresArg: true },
      mode: {
        describe: 'Virtual time with links in memory, or real time with real links',
        choices: ['sim', 'live'] as const,
      },
      speed: {
        describe: 'How many times faster than real time a live run goes',
        type: 'number',
        requiresArg: true,
      },
      pipeline: { describe: 'Pipeline under test', choices: ['strict', 'classic'] as const },
      broker: {
        describe: 'MQTT broker of a live run, such as mqtt://host:1883',
        type: 'string',
        coerce: checkBrokerUrl,
        requiresArg: true,
      },
      s3: {
        describe: 'S3 endpoint of a live run, such as http://host:9000',
        type: 'string',
        coerce: checkS3Url,
        requiresArg: true,
      },
      bucket: {
        describe: 'Bucket of a live run',
        type: 'string',
        requiresArg: true,
      },
      out: {
        describe: 'Folder for what runs leave',
        type: 'string',
        default: 'stedi-out',
        requiresArg: true,
      },
      report: {
        describe: `Reports to write there: ${RUN_REPORTS.join(', ')}`,
        type: 'string',
        default: ['html'] as RunReport[],
        defaultDescription: 'html',
        coerce: readReportKinds(RUN_REPORTS),
        requiresArg: true,
      },
      'check-determinism': {
        describe: 'Run everything twice and show the first difference',
        type: 'boolean',
        default: false,
      },
      json: { describe: 'Print one JSON document', type: 'boolean', default: false },
    })
    .conflicts('seed', 'seeds')
    .implies('s3', 'bucket')
    .check(refuseRepeats(['files', 'tag', 'report']));
}

async function runJobs(
  jobs: readonly Job[],
  argv: RunArguments,
  clock: RunClock,
): Promise<RunDocument> {
  const signal = interruptSignal();
  const parts: LiveParts = {
    brokerUrl: argv.broker,
    storage: argv.bucket === undefined ? undefined : { endpoint: argv.s3, bucket: argv.bucket },
  };
  const run = argv['check-determinism'] ? checkDeterminism : runScenario;
  const progress = openProgress(jobs.length);
  const results: ScenarioResult[] = [];
  const notRun: NotRun[] = [];
  try {
    for (const { file, plan } of jobs) {
      progress.begin(plan.name);
      const startMs = performance.now();
      try {
        const result = await run({
          plan,
          file,
          out: join(argv.out, folderName(file, plan)),
          parts,
          signal,
          onProgress: (stage, share) => progress.update(stage, share),
        });
        clock.note(result, performance.now() - startMs);
        results.push(result);
        progress.end(result.verdict);
      } catch (error) {
        // What one scenario needs and this machine lacks must not cost the results of the others.
        if (jobs.length === 1 || !(error instanceof SimulatorError)) throw error;
        notRun.push({ file, seed: plan.seed, reason: error.message });
        progress.end('not run');
      }
    }
  } finally {
    progress.stop();
  }
  return toRunDocument(results, notRun);
}

function folderName(file: string, plan: Plan): string {
  const name = file.replace(/\.ya?ml$/, '').replaceAll(/[^\w-]+/g, '-');
  // The end of a long path tells more than its beginning, and file systems take 255 bytes.
  return `${name.slice(-NAME_LENGTH_MAX).replace(/^-+/, '')}-${plan.pipeline}-${plan.mode}-seed${plan.seed}`;
}
