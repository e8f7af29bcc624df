/** Finds the objects of a landing zone. */
import { allLandingFolders, kindOfLandingFile } from '../core/landing-file.ts';
import { inParallel } from '../storage/in-parallel.ts';
import type { Storage } from '../storage/storage.ts';
import type { LandingObject } from './landing-object.ts';

/** All objects in the folders of the tables, in a fixed order; empty ones and markers are left out. Errors are those of the storage. */
export async function listObjects(
  storage: Pick<Storage, 'list'>,
  signal: AbortSignal | undefined,
): Promise<LandingObject[]> {
  const folders = allLandingFolders();
  const listings = await inParallel(folders, folders.length, async ({ table, folder }) => {
    const listed = await storage.list(folder, signal);
    return listed.flatMap(({ key, bytes, tag }): LandingObject[] => {
      const kind = bytes === 0 ? 'ignored' : kindOfLandingFile(key.slice(folder.length));
      return kind === 'ignored' ? [] : [{ table, name: key, kind, bytes, tag }];
    });
  });
  return listings.flat();
}
