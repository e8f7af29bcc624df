import { statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../storage/place.ts';
import { lockFolder } from './folder-lock.ts';

/** A folder for the files of one run, which nothing outlives. */
export interface ScratchFolder {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

const TRIES = 5;

/** The folder that scratch folders of a run are made in: the one that was asked for, else the output, or the system's own for a bucket. */
export function scratchParent(out: Place, scratch: string | undefined): string {
  return scratch ?? (out.kind === 'folder' ? out.path : tmpdir());
}

/**
 * Makes a scratch folder in `parent`, its name beginning with `prefix`, and first removes those that runs left which were
 * killed: a run that lives holds a lock on its own. Throws what the file system throws.
 */
export async function makeScratch(parent: string, prefix: string): Promise<ScratchFolder> {
  await removeDeadScratch(parent, prefix);
  for (let tries = 1; ; tries++) {
    const path = await mkdtemp(join(parent, prefix));
    const lock = lockFolder(path);
    const release = lock.kind === 'locked' ? lock.release : () => undefined;
    // Before it was locked, another run that starts at this moment may have taken it for a dead one.
    if ((lock.kind === 'busy' || !isThere(path)) && tries < TRIES) {
      release();
      continue;
    }
    const remove = async (): Promise<void> => {
      await rm(path, { recursive: true, force: true });
      release();
    };
    return { path, remove };
  }
}

/** Removes the scratch folders of runs that do not live any more. Throws what the file system throws. */
export async function removeDeadScratch(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(parent, name);
    try {
      const lock = lockFolder(path);
      if (lock.kind !== 'locked') continue;
      await rm(path, { recursive: true, force: true });
      lock.release();
    } catch {
      // It is another user's, or gone meanwhile: it is not in the way.
    }
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
