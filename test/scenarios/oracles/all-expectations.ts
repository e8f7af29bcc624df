import { ORACLE_IDS } from '../../../scenarios/oracles/ids.ts';
import type { OracleId } from '../../../scenarios/oracles/ids.ts';
import type { Limit, Plan } from '../../../scenarios/planning/plan.ts';
import { smallWorld } from '../small-world.ts';

/** Oracles of which 1 is perfect; of all others it is 0. */
const RATIOS: ReadonlySet<OracleId> = new Set([
  'attribution.precision',
  'attribution.recall',
  'attribution.f1',
  'ml.joinYield',
]);

/** A plan for the small world that holds a run to perfection in every respect. */
export function perfectionPlan(changes: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    name: 'Four people take two steps each',
    tags: [],
    seed: 1,
    mode: 'sim',
    speed: 1,
    pipeline: 'strict',
    baudRate: 57_600,
    world: smallWorld().spec,
    faults: [],
    expectations: ORACLE_IDS.map((oracle) => ({ oracle, limit: perfectLimit(oracle) })),
    sometimes: [],
    ...changes,
  };
}

function perfectLimit(oracle: OracleId): Limit {
  return RATIOS.has(oracle) ? { min: 1 } : { max: 0 };
}
