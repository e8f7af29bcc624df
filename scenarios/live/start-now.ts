import { makePlan } from '../planning/plan.ts';
import type { Plan } from '../planning/plan.ts';
import { loadWritten } from '../shrink/load-written.ts';
import type { Written } from '../shrink/written-edits.ts';

/** A scenario that begins now. */
export interface PlannedNow {
  readonly plan: Plan;
  /** The scenario as it was written, for whoever saves what is done to it. */
  readonly written: Written;
}

/** How a scenario is to begin. */
export interface StartNowChoices {
  /** That of the scenario, or 1, if not given. */
  readonly seed?: number | undefined;
  /** Real time if not given. */
  readonly speed?: number | undefined;
  /** Epoch ms: what now is. The world begins with the second that it is in. */
  readonly nowMs: number;
}

const MS_PER_SECOND = 1_000;

/**
 * Plans a live run of the one scenario that a user names, with a world that begins now. What is drawn does not depend on
 * when that is.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID, SCENARIO_AMBIGUOUS
 */
export async function startNow(
  name: string,
  { seed, speed = 1, nowMs }: StartNowChoices,
): Promise<PlannedNow> {
  const { scenario, written } = await loadWritten(name);
  const start = new Date(nowMs - (nowMs % MS_PER_SECOND)).toISOString();
  const begun = { ...scenario, world: { ...scenario.world, start } };
  return { plan: makePlan(begun, { seed, speed, mode: 'live' }), written };
}
