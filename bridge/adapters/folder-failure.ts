import { BridgeError } from '../bridge-error.ts';

const NO_SPACE = 'the disk is full. Free space on it.';
const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: 'what stands there, or above it, is a file and no folder. Name a folder with --out.',
  EEXIST: 'what stands there is a file and no folder. Name a folder with --out.',
  EISDIR: 'a folder stands where the file belongs. Move it away.',
  EACCES: 'this user may not write there. Give it the right, or name another folder with --out.',
  EPERM: 'this user may not write there. Give it the right, or name another folder with --out.',
  EROFS: 'its file system is read-only. Mount it for writing, or name another folder with --out.',
  ENOENT: 'its file system takes no folder or file of that name. Name another folder with --out.',
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EIO: 'the disk reports an error. Look at the log of the system.',
};

/** What the system said when a file or folder could not be written, in words that name the place and the fix. */
export function explainFolderFailure(path: string, cause: unknown): BridgeError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'no code given';
  const reason =
    REASONS[code] ??
    'the system refuses. Check that the folder can be written and the disk has room.';
  return new BridgeError('STORAGE_REFUSED', `Cannot write ${path} (${code}): ${reason}`, { cause });
}
