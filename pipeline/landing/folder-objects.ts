/** Finds the objects of a landing folder. */
import type { BigIntStats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { allLandingFolders, kindOfLandingFile } from '../core/landing-file.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { LandingObject } from './landing-object.ts';

/**
 * All objects below a landing folder in a fixed order; empty files and markers are left out. Links are followed.
 * @throws PipelineError LANDING_NOT_FOUND when the folder or all table folders in it are missing, LANDING_UNREADABLE when
 * a folder cannot be read.
 */
export async function findFolderObjects(landing: string): Promise<LandingObject[]> {
  await requireFolder(landing);
  const objects: LandingObject[] = [];
  let folders = 0;
  for (const { table, folder } of allLandingFolders()) {
    const root = join(landing, folder);
    if (!(await isFolder(root))) continue;
    folders++;
    for (const { path, bytes, tag } of await findFiles(root)) {
      const kind = kindOfLandingFile(path);
      if (kind !== 'ignored') objects.push({ table, name: folder + path, kind, bytes, tag });
    }
  }
  if (folders === 0) throw noTables(landing);
  return objects;
}

async function requireFolder(landing: string): Promise<void> {
  if (await isFolder(landing)) return;
  throw new PipelineError(
    'LANDING_NOT_FOUND',
    `There is no landing folder ${landing}. Give the folder that holds customer_landing/, accelerometer_landing/ and step_trainer_landing/.`,
  );
}

function noTables(landing: string): PipelineError {
  return new PipelineError(
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

/** What differs when a file was written to or replaced. */
export function tagOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `${size}-${mtimeNs}-${ino}`;
}

interface FoundFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly tag: string;
}

/** The files below a folder that are not empty, sorted by path. */
async function findFiles(root: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const visited = new Set<string>();
  const waiting = [''];
  for (let prefix = waiting.pop(); prefix !== undefined; prefix = waiting.pop()) {
    const folder = join(root, prefix);
    try {
      // A link may lead back up; a folder that was seen is not entered again.
      const real = await realpath(folder);
      if (visited.has(real)) continue;
      visited.add(real);
      for (const name of await readdir(folder)) {
        const status = await stat(join(folder, name), { bigint: true });
        if (status.isDirectory()) waiting.push(`${prefix}${name}/`);
        else if (status.size > 0n) {
          found.push({ path: prefix + name, bytes: Number(status.size), tag: tagOf(status) });
        }
      }
    } catch (cause) {
      throw new PipelineError(
        'LANDING_UNREADABLE',
        `The landing folder ${folder} cannot be read. Check its permissions and what links in it point to.`,
        { cause },
      );
    }
  }
  return found.sort((left, right) => (left.path < right.path ? -1 : 1));
}
