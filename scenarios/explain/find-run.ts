/** Finds the folder that a run left, and reads what says how it was made. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { nearestWord } from '../../presentation/index.ts';
import type { Plan } from '../planning/plan.ts';
import type { ScenarioResult } from '../run/result.ts';
import { ScenarioError } from '../scenario-error.ts';

/** A run that left its folder. */
export interface FoundRun {
  /** As commands name it: its path as it was found from here. */
  readonly name: string;
  readonly folder: string;
  readonly plan: Plan;
  readonly result: ScenarioResult;
}

const NAMES_TOLD = 12;

/**
 * Finds a run by its folder, by its name below `runs`, or by the beginning of that name if only one run begins so.
 *
 * @throws ScenarioError RUN_NOT_FOUND with the runs that there are, RUN_STALE for what an older version left
 */
export async function findRun(name: string, runs: string): Promise<FoundRun> {
  for (const path of [name, join(runs, name)]) {
    if (await isRun(resolve(path))) return readRun(path);
  }
  const known = await listRuns(runs);
  const matching = known.filter((run) => run.startsWith(`${basename(name)}-`));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return readRun(join(runs, only));
  throw new ScenarioError('RUN_NOT_FOUND', tellUnknown(name, { runs, known, matching }));
}

function tellUnknown(
  name: string,
  found: {
    readonly runs: string;
    readonly known: readonly string[];
    readonly matching: readonly string[];
  },
): string {
  const { runs, known, matching } = found;
  if (matching.length > 1) {
    return `"${name}" may be one of several runs: ${listNames(matching)}. Name one of them.`;
  }
  if (known.length === 0) {
    return `There is no run "${name}", and none below ${runs}. Make one with "npx stedi run", or name the folder of runs with --out.`;
  }
  const nearest = nearestWord(basename(name), known);
  const hint =
    nearest === undefined ? `There are ${listNames(known)}.` : `Did you mean "${nearest}"?`;
  return `There is no run "${name}" here or below ${runs}. ${hint}`;
}

function listNames(names: readonly string[]): string {
  const rest = names.length - NAMES_TOLD;
  const told = names.slice(0, NAMES_TOLD).join(', ');
  return rest > 0 ? `${told} and ${rest} more` : told;
}

async function listRuns(runs: string): Promise<string[]> {
  const names = await readdir(runs).catch(() => []);
  const areRuns = await Promise.all(names.map((name) => isRun(join(runs, name))));
  return names.filter((_name, index) => areRuns[index] === true).sort();
}

async function isRun(folder: string): Promise<boolean> {
  const [result, plan] = await Promise.all(
    ['result.json', 'plan.json'].map((name) => stat(join(folder, name)).catch(() => undefined)),
  );
  return result?.isFile() === true && plan?.isFile() === true;
}

async function readRun(path: string): Promise<FoundRun> {
  const folder = resolve(path);
  const [plan, result] = await Promise.all([
    readJson(join(folder, 'plan.json')),
    readJson(join(folder, 'result.json')),
  ]);
  if ((result as Partial<ScenarioResult>).exhibits === undefined) {
    const { repro = 'npx stedi run' } = result as Partial<ScenarioResult>;
    const message = `${path} was left by an older version of stedi, which kept less of a run. Run it again: ${repro}`;
    throw new ScenarioError('RUN_STALE', message);
  }
  return { name: path, folder, plan: plan as Plan, result: result as ScenarioResult };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const message = `${path} cannot be read. Make the run again with "npx stedi run".`;
    throw new ScenarioError('RUN_NOT_FOUND', message, { cause });
  }
}
