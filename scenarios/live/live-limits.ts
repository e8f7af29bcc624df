/** What a live run cannot do, and how it waits for what comes after its end. */
import type { Fleet, Timers } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { ScenarioError } from '../scenario-error.ts';

/** How often a fleet is asked whether it still holds messages back, in ms of the world. */
const LOOK_MS = 1_000;

/** The parts that somebody else runs. */
export interface OthersParts {
  readonly broker: boolean;
  readonly storage: boolean;
}

/**
 * Refuses what real parts cannot be made to do.
 *
 * @throws ScenarioError SCENARIO_INVALID
 */
export function refuseInLive({ name, faults }: Plan, others: OthersParts): void {
  const has = (...kinds: readonly string[]): boolean =>
    faults.some(({ kind }) => kinds.includes(kind));
  const refuse = (reason: string): never => {
    throw new ScenarioError('SCENARIO_INVALID', `"${name}" ${reason}`);
  };
  if (others.broker && has('broker-down')) {
    refuse(
      'restarts the broker, which cannot be done to a broker of your own. Leave --broker out.',
    );
  }
  if (others.storage && has('storage-down', 'storage-slow')) {
    refuse(
      'takes the storage away, which cannot be done to a storage of your own. Leave --s3 and --bucket out.',
    );
  }
  if (has('bridge-killed')) {
    refuse('kills the bridge, which only runs on the virtual clock can do. Leave --mode live out.');
  }
}

/** Resolves when no phone holds back messages any more. */
export async function whenSettled(fleet: Pick<Fleet, 'isSettled'>, timers: Timers): Promise<void> {
  while (!fleet.isSettled) {
    await new Promise<void>((resolve) => timers.at(timers.now() + LOOK_MS, resolve));
  }
}
