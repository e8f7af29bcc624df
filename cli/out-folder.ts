/** Folders that are given with `--out`, looked at before anything is opened. */
import { statSync } from 'node:fs';
import { UsageError } from './exit-codes.ts';

/** Checks that a folder is there or may be made there. @throws UsageError when it, or what is above it, is a file */
export function refuseFile(path: string): string {
  const found = look(path);
  if (found === 'folder' || found === 'nothing') return path;
  throw new UsageError(`--out takes a folder, and ${path} is a file, or lies below one.`);
}

/** Checks that a folder is there. @throws UsageError when it is not */
export function requireFolder(path: string): string {
  if (look(refuseFile(path)) === 'folder') return path;
  throw new UsageError(
    `There is no folder ${path}. Name the one that the bridge lands in with --out.`,
  );
}

function look(path: string): 'folder' | 'file' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // What cannot be looked at now may be there later, and is said by who writes or reads there.
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'file' : 'nothing';
  }
}
