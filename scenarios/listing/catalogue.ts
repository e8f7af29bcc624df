import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestWord } from '../../presentation/index.ts';
import { loadScenarios } from '../reading/load-scenario.ts';
import { invalidScenario } from '../reading/problem.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { Scenario } from '../schema/index.ts';
import { findScenarioFiles } from './scenario-folder.ts';

const CATALOGUE = fileURLToPath(new URL('../catalogue/', import.meta.url));
const EXTENSION = /\.ya?ml$/;
/** The tag of scenarios that take a minute or more: they are run when they are asked for, by their name or by this tag. */
export const LARGE_TAG = 'large';
/** The number of one of several scenarios of a module, from 1. */
const NUMBER = /#(\d+)$/;

/** A scenario and how a user names it: by its name in the catalogue, or by its path. */
export interface NamedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** The scenarios that come with the product, in the order of their names; with those of {@link LARGE_TAG} only on request. */
export async function loadCatalogue({ large = false }: { readonly large?: boolean } = {}): Promise<
  NamedScenario[]
> {
  const named = await loadFiles(await findScenarioFiles(CATALOGUE));
  return named.filter(({ scenario }) => large || !scenario.tags.includes(LARGE_TAG));
}

/**
 * Loads what a user names: a scenario file, one of several in a file (`pools.mjs#2`), a folder of files, or a name from
 * the catalogue.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID (with all problems of a folder)
 */
export async function loadNamed(name: string): Promise<NamedScenario[]> {
  const files = await findNamedFiles(name);
  const loaded = await loadFiles(files);
  const number = numberIn(name, files[0] ?? '');
  if (number === undefined) return loaded;
  const wanted = loaded[number - 1];
  if (wanted !== undefined) return [wanted];
  throw new ScenarioError('SCENARIO_NOT_FOUND', tellNoSuchNumber(name, loaded.length));
}

/**
 * The files that a user names, not yet looked into.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND
 */
export async function findNamedFiles(name: string): Promise<readonly string[]> {
  for (const path of [name, name.replace(NUMBER, '')]) {
    const kind = await stat(path).catch(() => undefined);
    if (kind?.isDirectory() === true) return findInFolder(path);
    if (kind !== undefined) return [path];
  }
  const files = await findScenarioFiles(CATALOGUE);
  const names = files.map(nameInCatalogue);
  const known = files[names.indexOf(name)];
  if (known !== undefined) return [known];
  const nearest = nearestWord(nameInCatalogue(name), names);
  const hint = nearest === undefined ? '.' : `; did you mean "${nearest}"?`;
  throw new ScenarioError(
    'SCENARIO_NOT_FOUND',
    `There is no scenario file, folder or catalogue entry "${name}"${hint} Check the path; "npx stedi list" shows the catalogue.`,
  );
}

/** The one of several scenarios of a file that a user names, such as 2 for `pools.mjs#2`, which are in `file`. */
export function numberIn(name: string, file: string): number | undefined {
  const number = file === name ? undefined : NUMBER.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** What is said when a file has no scenario of that number. */
export function tellNoSuchNumber(name: string, count: number): string {
  const which = count === 1 ? 'only one' : `${count}, #1 to #${count}`;
  return `There is no scenario ${name}: the file has ${which}.`;
}

async function findInFolder(folder: string): Promise<readonly string[]> {
  const files = await findScenarioFiles(folder);
  if (files.length > 0) return files;
  const message = `There are no scenario files (*.yaml, *.scenario.mjs) in ${folder}.`;
  throw new ScenarioError('SCENARIO_NOT_FOUND', message);
}

/** Loads all files, and tells everything that is wrong with any of them. */
async function loadFiles(files: readonly string[]): Promise<NamedScenario[]> {
  const loaded = await Promise.allSettled(files.map(loadFile));
  const failures = loaded.flatMap((file) =>
    file.status === 'rejected' ? [file.reason as unknown] : [],
  );
  const problems = failures.flatMap((failure) => {
    if (!(failure instanceof ScenarioError) || failure.problems.length === 0) throw failure;
    return failure.problems;
  });
  if (problems.length > 0) throw invalidScenario(problems, { cause: failures[0] });
  return loaded.flatMap((file) => (file.status === 'fulfilled' ? file.value : []));
}

async function loadFile(path: string): Promise<NamedScenario[]> {
  const file = resolve(path).startsWith(CATALOGUE) ? nameInCatalogue(path) : path;
  const scenarios = await loadScenarios(path);
  return scenarios.map((scenario, index) => ({
    file: scenarios.length === 1 ? file : `${file}#${index + 1}`,
    scenario,
  }));
}

function nameInCatalogue(path: string): string {
  return basename(path).replace(EXTENSION, '');
}
