/** From the people and devices of a scenario to the world of its plan, and what may be wrong with them beyond their shape. */
import { shortestWorldMs } from '../../simulator/index.ts';
import type { PhoneClockSpec, WorldSpec } from '../../simulator/index.ts';
import type { Contradiction } from '../contradictions/contradiction.ts';
import type { Scenario } from '../schema/index.ts';
import { findChangeContradictions, toSerials, toWorldChanges } from './changes-plan.ts';
import { toWorldCrop } from './only-plan.ts';

/** The world of a scenario, whatever its seed. What the scenario leaves out stays out. */
export function toWorldSpec({ world, devices, run }: Scenario): WorldSpec {
  const startMs = Date.parse(world.start);
  return {
    startMs,
    durationMs: run.duration,
    customers: world.customers,
    householdSize: world.households?.size ?? 1,
    sessionsPerPerson: world.sessions?.perPerson ?? 1,
    ...toProfile(devices),
    registration: world.registration ?? 'before',
    serials: toSerials(world.serials),
    consent: toConsent(world),
    phoneClock: toPhoneClock(devices, startMs),
    trainerClock: { driftPpm: devices.trainer?.clock?.drift ?? 0 },
    ...toMoves(world),
    ...(world.namesakes !== undefined && { namesakes: world.namesakes }),
    ...toWriting(world),
    ...(world.feed?.every !== undefined && { exportEveryMs: world.feed.every }),
    ...toWorldChanges({ world, devices }, startMs),
    ...toWorldCrop(world.only, startMs),
  };
}

/** How people move; steps, if nothing is said. */
function toProfile({ trainer, phone }: Scenario['devices']): Pick<WorldSpec, 'profile'> {
  const profile = trainer?.profile ?? phone?.profile;
  return profile === 'continuous' ? { profile } : {};
}

/** Notes what is wrong at a place, and what else that follows from. */
type Complain = (place: string, message: string, because: string, isWrong: boolean) => void;

/** What contradicts itself in the world of a scenario. */
export function findWorldContradictions(scenario: Scenario): Contradiction[] {
  const spec = toWorldSpec(scenario);
  const found: Contradiction[] = [];
  const complain: Complain = (place, message, because, isWrong) => {
    if (isWrong) found.push({ path: place.split('.'), message, because: because.split(', ') });
  };
  const neededMs = shortestWorldMs(spec);
  complain(
    'run.duration',
    `the sessions need at least ${Math.ceil(neededMs / 1000)}s`,
    'world.customers, world.households, world.sessions',
    spec.durationMs < neededMs,
  );
  complain(
    'world.customers',
    'with nobody and no recorded device nothing would land',
    'devices.recorded',
    spec.customers === 0 && (scenario.devices.recorded ?? []).length === 0,
  );
  const { trainer, phone } = scenario.devices;
  complain(
    'devices.phone.profile',
    'trainers and phones see the same people, who move in one way',
    'devices.trainer.profile',
    (trainer?.profile ?? phone?.profile) !== (phone?.profile ?? trainer?.profile),
  );
  findPeopleContradictions(spec, complain);
  findTrainerContradictions(scenario, spec, complain);
  return [...found, ...findChangeContradictions(scenario)];
}

function findPeopleContradictions(
  { consent, namesakes, customers, phoneClock }: WorldSpec,
  complain: Complain,
): void {
  const { withdrawDuringRun, consentDuringRun, consentAgainDuringRun = 0 } = consent;
  const shared = 2 * (namesakes?.pairs ?? 0);
  complain(
    'world.consent',
    'more people change their mind than there are',
    'world.customers, world.consent.withdrawDuringRun, world.consent.giveDuringRun, world.consent.giveAgainDuringRun',
    withdrawDuringRun + consentDuringRun + consentAgainDuringRun > customers,
  );
  complain(
    'world.namesakes.pairs',
    'more people share an e-mail than there are',
    'world.customers',
    shared > customers,
  );
  complain(
    'devices.phone.clock.rounding',
    'samples of namesakes cannot be told apart when their stamps are cut off',
    'world.namesakes',
    shared > 0 && phoneClock.roundingMs !== undefined,
  );
}

function findTrainerContradictions(
  scenario: Scenario,
  { moves, customers, householdSize, sessionsPerPerson }: WorldSpec,
  complain: Complain,
): void {
  const households = Math.ceil(customers / householdSize);
  const people = 'world.customers, world.households';
  const kind = scenario.world.returns === undefined ? 'swaps' : 'returns';
  const moving = (moves?.returns ?? 0) + 2 * (moves?.swaps ?? 0);
  complain(
    `world.${kind}`,
    `there are only ${households} households`,
    `${people}, world.returns, world.swaps`,
    moving > households,
  );
  complain(
    `world.${kind}`,
    'trainers move between two sessions; sessions.perPerson must be 2 or more',
    'world.sessions',
    moving > 0 && sessionsPerPerson < 2,
  );
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

function toMoves({ returns, swaps }: Scenario['world']): Pick<WorldSpec, 'moves'> {
  if (returns === undefined && swaps === undefined) return {};
  const moves = {
    returns: returns?.trainers ?? 0,
    swaps: swaps?.pairs ?? 0,
    told: { returns: returns?.told ?? false, swaps: swaps?.told ?? false },
  };
  return { moves };
}

function toWriting({ feed, emails }: Scenario['world']): Pick<WorldSpec, 'writing'> {
  if (feed === undefined && emails === undefined) return {};
  const { notGiven = 'absent', order = 'in-time' } = feed ?? {};
  return { writing: { notGiven, order, emailCase: emails?.case ?? 'same' } };
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
