import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenario } from './load-scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import type { Scenario } from './schema/index.ts';

const CATALOGUE = fileURLToPath(new URL('./catalogue/', import.meta.url));
const EXTENSION = /\.ya?ml$/;

/** A scenario and how a user names it: by its name in the catalogue, or by its path. */
export interface NamedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** The scenarios that come with the product, in the order of their names. */
export function loadCatalogue(): Promise<NamedScenario[]> {
  return loadFolder(CATALOGUE);
}

/**
 * Loads what a user names: a scenario file, a folder of them, or a name from the catalogue.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID
 */
export async function loadNamed(name: string): Promise<NamedScenario[]> {
  const kind = await stat(name).catch(() => undefined);
  if (kind?.isDirectory() === true) return loadFolder(name);
  if (kind !== undefined) return [await loadFile(name)];
  const path = join(CATALOGUE, `${name}.yaml`);
  const isInCatalogue = /^[\w-]+$/.test(name) && (await stat(path).catch(() => undefined));
  if (isInCatalogue) return [await loadFile(path)];
  throw new ScenarioError(
    'SCENARIO_NOT_FOUND',
    `There is no scenario file, folder or catalogue entry "${name}". Check the path; "npx stedi list" shows the catalogue.`,
  );
}

async function loadFolder(folder: string): Promise<NamedScenario[]> {
  const names = (await readdir(folder)).filter((name) => EXTENSION.test(name)).sort();
  if (names.length === 0) {
    const message = `There are no scenario files (*.yaml) in ${folder}.`;
    throw new ScenarioError('SCENARIO_NOT_FOUND', message);
  }
  return Promise.all(names.map((name) => loadFile(join(folder, name))));
}

async function loadFile(path: string): Promise<NamedScenario> {
  const isInCatalogue = resolve(path).startsWith(CATALOGUE);
  const file = isInCatalogue ? basename(path).replace(EXTENSION, '') : path;
  return { file, scenario: await loadScenario(path) };
}
