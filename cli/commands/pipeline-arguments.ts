/** What `stedi pipeline run` can be told. */
import type { Argv } from 'yargs';
import { MEMORY_BYTES_MIN, parseBytes } from '../../pipeline/index.ts';
import { withoutControls } from '../../presentation/index.ts';
import { UsageError } from '../exit-codes.ts';
import { checkPlaceOf } from '../place-argument.ts';
import { refuseRepeats } from '../repeats.ts';
import { checkS3Url } from '../s3-url.ts';

/** The arguments as the command gets them. */
export interface PipelineArguments {
  readonly landing: string;
  readonly out: string;
  readonly policy: 'strict' | 'classic';
  readonly consent: 'from-date' | 'ever';
  /** Bytes. */
  readonly memory: number | undefined;
  readonly threads: number | undefined;
  readonly scratch: string | undefined;
  readonly report: string | undefined;
  readonly s3: string | undefined;
  readonly json: boolean;
}

const THREADS_MAX = 256;

/** Declares them. */
export function describePipelineArguments(yargs: Argv): Argv<PipelineArguments> {
  return yargs
    .options({
      landing: {
        describe: 'Folder of the landing zone, or s3://bucket/prefix',
        type: 'string',
        coerce: checkPlaceOf('--landing'),
        demandOption: true,
        requiresArg: true,
      },
      out: {
        describe: 'Folder for the zones, or s3://bucket/prefix',
        type: 'string',
        coerce: checkPlaceOf('--out'),
        demandOption: true,
        requiresArg: true,
      },
      policy: {
        describe: 'strict: the right answer; classic: what the published projects do',
        choices: ['strict', 'classic'] as const,
        default: 'strict' as const,
      },
      consent: {
        describe: 'From when consent counts under strict: from its date on, or for ever',
        choices: ['from-date', 'ever'] as const,
        default: 'from-date' as const,
      },
      memory: {
        describe:
          'Memory that the whole process may take, such as 4GB: above it, work spills to disk',
        type: 'string',
        coerce: readMemory,
        requiresArg: true,
      },
      threads: {
        describe: 'Threads of the engine; one per core if not given',
        type: 'string',
        coerce: readThreads,
        requiresArg: true,
      },
      scratch: {
        describe: 'Folder for temporary files, on a disk with room; beside the zones if not given',
        type: 'string',
        requiresArg: true,
      },
      report: {
        describe: 'File for the report as one HTML page',
        type: 'string',
        requiresArg: true,
      },
      s3: {
        describe: 'S3 endpoint for s3:// places, such as http://host:9000',
        type: 'string',
        coerce: checkS3Url,
        requiresArg: true,
      },
      json: { describe: 'Print one JSON document', type: 'boolean', default: false },
    })
    .check(refuseRepeats([]));
}

/** Reads `4GB` into bytes. @throws UsageError */
export function readMemory(text: string | undefined): number | undefined {
  if (text === undefined || Array.isArray(text)) return undefined;
  const bytes = parseBytes(text);
  if (bytes !== undefined && bytes >= MEMORY_BYTES_MIN) return bytes;
  throw new UsageError(
    `--memory takes a size with its unit, such as 4GB, from ${MEMORY_BYTES_MIN / 1e6}MB on; "${withoutControls(text)}" is not.`,
  );
}

/** Reads a number of threads. @throws UsageError */
export function readThreads(text: string | undefined): number | undefined {
  if (text === undefined || Array.isArray(text)) return undefined;
  const threads = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (threads >= 1 && threads <= THREADS_MAX) return threads;
  throw new UsageError(
    `--threads takes a whole number from 1 to ${THREADS_MAX}; "${withoutControls(text)}" is not.`,
  );
}
