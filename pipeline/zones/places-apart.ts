/** Landing zones and outputs must not lie in each other: the next run would take zones, or its own quarantine, for landing objects. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { allLandingFolders } from '../core/landing-file.ts';
import { PipelineError } from '../pipeline-error.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import { OWN_FOLDERS } from './layout.ts';

/**
 * Makes sure that no folder of landing records and no folder of the output lie in each other. Side by side below one
 * folder or prefix they may lie.
 * @throws PipelineError OUTPUT_NOT_OURS
 */
export async function requireApart(landing: Place, out: Place): Promise<void> {
  const landed: readonly string[] = allLandingFolders().map(({ folder }) => folder);
  const [roots, owned] = await Promise.all([rootsOf(landing, landed), rootsOf(out, OWN_FOLDERS)]);
  for (const [index, root] of roots.entries()) {
    if (!owned.some((own) => own.startsWith(root) || root.startsWith(own))) continue;
    throw new PipelineError(
      'OUTPUT_NOT_OURS',
      `The output ${describePlace(out)} and the landing folder ${landed[index]} of ${describePlace(landing)} lie in each other: the next run would take results for landing objects. Give an output outside of the landing folders.`,
    );
  }
}

/** Folders of a place as text of which one begins with another one when it lies in it. */
async function rootsOf(place: Place, folders: readonly string[]): Promise<string[]> {
  if (place.kind === 's3') {
    const endpoint = (place.endpoint ?? '').replace(/\/+$/, '');
    return folders.map((folder) => `${endpoint} ${place.bucket}/${place.prefix}${folder}`);
  }
  return Promise.all(
    folders.map(async (folder) => `${await realPathOf(resolve(place.path, folder))}/`),
  );
}

/** The path without links, as far as it exists. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}
