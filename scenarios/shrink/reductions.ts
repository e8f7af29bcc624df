/** What can be taken away from a failing scenario, from coarse to fine. */
import { STEPS_PER_TEST } from '../../simulator/index.ts';
import { reduceList, reduceRange } from './delta-debug.ts';
import { isMap, listAt, valueAt, withEntry, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

/** Whether a scenario still fails. */
export type StillFails = (written: Written) => Promise<boolean>;

const PEOPLE = ['world', 'only', 'people'];
const STEPS = ['world', 'only', 'steps'];
const FAULT_LISTS = [['faults'], ['landing'], ['devices', 'recorded']] as const;
const CHANGES_OF_MIND = ['withdrawDuringRun', 'giveDuringRun', 'giveAgainDuringRun'].map(
  (key) => ['world', 'consent', key] as const,
);
/** What a scenario cannot do without, or says how it is replayed. */
const KEPT: ReadonlySet<string> = new Set([
  'world.start',
  'world.consent',
  'world.only',
  'run.mode',
  'run.seeds',
]);

/** Numbers of the people who take part. */
export function peopleOf(written: Written): readonly number[] {
  const people = valueAt(written, PEOPLE);
  if (Array.isArray(people)) return people as number[];
  const customers = Number(valueAt(written, ['world', 'customers']));
  return Array.from({ length: customers }, (_, id) => id);
}

/** Leaves people out until everybody is needed. Groups that are suspected are tried before all others. */
export async function reducePeople(
  written: Written,
  fails: StillFails,
  suspects: readonly (readonly number[])[] = [],
): Promise<Written> {
  const withPeople = (people: readonly number[]): Written => withValue(written, PEOPLE, people);
  const isEnough = (people: readonly number[]): Promise<boolean> => fails(withPeople(people));
  let people = peopleOf(written);
  for (const group of suspects) {
    if (group.length >= people.length || !(await isEnough(group))) continue;
    people = group;
    break;
  }
  const needed = await reduceList(people, isEnough);
  const everybody = Number(valueAt(written, ['world', 'customers']));
  return needed.length === everybody ? written : withPeople(needed);
}

interface Device {
  readonly kind: 'trainers' | 'phones';
  readonly number: number;
}

/** Leaves trainers and phones out. */
export async function reduceDevices(written: Written, fails: StillFails): Promise<Written> {
  const people = peopleOf(written);
  const size = Number(valueAt(written, ['world', 'households', 'size']) ?? 1);
  const stations = [...new Set(people.map((person) => Math.floor(person / size)))];
  const inUse = (kind: Device['kind'], numbers: readonly number[]): Device[] => {
    const listed = valueAt(written, ['world', 'only', kind]);
    return numbers
      .filter((number) => !Array.isArray(listed) || listed.includes(number))
      .map((number) => ({ kind, number }));
  };
  const devices = [...inUse('trainers', stations), ...inUse('phones', people)];
  const withDevices = (left: readonly Device[]): Written => {
    const numbersOf = (wanted: Device['kind']): number[] =>
      left.filter(({ kind }) => kind === wanted).map(({ number }) => number);
    const set = (base: Written, kind: Device['kind'], all: readonly number[]): Written => {
      const numbers = numbersOf(kind);
      const isWhole = numbers.length === all.length;
      return withValue(base, ['world', 'only', kind], isWhole ? undefined : numbers);
    };
    return set(set(written, 'trainers', stations), 'phones', people);
  };
  return withDevices(await reduceList(devices, (left) => fails(withDevices(left))));
}

/** Leaves out time: what of the run nobody needs to exercise in, and steps at the beginning and the end of exercises. */
export async function reduceTime(
  written: Written,
  fails: StillFails,
  durationMs: number,
): Promise<Written> {
  const perPerson = Number(valueAt(written, ['world', 'sessions', 'perPerson']) ?? 1);
  // With one exercise for everybody, steps say all about time that there is to say.
  const shorter = perPerson > 1 ? await reduceSpan(written, fails, durationMs) : written;
  const withSteps = ({ first, last }: { first: number; last: number }): Written =>
    withValue(shorter, STEPS, `${first}..${last}`);
  const listed = /^(\d+)\.\.(\d+)$/.exec(String(valueAt(shorter, STEPS)));
  const range = {
    first: Number(listed?.[1] ?? 0),
    last: Number(listed?.[2] ?? STEPS_PER_TEST - 1),
  };
  const needed = await reduceRange(range, (steps) => fails(withSteps(steps)));
  const isWhole = needed.first === 0 && needed.last === STEPS_PER_TEST - 1;
  return isWhole ? shorter : withSteps(needed);
}

/** To whole seconds. */
async function reduceSpan(
  written: Written,
  fails: StillFails,
  durationMs: number,
): Promise<Written> {
  const last = Math.ceil(durationMs / 1_000) - 1;
  const withSpan = (span: { first: number; last: number }): Written => {
    const from = span.first === 0 ? undefined : `${span.first}s`;
    const until = span.last === last ? undefined : `${span.last + 1}s`;
    const begun = withValue(written, ['world', 'only', 'from'], from);
    return withValue(begun, ['world', 'only', 'until'], until);
  };
  return withSpan(await reduceRange({ first: 0, last }, (span) => fails(withSpan(span))));
}

/** Leaves faults, dirt and recorded devices out. */
export async function reduceFaults(written: Written, fails: StillFails): Promise<Written> {
  const all = FAULT_LISTS.flatMap((path) =>
    listAt(written, path).map((entry) => ({ path, entry })),
  );
  const withFaults = (left: typeof all): Written =>
    FAULT_LISTS.reduce<Written>((base, path) => {
      const entries = left.filter((fault) => fault.path === path).map(({ entry }) => entry);
      return withValue(base, path, entries.length > 0 ? entries : undefined);
    }, written);
  return withFaults([...(await reduceList(all, (left) => fails(withFaults([...left]))))]);
}

/** Makes values plainer, one after the other: fewer customers, no more keys than are needed, faults that hit once. */
export async function reduceValues(written: Written, fails: StillFails): Promise<Written> {
  let plain = written;
  const attempt = async (candidate: Written): Promise<void> => {
    if (JSON.stringify(candidate) !== JSON.stringify(plain) && (await fails(candidate))) {
      plain = candidate;
    }
  };
  const last = Math.max(0, ...peopleOf(plain)) + 1;
  if (last < Number(valueAt(plain, ['world', 'customers']))) {
    await attempt(withValue(plain, ['world', 'customers'], last));
    await attempt(withFewer(plain, last));
  }
  for (const path of optionalKeys(written)) await attempt(withValue(plain, path, undefined));
  for (const path of FAULT_LISTS.slice(0, 2)) {
    for (const index of listAt(plain, path).keys()) {
      for (const edit of [hitsOnce, withoutKey('from'), withoutKey('for')]) {
        const list = listAt(plain, path);
        await attempt(withValue(plain, path, withEntry(list, index, edit(list[index]))));
      }
    }
  }
  return plain;
}

/** Fewer customers, and no more of them who change their mind. */
function withFewer(written: Written, customers: number): Written {
  const fewer = withValue(written, ['world', 'customers'], customers);
  return CHANGES_OF_MIND.reduce<Written>((base, path) => {
    const count = valueAt(base, path);
    return typeof count === 'number' ? withValue(base, path, Math.min(count, customers)) : base;
  }, fewer);
}

/** Paths of keys of the world, the devices and the run, outer ones first. What cannot go is refused by the schema. */
function optionalKeys(written: Written): readonly (readonly string[])[] {
  const below = (path: readonly string[]): (readonly string[])[] => {
    const value = valueAt(written, path);
    const keys = isMap(value) ? Object.keys(value).map((key) => [...path, key]) : [];
    return keys.flatMap((key) => (KEPT.has(key.join('.')) ? below2(key) : [key, ...below(key)]));
  };
  // What stays may still have keys that can go.
  const below2 = (path: readonly string[]): (readonly string[])[] =>
    path.join('.') === 'world.only' ? [] : below(path);
  return ['world', 'devices', 'run'].flatMap((part) => below([part]));
}

function hitsOnce(fault: unknown): unknown {
  if (!isMap(fault) || (fault['rate'] === undefined && fault['count'] === undefined)) return fault;
  const { rate: _rate, ...others } = fault;
  return { ...others, count: 1 };
}

function withoutKey(key: string): (fault: unknown) => unknown {
  return (fault) => {
    if (!isMap(fault)) return fault;
    const { [key]: _value, ...others } = fault;
    return others;
  };
}
