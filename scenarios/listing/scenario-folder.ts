/** Folders that people keep their scenarios in. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** In a folder there may be other programs, so those that are scenarios say so in their names. */
const SCENARIO_FILE = /\.(?:ya?ml|scenario\.[mc]?[jt]s)$/;

/** The scenario files of a folder and of those below it, in the order of their paths; hidden ones are left alone. */
export async function findScenarioFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      if (entry.isDirectory()) return findScenarioFiles(path);
      return SCENARIO_FILE.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat().toSorted();
}
