import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getSystemErrorName } from 'node:util';
import type * as koffi from 'koffi';

/** What came of an attempt to lock a folder. `unsupported` where the system or the file system has no such locks. */
export type LockOutcome =
  | { readonly kind: 'locked'; readonly release: () => void }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unsupported' };

type Flock = (fd: number, operation: number) => number;

const LOCK_EX = 2;
const LOCK_NB = 4;

let loaded: { readonly flock: Flock; readonly errno: () => number } | undefined | 'none';

/**
 * Locks a folder itself, without a file in it, so that a second run finds it busy. The system unlocks it when the process
 * ends, however it ends, so that no stale lock is ever in the way. Throws what the file system throws.
 */
export function lockFolder(path: string): LockOutcome {
  loaded ??= loadFlock() ?? 'none';
  if (loaded === 'none') return { kind: 'unsupported' };
  const fd = openSync(path, 'r');
  if (loaded.flock(fd, LOCK_EX | LOCK_NB) === 0) {
    return { kind: 'locked', release: () => closeSync(fd) };
  }
  const code = getSystemErrorName(-loaded.errno());
  closeSync(fd);
  return { kind: code === 'EAGAIN' || code === 'EWOULDBLOCK' ? 'busy' : 'unsupported' };
}

/** Node has no call for it, so that it is taken from the C library of this process. */
function loadFlock(): { readonly flock: Flock; readonly errno: () => number } | undefined {
  try {
    const native = createRequire(import.meta.url)('koffi') as typeof koffi;
    const flock = native.load(null).func('int flock(int fd, int operation)') as Flock;
    return { flock, errno: () => native.errno() };
  } catch {
    return undefined;
  }
}
