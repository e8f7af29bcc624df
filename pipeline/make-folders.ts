import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; gives those that it made, the innermost first. Throws what the
 * file system throws.
 *
 * Node's own recursive mkdir never returns where the kernel refuses new folders with ENOENT, as in /proc.
 */
export function makeFolders(path: string): string[] {
  try {
    return makeFolder(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const above = makeFolders(dirname(path));
  return [...makeFolder(path), ...above];
}

function makeFolder(path: string): string[] {
  try {
    mkdirSync(path);
    return [path];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
    throw error;
  }
}
