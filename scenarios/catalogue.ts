import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenarios } from './load-scenario.ts';
import { invalidScenario } from './problem.ts';
import { ScenarioError } from './scenario-error.ts';
import { findScenarioFiles } from './scenario-folder.ts';
import type { Scenario } from './schema/index.ts';

const CATALOGUE = fileURLToPath(new URL('./catalogue/', import.meta.url));
const EXTENSION = /\.ya?ml$/;
/** The number of one of several scenarios of a module, from 1. */
const NUMBER = /#(\d+)$/;

/** A scenario and how a user names it: by its name in the catalogue, or by its path. */
export interface NamedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** The scenarios that come with the product, in the order of their names. */
export async function loadCatalogue(): Promise<NamedScenario[]> {
  return loadFiles(await findScenarioFiles(CATALOGUE));
}

/**
 * Loads what a user names: a scenario file, one of several in a file (`pools.mjs#2`), a folder of files, or a name from
 * the catalogue.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID (with all problems of a folder)
 */
export async function loadNamed(name: string): Promise<NamedScenario[]> {
  const files = await findNamedFiles(name);
  const number = NUMBER.exec(name)?.[1];
  const loaded = await loadFiles(files);
  const wanted = files[0] === name ? loaded : pick(loaded, number);
  if (wanted.length > 0) return wanted;
  throw new ScenarioError(
    'SCENARIO_NOT_FOUND',
    `There is no scenario ${name}: the file has ${loaded.length}.`,
  );
}

function pick(loaded: NamedScenario[], number: string | undefined): NamedScenario[] {
  if (number === undefined) return loaded;
  return loaded.slice(Number(number) - 1, Number(number));
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
  const path = join(CATALOGUE, `${name}.yaml`);
  const isInCatalogue = /^[\w-]+$/.test(name) && (await stat(path).catch(() => undefined));
  if (isInCatalogue) return [path];
  throw new ScenarioError(
    'SCENARIO_NOT_FOUND',
    `There is no scenario file, folder or catalogue entry "${name}". Check the path; "npx stedi list" shows the catalogue.`,
  );
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
  const isInCatalogue = resolve(path).startsWith(CATALOGUE);
  const file = isInCatalogue ? basename(path).replace(EXTENSION, '') : path;
  const scenarios = await loadScenarios(path);
  return scenarios.map((scenario, index) => ({
    file: scenarios.length === 1 ? file : `${file}#${index + 1}`,
    scenario,
  }));
}
