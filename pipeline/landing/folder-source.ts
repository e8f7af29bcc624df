/** A landing folder as a source: its objects are read where they lie. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { allLandingFolders } from '../core/landing-file.ts';
import { PipelineError } from '../pipeline-error.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import type { LandingObject, LandingSource } from './landing-object.ts';
import { listObjects } from './listed-objects.ts';

/**
 * The objects below a landing folder. Reading a file again is cheaper than a cache of it, so nothing is cached. Listing fails
 * with PipelineError LANDING_NOT_FOUND when the folder or all table folders in it are missing, LANDING_UNREADABLE when a
 * folder cannot be read.
 */
export function folderSource(landing: string, signal?: AbortSignal): LandingSource {
  const storage = new FolderStorage(landing);
  const pathOf = ({ name, bytes, tag }: LandingObject): Promise<string> =>
    storage.fetch({ key: name, bytes, tag });
  return {
    cachedAs: undefined,
    list: async () => {
      const objects = await listObjects(storage, signal);
      if (objects.length === 0) await requireTables(landing);
      return objects;
    },
    folders: () => storage.folders(),
    fetch: async (object) => ({ ...object, path: await pathOf(object) }),
    release: async (object) => {
      await pathOf(object);
    },
    close: () => undefined,
  };
}

/** An empty landing zone is one only when it has a folder of a table. */
async function requireTables(landing: string): Promise<void> {
  if (!(await isFolder(landing))) {
    throw new PipelineError(
      'LANDING_NOT_FOUND',
      `There is no landing folder ${landing}. Give the folder that holds customer_landing/, accelerometer_landing/ and step_trainer_landing/.`,
    );
  }
  const folders = allLandingFolders().map(({ folder }) => isFolder(join(landing, folder)));
  if ((await Promise.all(folders)).includes(true)) return;
  throw new PipelineError(
    'LANDING_NOT_FOUND',
    `${landing} holds no landing tables. It should have folders such as customer_landing/ or customer/landing/; maybe the folder above or below it is meant.`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
