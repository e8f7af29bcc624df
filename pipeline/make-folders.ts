import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing, all with `mode` (that of the process if absent); gives those that
 * it made, the innermost first. Throws what the file system throws.
 *
 * Node's own recursive mkdir never returns where the kernel refuses new folders with ENOENT, as in /proc.
 */
export function makeFolders(path: string, mode?: number): string[] {
  try {
    return makeFolder(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const above = makeFolders(dirname(path), mode);
  return [...makeFolder(path, mode), ...above];
}

function makeFolder(path: string, mode: number | undefined): string[] {
  try {
    mkdirSync(path, mode);
    return [path];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
    throw error;
  }
}
