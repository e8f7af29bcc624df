import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';

import type * as koffi from 'koffi';

import { BridgeError } from '../bridge-error.ts';

type Flock = (fd: number, operation: number) => number;

const LOCK_EX = 2;
const LOCK_NB = 4;

let loaded: { readonly flock: Flock; readonly errno: () => number } | undefined;

/**
 * Locks a folder for this process: a second one cannot lock it. The system itself unlocks it when the process ends,
 * however it ends, so that no stale lock is ever in the way. Gives what unlocks it.
 *
 * @throws BridgeError `SPOOL_LOCKED`, `SPOOL_FAILED`
 */
export function lockFolder(folder: string): () => void {
  const fd = openSync(join(folder, 'lock'), 'a', 0o600);
  try {
    lock(fd, folder);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return () => closeSync(fd);
}

function lock(fd: number, folder: string): void {
  const { flock, errno } = (loaded ??= loadFlock(folder));
  if (flock(fd, LOCK_EX | LOCK_NB) === 0) return;
  const code = getSystemErrorName(-errno());
  if (code === 'EAGAIN' || code === 'EWOULDBLOCK') {
    throw new BridgeError(
      'SPOOL_LOCKED',
      `Another bridge works on the spool ${folder}. End it first, or give this one a spool of its own with --spool DIR.`,
    );
  }
  throw new BridgeError(
    'SPOOL_FAILED',
    `The spool ${folder} cannot be locked (${code}). Put it on a local disk with --spool DIR.`,
  );
}

/** Node has no call for it, so that it is taken from the C library of this process. */
function loadFlock(folder: string): { readonly flock: Flock; readonly errno: () => number } {
  try {
    const native = createRequire(import.meta.url)('koffi') as typeof koffi;
    const flock = native.load(null).func('int flock(int fd, int operation)') as Flock;
    return { flock, errno: () => native.errno() };
  } catch (cause) {
    throw new BridgeError(
      'SPOOL_FAILED',
      `The spool ${folder} cannot be locked: the C library cannot be called from Node. Run the bridge on Linux or macOS.`,
      { cause },
    );
  }
}
