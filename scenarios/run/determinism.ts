/** Whether two runs of one plan left the same, and where they first differ. */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { listFiles } from '../evidence/ndjson-files.ts';
import type { Plan } from '../planning/plan.ts';
import { ScenarioError } from '../scenario-error.ts';
import { showBoth } from './determinism-words.ts';
import { findZoneDifference } from './determinism-zones.ts';

/** The files of a run that must be the same, to the byte. Of zones the rows must be, in whatever order. */
const EXACT_FILES: readonly string[] = ['plan.json', 'ledger.ndjson', 'result.json', 'landing'];

/** What a run left, and what came to its bridge: one line for each event. */
export interface RunTrack {
  readonly folder: string;
  readonly trace: readonly string[];
}

/** The folder of the run that another is compared with. */
export function againFolder(out: string): string {
  return `${out}-again`;
}

/**
 * Makes sure that two runs of a plan left the same.
 *
 * @throws ScenarioError NOT_DETERMINISTIC with the first event, line, file or row that differs
 */
export async function requireSame(
  plan: Plan,
  [first, second]: readonly [RunTrack, RunTrack],
): Promise<void> {
  const difference =
    findDifference('event at the bridge', first.trace, second.trace) ??
    (await findFileDifference(first.folder, second.folder)) ??
    (await findZoneDifference(join(first.folder, 'zones'), join(second.folder, 'zones')));
  if (difference === undefined) return;
  const message = `Two runs of "${plan.name}" with seed ${plan.seed} differ. ${difference}\nBoth are kept: ${second.folder} and ${first.folder}.`;
  throw new ScenarioError('NOT_DETERMINISTIC', message);
}

/** The first place where two lists differ, in words; `undefined` when there is none. */
export function findDifference(
  what: string,
  first: readonly string[],
  second: readonly string[],
): string | undefined {
  const length = Math.max(first.length, second.length);
  for (let index = 0; index < length; index++) {
    if (first[index] === second[index]) continue;
    return `First different ${what}, number ${index + 1}:\n${showBoth(first[index], second[index])}`;
  }
  return undefined;
}

async function findFileDifference(first: string, second: string): Promise<string | undefined> {
  const [left, right] = [await exactFiles(first), await exactFiles(second)];
  const names = findDifference('file name', left, right);
  if (names !== undefined) return names;
  for (const name of left) {
    const difference = findDifference(
      `line of ${name}`,
      await readLines(join(first, name)),
      await readLines(join(second, name)),
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
}

async function exactFiles(folder: string): Promise<string[]> {
  const files = await listFiles(folder);
  return files
    .map((path) => relative(folder, path))
    .filter((name) => EXACT_FILES.some((exact) => name === exact || name.startsWith(`${exact}/`)));
}

async function readLines(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n');
}
