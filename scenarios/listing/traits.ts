/** What a scenario has that others may have, too: kinds of faults and dirt, and settings of world and devices by their class. */
import type { Scenario, ScenarioFault } from '../schema/index.ts';

/** Settings that are as without them say nothing about a world. */
const USUAL: ReadonlySet<unknown> = new Set([
  undefined,
  false,
  'absent',
  'before',
  'in-time',
  'round-robin',
  'same',
  'step-test',
]);
const USUAL_TRAITS: ReadonlySet<string> = new Set([
  'world.consent.public: some',
  'world.consent.friends: some',
  'devices.phone.clock.jump.phones: everybody',
]);
/** Told by a class of their own, or only a way to make a scenario quicker. */
const UNTOLD = /^world\.(?:start|customers|only)\b|\.jump\.at$|\.link\.kind$/;
/** Of these nobody is a setting as well. */
const SHARES = /\.consent\.(?:research|public|friends)$|\.jump\.phones$/;
/** Only of these the size matters: 1, 2, 3 to 9, 10 to 99, … are told apart. */
const SIZES = /\.households\.size$|\.serials\.pool$|\.clock\.skew$/;
/** A clock that goes back is another story than one that goes forward. */
const SIGNED = /\.jump\.by$/;
/** A pool of all numbers is another story than one that is too small. */
const POOL = /^world\.serials\.pool\b/;
/** Numbers of people that are a story by themselves. */
const CROWD = { least: 1, most: 10_000 };

/** The traits of a scenario in words of its file, such as `garble on trainer` or `world.serials.pool: 10–99`. */
export function traitsOf({ world, devices, run, faults, landing }: Scenario): readonly string[] {
  const households = Math.ceil(world.customers / (world.households?.size ?? 1));
  const isWholePool = (world.serials?.pool ?? 0) >= households;
  const traits = [
    ...(run.mode === 'live' ? ['run.mode: live'] : []),
    ...crowdOf(world.customers),
    ...settingsIn(world, 'world'),
    ...settingsIn(devices, 'devices'),
    ...faults.map((fault) => `${fault.kind} on ${targetOf(fault)}`),
    ...landing.map(({ kind }) => `${kind} in the landing zone`),
  ];
  return [...new Set(traits)]
    .filter((trait) => !USUAL_TRAITS.has(trait))
    .map((trait) => (isWholePool && POOL.test(trait) ? 'world.serials.pool: all numbers' : trait));
}

function crowdOf(people: number): string[] {
  if (people <= CROWD.least) return [`world.customers: ${people}`];
  return people >= CROWD.most ? [`world.customers: ${classOfSize(people)}`] : [];
}

function settingsIn(value: unknown, path: string): string[] {
  if (UNTOLD.test(path)) return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [path];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => settingsIn(child, `${path}.${key}`));
  }
  if (typeof value === 'number') return settingOf(path, value);
  if (USUAL.has(value)) return [];
  return value === true ? [path] : [`${path}: ${String(value)}`];
}

function settingOf(path: string, value: number): string[] {
  if (SHARES.test(path)) return [`${path}: ${classOfShare(value)}`];
  if (value === 0) return [];
  if (SIGNED.test(path)) return [`${path}: ${value < 0 ? 'back' : 'forward'}`];
  return [SIZES.test(path) ? `${path}: ${classOfSize(value)}` : path];
}

function classOfShare(share: number): string {
  if (share === 0) return 'nobody';
  return share === 1 ? 'everybody' : 'some';
}

function classOfSize(size: number): string {
  if (size <= 2) return String(size);
  const least = 10 ** Math.floor(Math.log10(size));
  return `${Math.max(3, least).toLocaleString('en')}–${(10 * least - 1).toLocaleString('en')}`;
}

function targetOf({ on }: ScenarioFault): string {
  if (typeof on === 'string') return on;
  return typeof on === 'number' || 'trainer' in on ? 'trainer' : 'phone';
}
