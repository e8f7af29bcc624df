/** What can be left out of a failing scenario: people, devices, time, faults. */
import { STEPS_PER_TEST } from '../../simulator/index.ts';
import { readAmount } from './amounts.ts';
import { gather, reduceList, reduceRange } from './delta-debug.ts';
import type { Range } from './delta-debug.ts';
import { firstNamed, stepsNamed, suspectsOf } from './suspects.ts';
import { findPart } from './trials.ts';
import type { Trials } from './trials.ts';
import { listAt, valueAt, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

const PEOPLE = ['world', 'only', 'people'];
const STEPS = ['world', 'only', 'steps'];
const FROM = ['world', 'only', 'from'];
const UNTIL = ['world', 'only', 'until'];

/** Where a scenario lists what goes wrong. */
const FAULT_LISTS: readonly (readonly string[])[] = [
  ['faults'],
  ['landing'],
  ['devices', 'recorded'],
];

/** Where a scenario lists what changes while it runs. */
const CHANGE_LISTS: readonly (readonly string[])[] = [
  ['world', 'consent', 'changes'],
  ['world', 'serials', 'changes'],
  ['devices', 'phone', 'clock', 'changes'],
];

/** Numbers of the people who take part. */
export function peopleOf(written: Written): readonly number[] {
  const people = valueAt(written, PEOPLE);
  if (Array.isArray(people)) return people as number[];
  const customers = Number(valueAt(written, ['world', 'customers']));
  return Array.from({ length: customers }, (_, id) => id);
}

/** How many faults, kinds of dirt and recorded devices are left. */
export function countFaults(written: Written): number {
  return FAULT_LISTS.reduce((sum, path) => sum + listAt(written, path).length, 0);
}

/** Leaves people out until everybody is needed. Few are tried before many, and those who were complained about first. */
export async function reducePeople(written: Written, trials: Trials): Promise<Written> {
  const find = findPart(trials, (people: readonly number[]) =>
    withValue(
      written,
      PEOPLE,
      people.toSorted((left, right) => left - right),
    ),
  );
  const all = peopleOf(written);
  const gatherAll = async (): Promise<readonly number[]> => {
    const likely = firstNamed(offenders, all);
    const ranked = trials.rankPeople(written, likely).filter((person) => !likely.includes(person));
    const gathered = await gather({ likely, others: ranked }, find);
    return gathered.toSorted((left, right) => left - right);
  };
  const offenders = trials.offendersOf(written);
  const group = (await find(suspectsOf(offenders, all))) ?? (await gatherAll());
  const needed = await reduceList(group, find);
  return needed.length === all.length ? written : withValue(written, PEOPLE, needed);
}

interface Device {
  readonly kind: 'trainers' | 'phones';
  readonly number: number;
}

/** Leaves trainers and phones out. */
export async function reduceDevices(written: Written, trials: Trials): Promise<Written> {
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
    const set = (base: Written, kind: Device['kind'], all: readonly number[]): Written => {
      const numbers = left.filter((device) => device.kind === kind).map(({ number }) => number);
      const isWhole = numbers.length === all.length;
      return withValue(base, ['world', 'only', kind], isWhole ? undefined : numbers);
    };
    return set(set(written, 'trainers', stations), 'phones', people);
  };
  const needed = await reduceList(devices, findPart(trials, withDevices));
  return needed.length === devices.length ? written : withDevices(needed);
}

/** Leaves out time: what of the run nobody needs to exercise in, and steps at the beginning and the end of exercises. */
export async function reduceTime(written: Written, trials: Trials): Promise<Written> {
  const perPerson = Number(valueAt(written, ['world', 'sessions', 'perPerson']) ?? 1);
  // With one exercise for everybody, steps say all about time that there is to say.
  const shorter = perPerson > 1 ? await reduceSpan(written, trials) : written;
  const withSteps = ({ first, last }: Range): Written => {
    const isWhole = first === 0 && last === STEPS_PER_TEST - 1;
    return withValue(shorter, STEPS, isWhole ? undefined : `${first}..${last}`);
  };
  const listed = /^(\d+)\.\.(\d+)$/.exec(String(valueAt(shorter, STEPS)));
  const range = {
    first: Number(listed?.[1] ?? 0),
    last: Number(listed?.[2] ?? STEPS_PER_TEST - 1),
  };
  const find = findPart(trials, withSteps);
  // Offenders count the steps that are left.
  const named = stepsNamed(trials.offendersOf(shorter))
    .map(({ first, last }) => ({ first: first + range.first, last: last + range.first }))
    .filter(({ first, last }) => last <= range.last && last - first < range.last - range.first);
  const needed = await reduceRange((await find(named)) ?? range, find);
  return needed.first === range.first && needed.last === range.last ? shorter : withSteps(needed);
}

/** To whole seconds. */
async function reduceSpan(written: Written, trials: Trials): Promise<Written> {
  const secondsAt = (path: readonly string[]): number | undefined => {
    const amount = readAmount(valueAt(written, path));
    return amount === undefined ? undefined : amount.value / 1_000;
  };
  const end = Math.ceil(secondsAt(['run', 'duration']) ?? 0);
  const range = {
    first: Math.floor(secondsAt(FROM) ?? 0),
    last: Math.ceil(secondsAt(UNTIL) ?? end) - 1,
  };
  const withSpan = ({ first, last }: Range): Written => {
    const begun = withValue(written, FROM, first === 0 ? undefined : `${first}s`);
    return withValue(begun, UNTIL, last === end - 1 ? undefined : `${last + 1}s`);
  };
  const needed = await reduceRange(range, findPart(trials, withSpan));
  return needed.first === range.first && needed.last === range.last ? written : withSpan(needed);
}

/** Leaves faults, dirt and recorded devices out, and what changes in the world. */
export async function reduceFaults(written: Written, trials: Trials): Promise<Written> {
  const still = await reduceLists(written, CHANGE_LISTS, trials);
  return reduceLists(still, FAULT_LISTS, trials);
}

async function reduceLists(
  written: Written,
  lists: readonly (readonly string[])[],
  trials: Trials,
): Promise<Written> {
  const all = lists.flatMap((path) => listAt(written, path).map((entry) => ({ path, entry })));
  const withEntries = (left: readonly (typeof all)[number][]): Written =>
    lists.reduce<Written>((base, path) => {
      const entries = left.filter((item) => item.path === path).map(({ entry }) => entry);
      if (entries.length === listAt(written, path).length) return base;
      return withValue(base, path, entries.length > 0 ? entries : undefined);
    }, written);
  return withEntries(await reduceList(all, findPart(trials, withEntries)));
}
