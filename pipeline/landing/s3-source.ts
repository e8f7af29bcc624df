/** A landing bucket as a source: its objects are downloaded one by one, and removed again when they were read. */
import { rm } from 'node:fs/promises';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';
import { openStorage } from '../storage/open-storage.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { LandingObject, LandingSource } from './landing-object.ts';
import { listObjects } from './listed-objects.ts';

/** Reads the objects below a prefix through `folder`, which holds no more of them than are read at once. */
export function s3Source(
  place: Extract<Place, { kind: 's3' }>,
  folder: string,
  signal: AbortSignal | undefined,
): LandingSource {
  const storage = openStorage(place);
  const list = async (): Promise<LandingObject[]> => {
    const objects = await listObjects(storage, signal);
    if (objects.length === 0) throw nothingThere(place);
    return objects;
  };
  return {
    cachedAs: `${place.endpoint ?? ''} ${describePlace(place)}`.trim(),
    list,
    folders: () => storage.folders(signal),
    fetch: async (object) => {
      makeFolders(folder);
      const stored = { key: object.name, bytes: object.bytes, tag: object.tag };
      return { ...object, path: await storage.fetch(stored, folder, signal) };
    },
    release: ({ path }) => rm(path, { force: true }),
    close: () => {
      storage.close();
    },
  };
}

function nothingThere(place: Place): PipelineError {
  return new PipelineError(
    'LANDING_NOT_FOUND',
    `${describePlace(place)} holds no landing objects. Give the prefix in front of customer_landing/, accelerometer_landing/ and step_trainer_landing/.`,
  );
}
