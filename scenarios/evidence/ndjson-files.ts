import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** A row as JSON has it. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** Chooses lines by the path of their file and their number in it, counted from 0. */
export type ChooseLine = (path: string, line: number) => boolean;

/**
 * The rows of the newline-delimited JSON files below a folder, file by file in the order of their paths; none when the
 * folder does not exist. Made for objects that the bridge wrote, packed or not: every line is expected to be whole. Without
 * `choose`, all lines are rows.
 */
export async function* readRows(
  folder: string,
  choose: ChooseLine = () => true,
): AsyncGenerator<readonly JsonRow[]> {
  for (const path of await listFiles(folder)) {
    const lines = (await readUnpacked(path)).split('\n').filter((line) => line !== '');
    yield lines
      .filter((_, index) => choose(path, index))
      .map((line) => JSON.parse(line) as JsonRow);
  }
}

/** The text of a file, whether it is packed with gzip or not. */
export async function readUnpacked(path: string): Promise<string> {
  const bytes = await readFile(path);
  const isPacked = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
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
