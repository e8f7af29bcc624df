import { randomBytes } from 'node:crypto';
import { PipelineError } from '../pipeline-error.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import { httpStatusOf } from '../storage/s3-failure.ts';
import type { Storage } from '../storage/storage.ts';
import { LANDING_STATE } from './layout.ts';

/** How storage says that it does not know a header: 501 NotImplemented by the book, 400 InvalidArgument elsewhere. */
const UNKNOWN_HEADER: ReadonlySet<number | undefined> = new Set([400, 501]);
const NO_TAG = '0'.repeat(32);

/**
 * Makes sure, before a run works for hours, that a bucket may be written to, and tells whether it honours the conditions that
 * keep two runs on one output apart: that there is no object yet, and that it is a certain one. Some storage refuses them,
 * some ignores them.
 * @throws PipelineError STORAGE_REFUSED, STORAGE_UNREACHABLE
 */
export async function hasConditionalWrites(storage: Storage): Promise<boolean> {
  const key = `${LANDING_STATE}/probe-${randomBytes(6).toString('hex')}`;
  try {
    const outcomes = [
      await storage.write(key, Buffer.from('first'), 'absent'),
      await storage.write(key, Buffer.from('second'), 'absent'),
      await storage.write(key, Buffer.from('third'), { tag: NO_TAG }),
    ];
    return outcomes.join() === 'true,false,false';
  } catch (error) {
    if (!isUnknownHeader(error)) throw error;
    // Whatever was wrong with the request, this one shows whether it was the condition.
    await storage.write(key, Buffer.from('first'));
    return false;
  } finally {
    await storage.remove([key]);
  }
}

/** What a user has to know of an output without conditional writes. */
export function describeUnguarded(place: Place): string {
  return `The storage of ${describePlace(place)} has no conditional writes (If-Match, If-None-Match). Zones are published there as a whole all the same, but two runs at the same time are not kept apart: see that only one works on this output.`;
}

function isUnknownHeader(error: unknown): boolean {
  return error instanceof PipelineError && UNKNOWN_HEADER.has(httpStatusOf(error.cause));
}
