import { randomBytes } from 'node:crypto';
import { PipelineError } from '../pipeline-error.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { Storage } from '../storage/storage.ts';
import { LANDING_STATE } from './layout.ts';

/**
 * Makes sure, before a run works for hours, that a bucket may be written to, and that it refuses to replace an object on
 * condition that there is none: two runs on one output would else mix their results.
 * @throws PipelineError STORAGE_REFUSED, STORAGE_UNREACHABLE
 */
export async function requireConditionalWrites(place: Place, storage: Storage): Promise<void> {
  const key = `${LANDING_STATE}/probe-${randomBytes(6).toString('hex')}`;
  const isNew = await storage.write(key, Buffer.from('first'), 'absent');
  try {
    const isReplaced = await storage.write(key, Buffer.from('second'), 'absent');
    if (isNew && !isReplaced) return;
  } finally {
    await storage.remove([key]);
  }
  throw new PipelineError(
    'STORAGE_REFUSED',
    `The storage of ${describePlace(place)} ignores conditions of writes (If-None-Match), so that two runs could mix their results. Use storage that knows them, or publish to a folder.`,
  );
}
