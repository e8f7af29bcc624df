/** Scenarios as programs: `stedi-testbed/scenarios` is this file. */
import { checkScenario } from './reading/check-scenario.ts';
import { invalidScenario, problemAt } from './reading/problem.ts';
import type { ScenarioInput } from './schema/input/scenario-input.ts';

export type { ScenarioInput } from './schema/input/scenario-input.ts';
export type { Drift, Duration, Limit, Share, ShareLimit } from './schema/input/quantities.ts';

/**
 * Checks a scenario that a program makes and gives it back as it is, for a module to export as its default. It takes what
 * a YAML file takes, and says the same about what is wrong.
 *
 * @throws ScenarioError SCENARIO_INVALID (the message has one line for every fault)
 */
export function defineScenario(written: ScenarioInput): ScenarioInput {
  const { complaints } = checkScenario(written);
  if (complaints.length === 0) return written;
  throw invalidScenario(complaints.map((complaint) => problemAt({ file: '' }, complaint)));
}
