/** Loads scenario files, whichever way they are written. */
import { readFile } from 'node:fs/promises';
import { readRecordings } from '../recordings/recorded-plan.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { Scenario } from '../schema/index.ts';
import { loadModule, MODULE_FILE } from './module-scenario.ts';
import { invalidScenario, problemAt } from './problem.ts';
import { readYaml } from './yaml-scenario.ts';
import type { ReadScenario } from './yaml-scenario.ts';

/**
 * Loads the scenarios of one file: one of a YAML file, and those that a module exports.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID (the message has one line for every fault)
 */
export async function loadScenarios(file: string): Promise<readonly Scenario[]> {
  const read = await readAll(file);
  const loaded = await Promise.all(read.map(({ scenario }) => readRecordings(scenario, file)));
  const problems = loaded.flatMap(({ complaints }, index) =>
    complaints.map((complaint) => (read[index] as ReadScenario).placeOf(complaint)),
  );
  if (problems.length > 0) throw invalidScenario(problems);
  return loaded.map(({ scenario }) => scenario);
}

/** Loads a file that holds one scenario; of several, the first. Throws like {@link loadScenarios}. */
export async function loadScenario(file: string): Promise<Scenario> {
  const [scenario] = await loadScenarios(file);
  return scenario as Scenario;
}

async function readAll(file: string): Promise<readonly ReadScenario[]> {
  const text = await readText(file);
  if (!MODULE_FILE.test(file)) return [readYaml(text, file)];
  const scenarios = await loadModule(file);
  return scenarios.map((scenario) => ({
    scenario,
    placeOf: (complaint) => problemAt({ file }, complaint),
  }));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = `Cannot read the scenario ${file}. Check the path; "npx stedi list" shows the scenarios that come with it.`;
    throw new ScenarioError('SCENARIO_NOT_FOUND', message, { cause });
  }
}
