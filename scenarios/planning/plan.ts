/** A plan: one scenario at one seed, normalised. It is the artifact from which a run is replayed. */
import type { Policy } from '../../pipeline/index.ts';
import type { Fault, Occurrence, WorldSpec } from '../../simulator/index.ts';
import type { Contradiction } from '../contradictions/contradiction.ts';
import { findLaxLimits } from '../contradictions/lax-limits.ts';
import { findImpossibleOccurrences } from '../contradictions/occurrence-causes.ts';
import { ORACLE_IDS } from '../oracles/ids.ts';
import type { OracleId } from '../oracles/ids.ts';
import { planRecordings } from '../recordings/recorded-plan.ts';
import type { PlannedRecording } from '../recordings/recorded-plan.ts';
import type { Scenario, ScenarioDirt, ScenarioLimit } from '../schema/index.ts';
import { findDirtContradictions, planDirt } from './dirt-plan.ts';
import { findFaultContradictions, toFaults } from './fault-plan.ts';
import type { FaultFrame } from './fault-plan.ts';
import { findOnlyContradictions } from './only-plan.ts';
import { drawSwarm } from './swarm.ts';
import type { SwarmDraw, SwarmScenario } from './swarm.ts';
import { findWorldContradictions, toWorldSpec } from './world-plan.ts';

const DEFAULT_BAUD = 57_600;

/** How a run keeps time: a virtual clock and links in memory, or real ports, broker and storage. */
export type Mode = 'sim' | 'live';

/** What an oracle must measure: at least `min` or at most `max`. */
export type Limit = ScenarioLimit;

/** What a run must show. */
export interface Expectation {
  readonly oracle: OracleId;
  readonly limit: Limit;
}

/** Everything that decides a run. Times are epoch ms. */
export interface Plan {
  readonly version: 1;
  readonly name: string;
  /** The story behind the name. */
  readonly about?: string;
  readonly tags: readonly string[];
  readonly seed: number;
  readonly mode: Mode;
  readonly speed: number;
  readonly pipeline: Policy;
  readonly baudRate: number;
  readonly world: WorldSpec;
  readonly faults: readonly Fault[];
  /** What this seed drew from the faults of the scenario, if it is one of a swarm. */
  readonly swarm?: readonly SwarmDraw[];
  /** What is wrong in the landing zone; left out when nothing is. */
  readonly landing?: readonly ScenarioDirt[];
  readonly recorded?: readonly PlannedRecording[];
  readonly expectations: readonly Expectation[];
  readonly sometimes: readonly Occurrence[];
}

/** What a caller may choose for a run. */
export interface PlanChoices {
  readonly seed?: number | undefined;
  readonly mode?: Mode | undefined;
  readonly speed?: number | undefined;
  readonly pipeline?: Policy | undefined;
  /** Whether the seed draws its own mix of faults. */
  readonly swarm?: boolean | undefined;
}

/** Normalises a scenario. */
export function makePlan(listed: Scenario, choices: PlanChoices): Plan {
  const seed = choices.seed ?? listed.run.seeds?.first ?? 1;
  const { scenario, mix }: SwarmScenario =
    choices.swarm === true ? drawSwarm(listed, seed) : { scenario: listed };
  const world = toWorldSpec(scenario);
  const recorded = planRecordings(scenario, world.startMs);
  return {
    version: 1,
    name: scenario.name,
    ...(scenario.about !== undefined && { about: scenario.about.trim() }),
    tags: scenario.tags,
    seed,
    mode: choices.mode ?? scenario.run.mode,
    speed: choices.speed ?? scenario.run.speed,
    pipeline: choices.pipeline ?? scenario.pipeline,
    baudRate: baudRateOf(scenario),
    world,
    faults: scenario.faults.flatMap((fault) => toFaults(fault, toFaultFrame(scenario, world))),
    ...(mix !== undefined && { swarm: mix }),
    ...planDirt(scenario),
    ...(recorded.length > 0 && { recorded }),
    expectations: toExpectations(scenario.expect),
    sometimes: scenario.expect.sometimes ?? [],
  };
}

/** What is wrong with a scenario although each of its values is right. */
export function findContradictions(scenario: Scenario): Contradiction[] {
  const spec = toWorldSpec(scenario);
  const found = [...findWorldContradictions(scenario), ...findOnlyContradictions(scenario)];
  if (!ORACLE_IDS.some((id) => scenario.expect[id] !== undefined)) {
    found.push({
      path: ['expect'],
      message:
        'a run that is held to nothing proves nothing; name an oracle, as in landing.lost: 0',
      because: ['expect'],
    });
  }
  found.push(...findLaxLimits(scenario), ...findImpossibleOccurrences(scenario));
  found.push(...findDirtContradictions(scenario));
  const frame = toFaultFrame(scenario, spec);
  const { swarm } = scenario.run;
  const lists = [
    { place: ['faults'], faults: scenario.faults },
    { place: ['run', 'swarm', 'faults'], faults: swarm === false ? [] : (swarm?.faults ?? []) },
  ];
  for (const { place, faults } of lists) {
    for (const [index, fault] of faults.entries()) {
      for (const { key, message } of findFaultContradictions(fault, frame)) {
        found.push({ path: [...place, index, key], message, because: FAULT_FRAME });
      }
    }
  }
  return found;
}

/** What faults are measured against, as a file has it. */
const FAULT_FRAME = ['world.customers', 'world.households', 'run.duration', 'devices.trainer'];

function toFaultFrame(scenario: Scenario, spec: WorldSpec): FaultFrame {
  const { startMs, durationMs, customers, householdSize } = spec;
  const stations = Math.ceil(customers / householdSize);
  return { startMs, durationMs, customers, stations, baudRate: baudRateOf(scenario) };
}

function baudRateOf({ devices }: Scenario): number {
  return devices.trainer?.link?.baud ?? DEFAULT_BAUD;
}

function toExpectations(expect: Scenario['expect']): Expectation[] {
  return ORACLE_IDS.flatMap((oracle) => {
    const limit = expect[oracle];
    return limit === undefined ? [] : [{ oracle, limit }];
  });
}
