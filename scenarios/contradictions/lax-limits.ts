/** Limits that allow whatever a world can show: a run could never break them. */
import { ORACLE_IDS, ORACLE_UNITS } from '../oracles/ids.ts';
import { toWorldSpec } from '../planning/world-plan.ts';
import type { Scenario } from '../schema/index.ts';
import type { Contradiction } from './contradiction.ts';

/** The most readings of one step test: 30 steps, each with one distance and three samples of the phone. */
export const READINGS_PER_TEST = 120;

/** What a limit follows from, beside itself. */
const BECAUSE = ['world.customers', 'world.sessions', 'devices'];

/** Limits of readings that are not below the number of all readings. */
export function findLaxLimits(scenario: Scenario): Contradiction[] {
  const all = countReadings(scenario);
  return ORACLE_IDS.flatMap((id): Contradiction[] => {
    const limit = scenario.expect[id];
    if (ORACLE_UNITS[id] !== 'readings' || limit === undefined || !('max' in limit)) return [];
    if (limit.max < all) return [];
    const message = `there are at most ${all} readings in this world, and the limit allows ${limit.max} of them: no run could break it`;
    return [{ path: ['expect', id], message, because: BECAUSE }];
  });
}

/** The most readings that people can make; without end where that cannot be told beforehand. */
function countReadings(scenario: Scenario): number {
  const spec = toWorldSpec(scenario);
  // Recorded devices and continuous movement bring any number of them.
  const isContinuous = 'profile' in spec;
  if (isContinuous || (scenario.devices.recorded ?? []).length > 0) return Infinity;
  return spec.customers * spec.sessionsPerPerson * READINGS_PER_TEST;
}
