import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; gives whether the folder itself was made. Throws what the file system throws.
 *
 * Node's own recursive mkdir never returns where the kernel refuses new folders with ENOENT, as in /proc.
 */
export async function makeFolders(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  await makeFolders(dirname(path));
  await mkdir(path);
  return true;
}
