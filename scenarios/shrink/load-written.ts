/** Reads a scenario as it was written, so that another one can be written from it. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { findNamedFiles, tellNoSuchNumber } from '../listing/catalogue.ts';
import { loadScenarios } from '../reading/load-scenario.ts';
import { importDefault, MODULE_FILE } from '../reading/module-scenario.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { Scenario } from '../schema/index.ts';
import type { Written } from './written-edits.ts';

/** One scenario, checked and as it was written. */
export interface WrittenScenario {
  /** Where its file is: recordings are found from there. */
  readonly path: string;
  readonly written: Written;
  readonly scenario: Scenario;
}

/**
 * Loads the one scenario that a user names: a file, one of several in a file (`pools.mjs#2`), or a name of the catalogue.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID, SCENARIO_AMBIGUOUS
 */
export async function loadWritten(name: string): Promise<WrittenScenario> {
  const [path = '', ...others] = await findNamedFiles(name);
  if (others.length > 0) throw ambiguous(name, `is a folder of ${others.length + 1} files`);
  const scenarios = await loadScenarios(path);
  const exported = MODULE_FILE.test(path)
    ? await importDefault(path)
    : (parse(await readFile(path, 'utf8')) as unknown);
  const all = (Array.isArray(exported) ? exported : [exported]) as readonly Written[];
  const number = path === name ? undefined : /#(\d+)$/.exec(name)?.[1];
  if (all.length > 1 && number === undefined) {
    throw ambiguous(name, `has ${all.length} scenarios; add #1 to #${all.length}`);
  }
  const index = number === undefined ? 0 : Number(number) - 1;
  const [written, scenario] = [all[index], scenarios[index]];
  if (written !== undefined && scenario !== undefined) return { path, written, scenario };
  throw new ScenarioError('SCENARIO_NOT_FOUND', tellNoSuchNumber(name, all.length));
}

function ambiguous(name: string, reason: string): ScenarioError {
  return new ScenarioError('SCENARIO_AMBIGUOUS', `Name one scenario: ${name} ${reason}.`);
}
