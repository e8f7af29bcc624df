import { availableParallelism } from 'node:os';
import type { CommandModule } from 'yargs';
import { describePlace, parsePlace } from '../../pipeline/index.ts';
import type { Place } from '../../pipeline/index.ts';
import { DEFAULT_LANDING, writeLandingZone } from '../../simulator/index.ts';
import type { LandingSpec, LandingZoneSummary } from '../../simulator/index.ts';
import { checkBucketName } from '../bucket-name.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseFile } from '../out-folder.ts';
import { openProgress, printJson, printResult } from '../terminal.ts';
import { describeGenerate } from './generate-arguments.ts';
import type { GenerateArguments } from './generate-arguments.ts';
import { Pace } from './generate-pace.ts';

/** `stedi generate`: a landing zone of any size with its truth. */
export const generateCommand: CommandModule<object, GenerateArguments> = {
  command: 'generate',
  describe: 'Write a landing zone of any size, and the truth about it',
  builder: (yargs) => describeGenerate(yargs),
  handler: async (args) => {
    const out = readPlace(args);
    const startMs = performance.now();
    const summary = await generate(args, out);
    const seconds = Math.round(performance.now() - startMs) / 1_000;
    const { seed, format } = args;
    const document = { ...summary, seconds, out: describePlace(out), seed, format };
    if (args.json) printJson(document);
    else printResult(formatSummary(document, args.s3));
  },
};

function readPlace({ out, s3 }: GenerateArguments): Place {
  if (out.trim() === '') throw new UsageError('--out takes a folder or s3://bucket/prefix.');
  const place = parsePlace(out, s3);
  if (place.kind === 's3') {
    return checkBucket(place);
  }
  if (s3 !== undefined) {
    throw new UsageError('--s3 goes with --out s3://bucket/prefix; the zone would go to a folder.');
  }
  return { kind: 'folder', path: refuseFile(place.path) };
}

function checkBucket(place: Extract<Place, { kind: 's3' }>): Place {
  try {
    checkBucketName(place.bucket);
    return place;
  } catch {
    // The name is not repeated, as it may be an address that holds a password.
    throw new UsageError(
      '--out takes a folder or s3://bucket/prefix; that is no name of a bucket.',
    );
  }
}

function specOf(args: GenerateArguments): LandingSpec {
  return {
    ...DEFAULT_LANDING,
    customers: args.customers,
    profile: args.profile,
    concurrency: args.concurrency,
    householdSize: args.households,
    sessionsPerPerson: args.sessions,
    serials: args.serials,
    researchShare: args.consent,
    phoneClock: { skewMs: args.skew, driftPpm: args.drift },
    loss: args.loss,
    duplicates: args.duplicates,
    silentPhones: args.silentPhones,
  };
}

async function generate(args: GenerateArguments, out: Place): Promise<LandingZoneSummary> {
  const progress = openProgress(1);
  const pace = new Pace(() => performance.now());
  progress.begin(`landing zone in ${describePlace(out)}`);
  try {
    const summary = await writeLandingZone({
      spec: specOf(args),
      seed: args.seed,
      out,
      format: args.format,
      threads: args.threads ?? availableParallelism(),
      force: args.force,
      signal: interruptSignal(),
      onProgress: ({ share, rows }) => progress.update(pace.describe(rows, share), share),
    });
    progress.end('done');
    return summary;
  } finally {
    progress.stop();
  }
}

interface Summary extends LandingZoneSummary {
  readonly seconds: number;
  readonly out: string;
}

function formatSummary(summary: Summary, s3: string | undefined): string {
  const { customers, rows, truth, objects, bytes, seconds, out } = summary;
  const counts = [
    ...Object.entries(rows),
    ...Object.entries(truth).map(([name, count]) => [`truth/${name}`, count] as const),
  ].map(([name, count]) => `  ${name.padEnd(24)}${count.toLocaleString('en-US').padStart(16)}`);
  const megabytes = (bytes / 1e6).toLocaleString('en-US', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  // A URL may hold a password.
  const endpoint = s3 === undefined || s3.includes('@') ? '' : ` --s3 ${s3}`;
  return [
    `A landing zone of ${customers.toLocaleString('en-US')} customers in ${out}`,
    '',
    ...counts,
    '',
    `${objects.toLocaleString('en-US')} objects, ${megabytes} MB, in ${seconds.toFixed(1)} s`,
    '',
    `Try:  npx stedi pipeline run --landing ${out}${endpoint} --out zones`,
  ].join('\n');
}
