/** Rows as they may be shown and mailed: what is personal in them is replaced by words. */
import { TABLES } from '../../pipeline/index.ts';
import type { Identity, World } from '../../simulator/index.ts';
import { namePeople, NAMED_MAX } from './person-names.ts';

const WORDS: Readonly<Record<keyof Identity, string>> = {
  customerName: 'name',
  email: 'e-mail',
  phone: 'phone number',
  birthDay: 'birthday',
};

const PERSONAL_COLUMNS: ReadonlySet<string> = new Set(
  Object.values(TABLES).flatMap(({ columns }) =>
    columns.filter(({ personal }) => personal).map(({ name }) => name.toLowerCase()),
  ),
);

/** What stands for a personal value, and the people whose value it is. */
interface Told {
  readonly words: string;
  readonly people: readonly number[];
}

const cache = new WeakMap<World, ReadonlyMap<string, Told>>();

/** The row with personal values in words, such as `e-mail of person 7`, whatever their columns are called. */
export function maskRow(
  world: World,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const told = toldOf(world);
  const mask = (name: string, value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    const known = typeof value === 'string' ? told.get(value.toLowerCase())?.words : undefined;
    return known ?? (PERSONAL_COLUMNS.has(name.toLowerCase()) ? 'personal, of nobody' : value);
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, mask(name, value)]));
}

/** The people whom a masked row names: each once, of those who share a value the first ones. */
export function peopleInRow(world: World, row: Readonly<Record<string, unknown>>): number[] {
  const told = toldOf(world);
  const people = Object.values(row).flatMap((value) =>
    typeof value === 'string' ? (told.get(value.toLowerCase())?.people ?? []) : [],
  );
  return [...new Set(people)];
}

/** Shorter values, such as a first name of three letters, occur in any text. */
const TELLING_LENGTH_MIN = 6;

/** Everything in this world that tells by itself who somebody is, in lower case: what no text of ours may hold. */
export function personalValues(world: World): readonly string[] {
  return [...toldOf(world).keys()].filter(({ length }) => length >= TELLING_LENGTH_MIN);
}

/** True for a value that tells who somebody of this world is, in any case of its letters. */
export function isPersonal(world: World, value: unknown): boolean {
  return typeof value === 'string' && toldOf(world).has(value.toLowerCase());
}

function toldOf(world: World): ReadonlyMap<string, Told> {
  const known = cache.get(world);
  if (known !== undefined) return known;
  const people = new Map<string, { readonly word: string; readonly people: number[] }>();
  for (const { id, identity } of world.people) {
    for (const [name, word] of Object.entries(WORDS)) {
      const value = identity[name as keyof Identity].toLowerCase();
      const entry = people.get(value);
      if (entry === undefined) people.set(value, { word, people: [id] });
      else entry.people.push(id);
    }
  }
  const told = new Map(
    [...people].map(([value, { word, people: owners }]): [string, Told] => [
      value,
      { words: `${word} of ${namePeople(owners)}`, people: owners.slice(0, NAMED_MAX) },
    ]),
  );
  cache.set(world, told);
  return told;
}
