/** From the people and devices of a scenario to the world of its plan, and what may be wrong with them beyond their shape. */
import { shortestWorldMs } from '../simulator/index.ts';
import type { MovesSpec, PhoneClockSpec, WorldSpec, WritingSpec } from '../simulator/index.ts';
import { toWorldCrop } from './only-plan.ts';
import type { Scenario } from './schema/index.ts';

/** What is wrong with a scenario although each of its values is right: a path in the file and a sentence. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The world of a scenario, whatever its seed. What the scenario leaves out stays out. */
export function toWorldSpec({ world, devices, run }: Scenario): WorldSpec {
  const startMs = Date.parse(world.start);
  const moves = toMoves(world);
  const writing = toWriting(world);
  return {
    startMs,
    durationMs: run.duration,
    customers: world.customers,
    householdSize: world.households?.size ?? 1,
    sessionsPerPerson: world.sessions?.perPerson ?? 1,
    registration: world.registration ?? 'before',
    serials: toSerials(world),
    consent: toConsent(world),
    phoneClock: toPhoneClock(devices, startMs),
    trainerClock: { driftPpm: devices.trainer?.clock?.drift ?? 0 },
    ...(moves !== undefined && { moves }),
    ...(world.namesakes !== undefined && { namesakes: world.namesakes }),
    ...(writing !== undefined && { writing }),
    ...toWorldCrop(world.only, startMs),
  };
}

/** What contradicts itself in the world of a scenario. */
export function findWorldContradictions(scenario: Scenario): Contradiction[] {
  const spec = toWorldSpec(scenario);
  const found: Contradiction[] = [];
  const complain = (path: string, message: string, isWrong: boolean): void => {
    if (isWrong) found.push({ path: path.split('.'), message });
  };
  const { consent, namesakes, customers } = spec;
  const neededMs = shortestWorldMs(spec);
  const tooShort = spec.durationMs < neededMs;
  complain('run.duration', `the sessions need at least ${Math.ceil(neededMs / 1000)}s`, tooShort);
  const changing =
    consent.withdrawDuringRun + consent.consentDuringRun + (consent.consentAgainDuringRun ?? 0);
  complain('world.consent', 'more people change their mind than there are', changing > customers);
  const shared = 2 * (namesakes?.pairs ?? 0);
  complain(
    'world.namesakes.pairs',
    'more people share an e-mail than there are',
    shared > customers,
  );
  complain(
    'devices.phone.clock.rounding',
    'samples of namesakes cannot be told apart when their stamps are cut off',
    shared > 0 && spec.phoneClock.roundingMs !== undefined,
  );
  complain(
    'world.customers',
    'with nobody and no recorded device nothing would land',
    customers === 0 && (scenario.devices.recorded ?? []).length === 0,
  );
  findMoveContradictions(scenario, spec, complain);
  return found;
}

function findMoveContradictions(
  scenario: Scenario,
  { moves, customers, householdSize, sessionsPerPerson }: WorldSpec,
  complain: (path: string, message: string, isWrong: boolean) => void,
): void {
  const kind = scenario.world.returns === undefined ? 'swaps' : 'returns';
  const moving = (moves?.returns ?? 0) + 2 * (moves?.swaps ?? 0);
  const households = Math.ceil(customers / householdSize);
  complain(`world.${kind}`, `there are only ${households} households`, moving > households);
  complain(
    `world.${kind}`,
    'trainers move between two sessions; sessions.perPerson must be 2 or more',
    moving > 0 && sessionsPerPerson < 2,
  );
}

function toSerials({ serials }: Scenario['world']): WorldSpec['serials'] {
  if (serials === undefined) return { kind: 'own' };
  return { kind: 'pool', size: serials.pool, assign: serials.assign };
}

function toConsent({ consent }: Scenario['world']): WorldSpec['consent'] {
  const { giveAgainDuringRun, onSteps } = consent;
  return {
    researchShare: consent.research,
    withdrawDuringRun: consent.withdrawDuringRun,
    consentDuringRun: consent.giveDuringRun,
    ...(giveAgainDuringRun !== undefined && { consentAgainDuringRun: giveAgainDuringRun }),
    ...(consent.public !== undefined && { publicShare: consent.public }),
    ...(consent.friends !== undefined && { friendsShare: consent.friends }),
    ...(onSteps !== undefined && { onSteps }),
  };
}

function toMoves({ returns, swaps }: Scenario['world']): MovesSpec | undefined {
  if (returns === undefined && swaps === undefined) return undefined;
  return {
    returns: returns?.trainers ?? 0,
    swaps: swaps?.pairs ?? 0,
    told: { returns: returns?.told ?? false, swaps: swaps?.told ?? false },
  };
}

function toWriting({ feed, emails }: Scenario['world']): WritingSpec | undefined {
  if (feed === undefined && emails === undefined) return undefined;
  const { notGiven = 'absent', order = 'in-time' } = feed ?? {};
  return { notGiven, order, emailCase: emails?.case ?? 'same' };
}

function toPhoneClock({ phone }: Scenario['devices'], startMs: number): PhoneClockSpec {
  const { skew = 0, drift = 0, jump, rounding } = phone?.clock ?? {};
  return {
    skewMs: skew,
    driftPpm: drift,
    ...(jump !== undefined && {
      jump: { atMs: startMs + jump.at, byMs: jump.by, share: jump.phones },
    }),
    ...(rounding !== undefined && { roundingMs: rounding }),
  };
}
