import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A row as JSON has it. */
export type JsonRow = Readonly<Record<string, unknown>>;

/**
 * The rows of the newline-delimited JSON files below a folder, file by file in the order of their paths; none when the
 * folder does not exist. Made for objects that the bridge wrote: every line is expected to be whole.
 */
export async function* readRows(folder: string): AsyncGenerator<readonly JsonRow[]> {
  for (const path of await listFiles(folder)) {
    const lines = (await readFile(path, 'utf8')).split('\n');
    yield lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JsonRow);
  }
}

/** The files below a folder, sorted by path; none when it does not exist. */
export async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
