/** A plan: one scenario at one seed, normalised. It is the artifact from which a run is replayed. */
import type { Policy } from '../pipeline/index.ts';
import { shortestWorldMs } from '../simulator/index.ts';
import type { Fault, Occurrence, WorldSpec } from '../simulator/index.ts';
import { ORACLE_IDS } from './oracles/ids.ts';
import type { OracleId } from './oracles/ids.ts';
import type { Scenario, ScenarioFault, ScenarioLimit } from './schema.ts';

/** How a run keeps time: a virtual clock and links in memory, or real ports, broker and storage. */
export type Mode = 'sim' | 'live';

/** What an oracle must measure: at least `min` or at most `max`. */
export type Limit = { readonly min: number } | { readonly max: number };

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
  readonly expectations: readonly Expectation[];
  readonly sometimes: readonly Occurrence[];
}

/** What a caller may choose for a run. */
export interface PlanChoices {
  readonly seed?: number | undefined;
  readonly mode?: Mode | undefined;
  readonly speed?: number | undefined;
  readonly pipeline?: Policy | undefined;
}

/** Normalises a scenario. */
export function makePlan(scenario: Scenario, choices: PlanChoices): Plan {
  const world = toWorldSpec(scenario);
  return {
    version: 1,
    name: scenario.name,
    ...(scenario.about !== undefined && { about: scenario.about.trim() }),
    tags: scenario.tags,
    seed: choices.seed ?? scenario.run.seeds?.first ?? 1,
    mode: choices.mode ?? scenario.run.mode,
    speed: choices.speed ?? scenario.run.speed,
    pipeline: choices.pipeline ?? scenario.pipeline,
    baudRate: scenario.devices.trainer?.link?.baud ?? 57_600,
    world,
    faults: scenario.faults.map((fault) => toFault(fault, world)),
    expectations: toExpectations(scenario.expect),
    sometimes: scenario.expect.sometimes ?? [],
  };
}

/** What is wrong with a scenario although each of its values is right: a path in the file and a sentence. */
export function findContradictions(
  scenario: Scenario,
): { readonly path: readonly (string | number)[]; readonly message: string }[] {
  const spec = toWorldSpec(scenario);
  const stations = Math.ceil(spec.customers / spec.householdSize);
  const found: { path: (string | number)[]; message: string }[] = [];
  const neededMs = shortestWorldMs(spec);
  if (spec.durationMs < neededMs) {
    found.push({
      path: ['run', 'duration'],
      message: `the sessions need at least ${Math.ceil(neededMs / 1000)}s`,
    });
  }
  if (spec.consent.withdrawDuringRun + spec.consent.consentDuringRun > spec.customers) {
    found.push({
      path: ['world', 'consent'],
      message: 'more people change their mind than there are',
    });
  }
  if (!ORACLE_IDS.some((id) => scenario.expect[id] !== undefined)) {
    found.push({
      path: ['expect'],
      message:
        'a run that is held to nothing proves nothing; name an oracle, as in landing.lost: 0',
    });
  }
  scenario.faults.forEach((fault, index) => {
    const isPhone = fault.kind === 'duplicate';
    const limit = isPhone ? spec.customers : stations;
    const named = fault.kind === 'down' ? undefined : fault.on;
    if (named !== undefined && named >= limit) {
      found.push({
        path: ['faults', index, 'on'],
        message: `there are only ${limit} ${isPhone ? 'phones' : 'trainers'}, numbered from 0`,
      });
    }
    if (fault.kind === 'swap-device' && fault.with >= stations) {
      found.push({
        path: ['faults', index, 'with'],
        message: `there are only ${stations} trainers, numbered from 0`,
      });
    }
    if (fault.kind === 'swap-device' && fault.with === fault.on) {
      found.push({
        path: ['faults', index, 'with'],
        message: 'a trainer cannot change places with itself',
      });
    }
    if (fault.at >= spec.durationMs) {
      found.push({ path: ['faults', index, 'at'], message: 'the run is over by then' });
    }
  });
  return found;
}

function toWorldSpec({ world, devices, run }: Scenario): WorldSpec {
  return {
    startMs: Date.parse(world.start),
    durationMs: run.duration,
    customers: world.customers,
    householdSize: world.households?.size ?? 1,
    sessionsPerPerson: world.sessions?.perPerson ?? 1,
    registration: world.registration ?? 'before',
    serials:
      world.serials === undefined
        ? { kind: 'own' }
        : { kind: 'pool', size: world.serials.pool, assign: world.serials.assign },
    consent: {
      researchShare: world.consent.research,
      withdrawDuringRun: world.consent.withdrawDuringRun,
      consentDuringRun: world.consent.giveDuringRun,
    },
    ...toClockSpecs(devices),
  };
}

function toClockSpecs(
  devices: Scenario['devices'],
): Pick<WorldSpec, 'phoneClock' | 'trainerClock'> {
  const { skew = 0, drift = 0 } = devices.phone?.clock ?? {};
  return {
    phoneClock: { skewMs: skew, driftPpm: drift },
    trainerClock: { driftPpm: devices.trainer?.clock?.drift ?? 0 },
  };
}

function toFault(fault: ScenarioFault, { startMs, durationMs }: WorldSpec): Fault {
  const atMs = startMs + fault.at;
  const lastsMs = fault.kind === 'swap-device' ? 0 : (fault.for ?? durationMs);
  const span = { atMs, untilMs: Math.min(atMs + lastsMs, startMs + durationMs) };
  switch (fault.kind) {
    case 'garble':
      return { kind: 'garble', ...span, station: fault.on, rate: fault.rate };
    case 'unplug':
      return { kind: 'unplug', ...span, station: fault.on };
    case 'swap-device':
      return { kind: 'swap-device', atMs, station: fault.on, with: fault.with };
    case 'duplicate':
      return { kind: 'duplicate', ...span, person: fault.on, rate: fault.rate };
    case 'down':
      return { kind: 'broker-down', ...span };
  }
}

function toExpectations(expect: Scenario['expect']): Expectation[] {
  return ORACLE_IDS.flatMap((oracle) => {
    const limit = expect[oracle];
    return limit === undefined ? [] : [{ oracle, limit: toLimit(limit) }];
  });
}

function toLimit(limit: ScenarioLimit): Limit {
  if (typeof limit === 'number') return { max: limit };
  return limit.min === undefined ? { max: limit.max as number } : { min: limit.min };
}
