/** The options of `stedi run`. */
import type { Argv } from 'yargs';
import { readWhole } from '../amounts.ts';
import { checkBrokerUrl } from '../broker-url.ts';
import { checkS3Url } from '../s3-url.ts';
import { RUN_REPORTS } from '../report-file.ts';
import type { RunReport } from '../report-file.ts';
import { readReportKinds } from '../report-kinds.ts';
import { refuseRepeats } from '../repeats.ts';
import type { JobArguments } from '../run-jobs.ts';

/** Processes on one machine: more of them only wait for each other. */
const WORKERS_MAX = 256;

/** What `stedi run` is told. */
export interface RunArguments extends JobArguments {
  readonly out: string;
  readonly report: RunReport[];
  readonly workers: number | undefined;
  readonly 'until-failure': boolean;
  readonly keep: boolean;
  readonly coverage: boolean;
  readonly json: boolean;
}

/** Which scenarios at which seeds. */
const CHOICE = {
  all: { describe: 'Run the whole catalogue', type: 'boolean', default: false },
  tag: {
    describe: 'Only scenarios with one of these tags',
    type: 'string',
    array: true,
    requiresArg: true,
  },
  seed: { describe: 'Seed of the run', type: 'number', requiresArg: true },
  seeds: {
    describe: 'Range of up to 10,000 seeds, such as 1..20; up to 100,000 runs in all',
    type: 'string',
    requiresArg: true,
  },
  swarm: {
    describe:
      'Whether each seed draws its own mix of the faults of a scenario; if not given, when there are several seeds',
    type: 'boolean',
  },
} as const;

/** How many runs are done. */
const SWEEP = {
  workers: {
    describe: 'Processes that simulate at the same time; if not given, one per core',
    type: 'string',
    coerce: readWhole('--workers', 1, WORKERS_MAX),
    requiresArg: true,
  },
  'until-failure': {
    describe: 'Stop at the first run that fails or cannot be done',
    type: 'boolean',
    default: false,
  },
  keep: {
    describe:
      'Keep the folders of all runs; if not given, of runs that passed only those of each first seed',
    type: 'boolean',
    default: false,
  },
} as const;

/** What they run on. */
const PARTS = {
  mode: {
    describe: 'Virtual time with links in memory, or real time with real links',
    choices: ['sim', 'live'] as const,
  },
  speed: {
    describe: 'How many times faster than real time a live run goes',
    type: 'number',
    requiresArg: true,
  },
  pipeline: {
    describe: 'Pipeline under test: strict, classic, or one that is wrong, such as mutant:M07',
    type: 'string',
    requiresArg: true,
  },
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
} as const;

/** What they leave. */
const OUTPUT = {
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
    describe:
      'Run everything twice, by other processes in another order, and show the first difference',
    type: 'boolean',
    default: false,
  },
  coverage: {
    describe: 'Print in which runs each fault struck under which oracle',
    type: 'boolean',
    default: false,
  },
  json: { describe: 'Print one JSON document', type: 'boolean', default: false },
} as const;

/** Describes the options to the parser, and with that to the help. */
export function describeRunArguments(yargs: Argv): Argv<RunArguments> {
  return yargs
    .positional('files', {
      describe: 'Scenario files, folders of them, or names from "npx stedi list"',
      type: 'string',
      array: true,
      default: [] as string[],
    })
    .options({ ...CHOICE, ...SWEEP, ...PARTS, ...OUTPUT })
    .conflicts('seed', 'seeds')
    .implies('s3', 'bucket')
    .check(refuseRepeats(['files', 'tag', 'report']));
}
