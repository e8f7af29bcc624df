/** From the dirt of a scenario file to that of a plan, and what may be wrong with it beyond its shape. */
import type { Contradiction } from '../contradictions/contradiction.ts';
import { DESTRUCTIVE_DIRT } from '../schema/index.ts';
import type { Scenario, ScenarioDirt } from '../schema/index.ts';

/** The dirt of a plan: nothing at all when there is none. */
export function planDirt({ landing }: Pick<Scenario, 'landing'>): {
  landing?: readonly ScenarioDirt[];
} {
  return landing.length === 0 ? {} : { landing };
}

/** Dirt that its table cannot have. */
export function findDirtContradictions({ landing }: Pick<Scenario, 'landing'>): Contradiction[] {
  return landing.flatMap(({ kind, table }, index): Contradiction[] => {
    if (table === 'customer_landing' && DESTRUCTIVE_DIRT.includes(kind)) {
      const message = `${kind} takes records away; without customers nobody can say who consents. Name another table`;
      return [{ path: ['landing', index, 'table'], message }];
    }
    if (kind === 'key-spelling' && table !== 'accelerometer_landing') {
      const message = 'only accelerometer_landing has a key with two spellings';
      return [{ path: ['landing', index, 'table'], message }];
    }
    return [];
  });
}
