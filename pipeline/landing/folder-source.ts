/** A landing folder as a source: its objects are read where they lie. */
import { stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { FolderStorage } from '../storage/folder-storage.ts';
import { findFolderObjects, tagOf } from './folder-objects.ts';
import { changed } from './landing-failure.ts';
import type { LandingObject, LandingSource, LocalObject } from './landing-object.ts';

/** The objects below a landing folder. Reading a file again is cheaper than a cache of it, so nothing is cached. */
export function folderSource(landing: string): LandingSource {
  const requireUnchanged = async (object: LandingObject): Promise<void> => {
    const status = await statOf(landing, object);
    if (tagOf(status) !== object.tag) throw changed(object.name);
  };
  return {
    cachedAs: undefined,
    list: () => findFolderObjects(landing),
    folders: () => new FolderStorage(landing).folders(),
    fetch: async (object): Promise<LocalObject> => {
      await requireUnchanged(object);
      return { ...object, path: join(landing, object.name) };
    },
    release: requireUnchanged,
    close: () => undefined,
  };
}

async function statOf(landing: string, { name }: LandingObject): Promise<BigIntStats> {
  try {
    return await stat(join(landing, name), { bigint: true });
  } catch (cause) {
    throw changed(name, cause);
  }
}
