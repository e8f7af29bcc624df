/** What can be made plainer in a failing scenario: keys go back to their defaults, and amounts get small. */
import { readAmount } from './amounts.ts';
import type { WrittenAmount } from './amounts.ts';
import { reduceAmount, reduceList } from './delta-debug.ts';
import { peopleOf } from './reductions.ts';
import { findPart } from './trials.ts';
import type { Trials } from './trials.ts';
import { isMap, listAt, valueAt, withValue } from './written-edits.ts';
import type { Written, WrittenPath } from './written-edits.ts';

const CUSTOMERS = ['world', 'customers'];
const CHANGES_OF_MIND = ['withdrawDuringRun', 'giveDuringRun', 'giveAgainDuringRun'].map(
  (key) => ['world', 'consent', key] as const,
);
/** Parts of a scenario that have keys with defaults, and its lists of what goes wrong. */
const PARTS = ['world', 'devices', 'run'] as const;
const LISTS = ['faults', 'landing'] as const;
/** What is no dial: who takes part is reduced for itself, and the seed says how the run is replayed. */
const NO_DIALS: ReadonlySet<string> = new Set(['world.only', 'run.mode', 'run.seeds']);
/** Amounts of which less is not plainer, only other: speeds of lines and of runs, numbers of people, what counters begin with. */
const NO_AMOUNTS: ReadonlySet<string> = new Set([
  'customers',
  'baud',
  'every',
  'person',
  'seq',
  'speed',
  'ticks',
]);
/** How many are hit is reduced as an amount: without it, all are. */
const HITS: ReadonlySet<string> = new Set(['rate', 'count']);

/** Makes values plainer: fewer customers, no more keys than are needed, smaller amounts, faults that hit once. */
export async function reduceValues(written: Written, trials: Trials): Promise<Written> {
  let left = await reduceCustomers(written, trials);
  left = await reduceKeys(left, trials);
  for (const path of amountPaths(left)) left = await reduceAt(left, path, trials);
  return left;
}

/** Customers behind the last one who takes part are only drawn. */
async function reduceCustomers(written: Written, trials: Trials): Promise<Written> {
  const most = Number(valueAt(written, CUSTOMERS));
  const least = Math.max(0, ...peopleOf(written)) + 1;
  if (!(least < most)) return written;
  const fewer = await reduceAmount(
    { least, most, step: 1 },
    findPart(trials, (customers) => withFewer(written, customers)),
  );
  return fewer === most ? written : withFewer(written, fewer);
}

/** Fewer customers, and no more of them who change their mind. */
function withFewer(written: Written, customers: number): Written {
  const fewer = withValue(written, CUSTOMERS, customers);
  return CHANGES_OF_MIND.reduce<Written>((base, path) => {
    const count = valueAt(base, path);
    return typeof count === 'number' ? withValue(base, path, Math.min(count, customers)) : base;
  }, fewer);
}

/** Takes keys away, outer ones before those within them. */
async function reduceKeys(written: Written, trials: Trials): Promise<Written> {
  let left = written;
  for (let keys = outerKeys(left, trials); keys.length > 0;) {
    const base = left;
    const all = keys;
    const withKeys = (kept: readonly WrittenPath[]): Written =>
      all.reduce(
        (rest, path) => (kept.includes(path) ? rest : withValue(rest, path, undefined)),
        base,
      );
    const kept = await reduceList(all, findPart(trials, withKeys));
    left = withKeys(kept);
    keys = kept.flatMap((path) => keysWithin(left, path, trials));
  }
  return left;
}

function outerKeys(written: Written, trials: Trials): readonly WrittenPath[] {
  const places: WrittenPath[] = PARTS.map((part) => [part]);
  for (const list of LISTS) {
    for (const index of listAt(written, [list]).keys()) places.push([list, String(index)]);
  }
  return places.flatMap((place) => keysWithin(written, place, trials));
}

/** The keys of a map that a scenario can do without; where it cannot do without a key, those within that. */
function keysWithin(written: Written, place: WrittenPath, trials: Trials): readonly WrittenPath[] {
  const value = valueAt(written, place);
  if (!isMap(value)) return [];
  return Object.keys(value)
    .map((key): WrittenPath => [...place, key])
    .filter((path) => !NO_DIALS.has(path.join('.')) && !HITS.has(path.at(-1) as string))
    .flatMap((path) =>
      trials.isScenario(withValue(written, path, undefined))
        ? [path]
        : keysWithin(written, path, trials),
    );
}

/** Paths of all amounts, in the order of the scenario. */
function amountPaths(written: Written): readonly WrittenPath[] {
  const below = (path: WrittenPath): readonly WrittenPath[] => {
    if (NO_DIALS.has(path.join('.')) || NO_AMOUNTS.has(path.at(-1) as string)) return [];
    const value = valueAt(written, path);
    if (Array.isArray(value))
      return [...value.keys()].flatMap((key) => below([...path, String(key)]));
    if (isMap(value)) return Object.keys(value).flatMap((key) => below([...path, key]));
    return readAmount(value) === undefined ? [] : [path];
  };
  return [...PARTS, ...LISTS].flatMap((part) => below([part]));
}

async function reduceAt(written: Written, path: WrittenPath, trials: Trials): Promise<Written> {
  const amount = readAmount(valueAt(written, path));
  if (amount === undefined) return written;
  const key = path.at(-1);
  // A time or a share of people is not less for being earlier or lower, but some are plainer than others.
  if (key === 'at') return (await trials.find(plainer(written, path, ['0s']))) ?? written;
  if (amount.unit === '%' && key !== 'rate') {
    return (await trials.find(plainer(written, path, ['0%', '100%']))) ?? written;
  }
  if (key !== 'rate') return lower(written, path, amount, trials);
  const once = withValue(withValue(written, path, undefined), [...path.slice(0, -1), 'count'], 1);
  return (await trials.find([once])) ?? lower(written, path, amount, trials);
}

/** The same with each of some values that stands before the present one. */
function* plainer(
  written: Written,
  path: WrittenPath,
  values: readonly string[],
): Generator<Written> {
  const present = values.indexOf(String(valueAt(written, path)));
  for (const value of present < 0 ? values : values.slice(0, present)) {
    yield withValue(written, path, value);
  }
}

async function lower(
  written: Written,
  path: WrittenPath,
  { value, unit, step, write }: WrittenAmount,
  trials: Trials,
): Promise<Written> {
  const withAmount = (amount: number): Written => withValue(written, path, write(amount));
  const least = unit === 'count' ? 1 : step;
  const lowered = await reduceAmount({ least, most: value, step }, findPart(trials, withAmount));
  return lowered === value ? written : withAmount(lowered);
}
