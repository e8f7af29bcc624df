/** What `stedi generate` can be told. */
import type { Argv } from 'yargs';
import { LANDING_FORMATS, LANDING_PROFILES } from '../../simulator/index.ts';
import type { LandingFormat, LandingProfile } from '../../simulator/index.ts';
import { readDuration, readPpm, readShare, readWhole } from '../amounts.ts';
import { UsageError } from '../exit-codes.ts';
import { checkPlaceOf } from '../place-argument.ts';
import { refuseRepeats } from '../repeats.ts';
import { checkS3Url } from '../s3-url.ts';

const CUSTOMERS_MAX = 100_000_000;
const SKEW_MS_MAX = 60_000;
const PPM_MAX = 1_000;
const THREADS_MAX = 64;
const CONCURRENCY_MAX = 1_000_000;
const HOUSEHOLD_MAX = 100;
const SESSIONS_MAX = 1_000;

/** The options, read. Shares are 0–1, times in ms. */
export interface GenerateArguments {
  readonly customers: number;
  readonly out: string;
  readonly s3: string | undefined;
  readonly seed: number;
  readonly format: LandingFormat;
  readonly profile: LandingProfile;
  readonly serials: 'own' | number;
  readonly households: number;
  readonly sessions: number;
  readonly skew: number;
  readonly drift: number;
  readonly loss: number;
  readonly duplicates: number;
  readonly silentPhones: number;
  readonly consent: number;
  readonly concurrency: number;
  readonly threads: number | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** What is written, and where. */
const PLACE = {
  customers: {
    describe: 'How many customers',
    type: 'string',
    demandOption: true,
    coerce: readWhole('--customers', 1, CUSTOMERS_MAX),
    requiresArg: true,
  },
  out: {
    describe: 'Empty or new folder, or s3://bucket/prefix',
    type: 'string',
    coerce: checkPlaceOf('--out'),
    demandOption: true,
    requiresArg: true,
  },
  s3: {
    describe: 'S3 endpoint for s3://, such as http://host:9000; AWS when left out',
    type: 'string',
    coerce: checkS3Url,
    requiresArg: true,
  },
  format: {
    describe: 'How rows are written',
    choices: LANDING_FORMATS,
    default: 'ndjson.gz' as LandingFormat,
  },
  force: {
    describe: 'Replace what this command wrote there before',
    type: 'boolean',
    default: false,
  },
  threads: {
    describe: 'How many threads work; as many as there are processors when left out',
    type: 'string',
    coerce: readWhole('--threads', 1, THREADS_MAX),
    requiresArg: true,
  },
  json: { describe: 'Print one JSON document', type: 'boolean', default: false },
} as const;

/** Who the people are, and how they exercise. Coerced options have their defaults as people would write them. */
const PEOPLE = {
  seed: {
    describe: 'Everything follows from it',
    type: 'string',
    default: '1',
    coerce: readWhole('--seed', 0, Number.MAX_SAFE_INTEGER),
    requiresArg: true,
  },
  profile: {
    describe: 'How people move: one reading a step, or dense signals',
    choices: LANDING_PROFILES,
    default: 'step-test' as LandingProfile,
  },
  concurrency: {
    describe: 'How many exercise at once; more customers make a longer time',
    type: 'string',
    default: '300',
    coerce: readWhole('--concurrency', 1, CONCURRENCY_MAX),
    requiresArg: true,
  },
  households: {
    describe: 'How many people share a trainer',
    type: 'string',
    default: '1',
    coerce: readWhole('--households', 1, HOUSEHOLD_MAX),
    requiresArg: true,
  },
  sessions: {
    describe: 'How many sessions each of them takes',
    type: 'string',
    default: '1',
    coerce: readWhole('--sessions', 1, SESSIONS_MAX),
    requiresArg: true,
  },
  serials: {
    describe:
      'Serial numbers in the customer feed: of so many trainers in turn, or everybody their own',
    type: 'string',
    default: '30',
    coerce: readSerials,
    requiresArg: true,
  },
  consent: {
    describe: 'Who shares data for research',
    type: 'string',
    default: '50%',
    coerce: readShare('--consent'),
    requiresArg: true,
  },
} as const;

/** What goes wrong. */
const FAULTS = {
  skew: {
    describe: 'How far clocks of phones are off at most',
    type: 'string',
    default: '0ms',
    coerce: readDuration('--skew', SKEW_MS_MAX),
    requiresArg: true,
  },
  drift: {
    describe: 'How fast clocks of phones drift at most',
    type: 'string',
    default: '0ppm',
    coerce: readPpm('--drift', PPM_MAX),
    requiresArg: true,
  },
  loss: {
    describe: 'Moments of a device that do not land',
    type: 'string',
    default: '0%',
    coerce: readShare('--loss'),
    requiresArg: true,
  },
  duplicates: {
    describe: 'Moments of a device that land twice',
    type: 'string',
    default: '0%',
    coerce: readShare('--duplicates'),
    requiresArg: true,
  },
  'silent-phones': {
    describe: 'People whose phone sends nothing',
    type: 'string',
    default: '0%',
    coerce: readShare('--silent-phones'),
    requiresArg: true,
  },
} as const;

/** Adds the options. */
export function describeGenerate(yargs: Argv): Argv<GenerateArguments> {
  return yargs
    .options({ ...PLACE, ...PEOPLE, ...FAULTS })
    .check(refuseRepeats([])) as unknown as Argv<GenerateArguments>;
}

function readSerials(text: unknown): 'own' | number {
  if (text === 'own') return text;
  if (/^\d+$/.test(String(text))) return readWhole('--serials', 1, CUSTOMERS_MAX)(text);
  throw new UsageError(
    '--serials takes how many serial numbers fulfilment gives out, such as 30, or the word own.',
  );
}
