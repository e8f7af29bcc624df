/** What can make something happen: a scenario that insists on what nothing in it can cause never passes. */
import type { Occurrence } from '../../simulator/index.ts';
import type { Scenario, ScenarioFault } from '../schema/index.ts';
import type { Contradiction } from './contradiction.ts';

/** What makes something happen. */
interface Cause {
  /** What to write, for people. */
  readonly takes: string;
  readonly isIn: (scenario: Scenario) => boolean;
}

type FaultKind = ScenarioFault['kind'];

/** Everything that a scenario says about what may happen in it. */
const PLACES = ['world', 'devices', 'run.swarm', 'faults', 'landing'];

/** What of `sometimes` nothing in the scenario can cause. */
export function findImpossibleOccurrences(scenario: Scenario): Contradiction[] {
  return (scenario.expect.sometimes ?? []).flatMap((occurrence, index) => {
    const { takes, isIn } = CAUSES[occurrence];
    if (isIn(scenario)) return [];
    const message = `nothing in this scenario can cause ${occurrence}: it takes ${takes}`;
    return [{ path: ['expect', 'sometimes', index], message, because: PLACES }];
  });
}

const CAUSES: Readonly<Record<Occurrence, Cause>> = {
  'address-respelled': {
    takes: 'world.emails: { case: mixed }',
    isIn: ({ world }) => world.emails?.case === 'mixed',
  },
  'address-shared': {
    takes: 'world.namesakes',
    isIn: ({ world }) => world.namesakes !== undefined,
  },
  'baud-rate-wrong': byFault('wrong-baud'),
  'boot-garbage': byFault('boot-garbage'),
  'box-returned': { takes: 'world.returns', isIn: ({ world }) => world.returns !== undefined },
  'box-swapped': { takes: 'world.swaps', isIn: ({ world }) => world.swaps !== undefined },
  'bridge-killed': byFault('killed'),
  'broker-restarted': byService('broker'),
  'browned-out': byFault('brown-out'),
  'bytes-dropped': byFault('drop', 'trainer'),
  'bytes-duplicated': byFault('duplicate', 'trainer'),
  'bytes-held-back': {
    takes: 'a fault of kind burst or chunks',
    isIn: (scenario) => hasFault(scenario, 'burst') || hasFault(scenario, 'chunks'),
  },
  'clock-jumped': {
    takes: 'devices.phone.clock.jump, for more than 0% of the phones',
    isIn: ({ devices }) => (devices.phone?.clock?.jump?.phones ?? 0) > 0,
  },
  'clock-set-anew': {
    takes: 'devices.phone.clock.changes',
    isIn: ({ devices }) => (devices.phone?.clock?.changes ?? []).length > 0,
  },
  'consent-given-again-while-streaming': {
    takes:
      'world.consent.giveAgainDuringRun, or world.consent.changes of somebody who withdrew before',
    isIn: ({ world }) =>
      (world.consent.giveAgainDuringRun ?? 0) > 0 ||
      (hasChange(world, 'given') &&
        (hasChange(world, 'withdrawn') || world.consent.withdrawDuringRun > 0)),
  },
  'consent-given-on-a-step': {
    takes: 'world.consent.onSteps, with giveDuringRun or giveAgainDuringRun',
    isIn: ({ world }) =>
      world.consent.onSteps === true &&
      world.consent.giveDuringRun + (world.consent.giveAgainDuringRun ?? 0) > 0,
  },
  'consent-given-while-streaming': {
    takes: 'world.consent.giveDuringRun, or world.consent.changes',
    isIn: ({ world }) => world.consent.giveDuringRun > 0 || hasChange(world, 'given'),
  },
  'consent-withdrawn-while-streaming': {
    takes: 'world.consent.withdrawDuringRun or giveAgainDuringRun, or world.consent.changes',
    isIn: ({ world }) =>
      world.consent.withdrawDuringRun + (world.consent.giveAgainDuringRun ?? 0) > 0 ||
      hasChange(world, 'withdrawn'),
  },
  'customer-version-out-of-order': {
    takes: 'world.feed: { order: mixed }, and customers of whom there is a second version',
    isIn: ({ world }) => world.feed?.order === 'mixed' && world.customers > 1 && changes(world),
  },
  'date-not-given-null': {
    takes: 'world.feed: { notGiven: null } or mixed',
    isIn: ({ world }) => ['null', 'mixed'].includes(world.feed?.notGiven ?? ''),
  },
  'date-not-given-zero': {
    takes: 'world.feed: { notGiven: zero } or mixed',
    isIn: ({ world }) => ['zero', 'mixed'].includes(world.feed?.notGiven ?? ''),
  },
  'device-swapped': byFault('swap-device'),
  'line-cut': byFault('partial'),
  'line-ends-lost': byFault('cr-only'),
  'line-garbled': byFault('garble'),
  'lines-merged': byFault('merge'),
  'listing-partial': byFault('partial-listing'),
  'message-duplicated': byFault('duplicate', 'phone'),
  'message-late': byFault('late'),
  'message-lost': byFault('drop', 'phone'),
  'message-reordered': byFault('reorder'),
  'message-sent-again': {
    takes: 'a fault of kind down on broker, or killed on bridge',
    isIn: (scenario) => byService('broker').isIn(scenario) || hasFault(scenario, 'killed'),
  },
  'object-late': {
    takes: 'an item of landing of kind late-object',
    isIn: ({ landing }) => landing.some(({ kind, rate }) => kind === 'late-object' && rate !== 0),
  },
  'phone-offline': byFault('offline'),
  'public-without-research': {
    takes: 'people who share with the public, and do not consent to research in the end',
    isIn: ({ world, world: { consent } }) =>
      consent.public !== 0 &&
      (consent.research < 1 || consent.withdrawDuringRun > 0 || hasChange(world, 'withdrawn')),
  },
  'seq-wrapped': byFault('counter-wrap'),
  'serial-shared': {
    takes: 'world.serials with a pool smaller than the number of customers, or world.households',
    isIn: ({ world }) => sharesSerials(world),
  },
  'serial-told-anew': {
    takes: 'world.returns or world.swaps, with told: true, or world.serials.changes',
    isIn: ({ world }) => isToldAnew(world),
  },
  'storage-down': byService('s3'),
  'storage-slow': byFault('slow'),
  'ticks-wrapped': byFault('counter-wrap'),
  'trainer-shared': {
    takes: 'world.households of two or more',
    isIn: ({ world }) => isShared(world),
  },
  'trainer-unplugged': byFault('unplug'),
};

function byFault(kind: FaultKind, target?: 'trainer' | 'phone'): Cause {
  const on = target === undefined ? '' : { trainer: ' on a trainer', phone: ' on phones' }[target];
  return {
    takes: `a fault of kind ${kind}${on}`,
    isIn: (scenario) => hasFault(scenario, kind, target),
  };
}

function byService(service: 'broker' | 's3'): Cause {
  return {
    takes: `a fault of kind down on ${service}`,
    isIn: (scenario) =>
      faultsOf(scenario).some(({ kind, on }) => kind === 'down' && on === service),
  };
}

function hasFault(scenario: Scenario, kind: FaultKind, target?: 'trainer' | 'phone'): boolean {
  return faultsOf(scenario).some((fault) => {
    // What strikes with a probability of none never does.
    if (fault.kind !== kind || ('rate' in fault && fault.rate === 0)) return false;
    return target === undefined || (typeof fault.on === 'object' && target in fault.on);
  });
}

/** The faults of a scenario, and those that only seeds of a swarm draw. */
function faultsOf({ faults, run: { swarm } }: Scenario): readonly ScenarioFault[] {
  return swarm === undefined || swarm === false ? faults : [...faults, ...swarm.faults];
}

/** Whether there is anything that makes a second version of a customer. */
function changes(world: Scenario['world']): boolean {
  const { withdrawDuringRun, giveDuringRun, giveAgainDuringRun = 0 } = world.consent;
  if (isToldAnew(world) || (world.consent.changes ?? []).length > 0) return true;
  return withdrawDuringRun + giveDuringRun + giveAgainDuringRun > 0;
}

/** Whether a change of mind of this kind is listed. */
function hasChange({ consent }: Scenario['world'], research: 'given' | 'withdrawn'): boolean {
  return (consent.changes ?? []).some((change) => change.research === research);
}

/** Whether the website writes another serial number to somebody. */
function isToldAnew({ returns, swaps, serials }: Scenario['world']): boolean {
  const changed = serials?.changes ?? [];
  return returns?.told === true || swaps?.told === true || changed.length > 0;
}

function isShared({ households, customers }: Scenario['world']): boolean {
  return (households?.size ?? 1) > 1 && customers > 1;
}

function sharesSerials(world: Scenario['world']): boolean {
  const { serials, customers, households } = world;
  if (serials === undefined || isShared(world)) return isShared(world);
  const stations = Math.ceil(customers / (households?.size ?? 1));
  return [serials, ...(serials.changes ?? [])].some(({ pool, assign }) => {
    const isDrawn = assign === 'random' || assign === 'skewed';
    return pool !== undefined && customers > (isDrawn ? 1 : Math.min(pool, stations));
  });
}
