import { makePlan } from '../../../scenarios/planning/plan.ts';
import type { Plan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';

/** Three people, one of whom consents in the middle: everything that a run can do in a second. */
export const SMALL_SCENARIO = `version: 1
name: Three people walk and one consents on the way
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100%, giveDuringRun: 1 }
run: { duration: 4m }
faults:
  - { kind: duplicate, on: phones, at: 0s, rate: 25% }
expect:
  landing.lost: 0
  zones.idempotence: 0
  attribution.precision: { min: 1 }
  sometimes: [consent-given-while-streaming, message-duplicated]
`;

/** The plan of it. */
export function smallPlan(seed = 1): Plan {
  return makePlan(parseScenario(SMALL_SCENARIO, 'small.yaml'), { seed });
}
