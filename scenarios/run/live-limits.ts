/** What a live run cannot do, and how it waits for what comes after its end. */
import type { Fleet, Timers } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { ScenarioError } from '../scenario-error.ts';

/** How often a fleet is asked whether it still holds messages back, in ms of the world. */
const LOOK_MS = 1_000;

const PLANT_FAULTS: Readonly<Record<string, string>> = {
  'bridge-killed': 'kills the bridge',
  'storage-down': 'takes the storage away',
  'storage-slow': 'slows the storage down',
};

/**
 * Refuses what real parts cannot be made to do.
 *
 * @throws ScenarioError SCENARIO_INVALID
 */
export function refuseInLive({ name, faults }: Plan, brokerUrl: string | undefined): void {
  if (brokerUrl !== undefined && faults.some(({ kind }) => kind === 'broker-down')) {
    const message = `"${name}" restarts the broker, which cannot be done to a broker of your own. Leave --broker out.`;
    throw new ScenarioError('SCENARIO_INVALID', message);
  }
  const deed = faults.map(({ kind }) => PLANT_FAULTS[kind]).find((text) => text !== undefined);
  if (deed === undefined) return;
  const message = `"${name}" ${deed}, which only runs on the virtual clock can do. Leave --mode live out.`;
  throw new ScenarioError('SCENARIO_INVALID', message);
}

/** Resolves when no phone holds back messages any more. */
export async function whenSettled(fleet: Fleet, timers: Timers): Promise<void> {
  while (!fleet.isSettled) {
    await new Promise<void>((resolve) => timers.at(timers.now() + LOOK_MS, resolve));
  }
}
