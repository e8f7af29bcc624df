import { PipelineError } from '../pipeline-error.ts';
import { describePlace } from './place.ts';
import type { Place } from './place.ts';

const NOT_IMPLEMENTED = 501;

/** A place in a bucket. */
export type S3Place = Extract<Place, { kind: 's3' }>;

/** The HTTP status of what the S3 client threw; undefined when there was no answer. */
export function httpStatusOf(cause: unknown): number | undefined {
  return (cause as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)
    ?.$metadata?.httpStatusCode;
}

/** Whether a call may succeed when it is sent again: no answer came, or one that says so. */
export function isPassing(cause: unknown): boolean {
  const status = httpStatusOf(cause);
  if (status === undefined || status === 408 || status === 429) return true;
  return status >= 500 && status !== NOT_IMPLEMENTED;
}

/** The place as messages name it. */
export function describeS3(place: S3Place): string {
  return describePlace(place) + (place.endpoint === undefined ? '' : ` at ${place.endpoint}`);
}

/** What the S3 client threw, in words that name the place and the fix: STORAGE_UNREACHABLE or STORAGE_REFUSED. */
export function s3Failure(place: S3Place, cause: unknown): PipelineError {
  if (cause instanceof PipelineError) return cause;
  const status = httpStatusOf(cause);
  if (status === undefined) {
    return new PipelineError(
      'STORAGE_UNREACHABLE',
      `The storage of ${describeS3(place)} does not answer. Check the endpoint, the network and the AWS credentials of the environment.`,
      { cause },
    );
  }
  const name = (cause as Error).name;
  return new PipelineError(
    'STORAGE_REFUSED',
    `The storage refused a call for ${describeS3(place)} (${name}, HTTP ${status}). ${fixFor(status)}`,
    { cause },
  );
}

/** The storage answers, but not what it must. */
export function s3Contradiction(place: S3Place, what: string): PipelineError {
  return new PipelineError(
    'STORAGE_REFUSED',
    `The storage of ${describeS3(place)} contradicts itself: ${what}. Look at its own logs; an endpoint that does this cannot be used.`,
  );
}

function fixFor(status: number): string {
  if (status === NOT_IMPLEMENTED) {
    return 'It lacks what is needed here: use other storage, or a folder.';
  }
  if (status === 429 || status >= 500) {
    return 'It is overloaded or out of order: look at its own logs, and run again.';
  }
  return 'Check the name of the bucket and what the credentials may do there.';
}
