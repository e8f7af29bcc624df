/** Runs a plan twice and compares everything that it leaves. */
import { readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { listFiles } from '../evidence/ndjson-files.ts';
import type { Plan } from '../plan.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { ScenarioResult } from './result.ts';
import { runScenario } from './run-scenario.ts';
import type { RunOptions } from './run-scenario.ts';

/** The files of a run that must be the same, to the byte. Zones are compared through the result: their rows have no order. */
const EXACT_FILES: readonly string[] = ['plan.json', 'ledger.ndjson', 'result.json', 'landing'];

/** What a run left, and what came to its bridge: one line for each event. */
export interface RunTrack {
  readonly folder: string;
  readonly trace: readonly string[];
}

/**
 * Runs a plan in `sim` twice in this process, and gives the result if nothing differs.
 *
 * @throws ScenarioError NOT_DETERMINISTIC with the first event, line or file that differs
 */
export async function checkDeterminism(options: RunOptions): Promise<ScenarioResult> {
  const firstTrace: string[] = [];
  const secondTrace: string[] = [];
  const again = againFolder(options.out);
  await runScenario({ ...options, out: again, onTrace: (line) => firstTrace.push(line) });
  let isSame = true;
  try {
    const result = await runScenario({ ...options, onTrace: (line) => secondTrace.push(line) });
    const tracks = [
      { folder: again, trace: firstTrace },
      { folder: options.out, trace: secondTrace },
    ] as const;
    isSame = false;
    await requireSame(options.plan, tracks);
    isSame = true;
    return result;
  } finally {
    // Only a difference makes the second folder worth keeping.
    if (isSame) await rm(again, { recursive: true, force: true });
  }
}

/** The folder of the run that another is compared with. */
export function againFolder(out: string): string {
  return `${out}-again`;
}

/**
 * Makes sure that two runs of a plan left the same.
 *
 * @throws ScenarioError NOT_DETERMINISTIC with the first event, line or file that differs
 */
export async function requireSame(
  plan: Plan,
  [first, second]: readonly [RunTrack, RunTrack],
): Promise<void> {
  const difference =
    findDifference('event at the bridge', first.trace, second.trace) ??
    (await findFileDifference(first.folder, second.folder));
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
    const [left, right] = [first[index] ?? '(nothing)', second[index] ?? '(nothing)'];
    return `First different ${what}, number ${index + 1}:\n  ${left}\n  ${right}`;
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
