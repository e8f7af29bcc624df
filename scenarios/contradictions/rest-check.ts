/** What contradicts itself in a scenario of which some values are wrong: everything is told at once. */
import type * as z from 'zod';
import { nearestWord } from '../../presentation/index.ts';
import { findContradictions } from '../planning/plan.ts';
import { valueAt, withValueAt } from '../reading/written-path.ts';
import { scenarioSchema } from '../schema/index.ts';
import type { Contradiction } from './contradiction.ts';

type Path = readonly PropertyKey[];

/** Each round takes at least one value or key out; a file that is wrong in more places has enough complaints. */
const ROUNDS_MAX = 50;

/** What stands for values that are wrong and that a scenario needs. No contradiction comes from them alone. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  '': {},
  version: 1,
  name: 'Nobody knows yet',
  world: { start: '2022-06-18T15:00:00Z', customers: 1, consent: { research: '100%' } },
  'world.start': '2022-06-18T15:00:00Z',
  'world.customers': 1,
  'world.consent': { research: '100%' },
  'world.consent.research': '100%',
  'world.consent.changes.*': { at: '0s', person: 0, research: 'given' },
  'world.serials.changes.*': { at: '0s' },
  'devices.phone.clock.changes.*': { at: '0s', skew: '0ms' },
  run: { duration: '720h' },
  'run.duration': '720h',
  expect: { 'landing.lost': 0 },
  'expect.sometimes.*': 'serial-shared',
  'faults.*': { kind: 'partial-listing', on: 's3' },
  'run.swarm.faults.*': { kind: 'partial-listing', on: 's3' },
  'landing.*': { kind: 'crlf', table: 'customer_landing', count: 1 },
};

/** The paths of what was found wrong: of all of it, and of keys that nobody knows alone. */
interface Found {
  readonly wrong: Path[];
  readonly strange: Path[];
}

/**
 * What is wrong with a scenario apart from the `issues` that were found in it. Nothing is said that follows from a value
 * which is wrong itself, or from one that may stand under a misspelled key.
 */
export function checkRest(written: unknown, issues: readonly z.core.$ZodIssue[]): Contradiction[] {
  const found: Found = { wrong: [], strange: [] };
  let rest = takeOut(written, issues, found);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const result = scenarioSchema.safeParse(rest);
    if (result.success) {
      return findContradictions(result.data).filter(
        (contradiction) => !dependsOnWrong(contradiction, found, written),
      );
    }
    rest = takeOut(rest, result.error.issues, found);
  }
  return [];
}

function takeOut(written: unknown, issues: readonly z.core.$ZodIssue[], found: Found): unknown {
  let rest = written;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const path = [...issue.path, key];
        found.strange.push(path);
        found.wrong.push(path);
        rest = withValueAt(rest, path, undefined);
      }
    } else {
      found.wrong.push(issue.path);
      rest = standIn(rest, issue.path);
    }
  }
  return rest;
}

/** Puts a stand-in to a place; without one takes the value out, and what is not there with what it is missing from. */
function standIn(rest: unknown, path: Path): unknown {
  const place = path.map((step) => (typeof step === 'number' ? '*' : String(step))).join('.');
  if (Object.hasOwn(STAND_INS, place)) return withValueAt(rest, path, STAND_INS[place]);
  const isInList = typeof path.at(-1) === 'number';
  if (isInList || valueAt(rest, path) === undefined) return standIn(rest, path.slice(0, -1));
  return withValueAt(rest, path, undefined);
}

function dependsOnWrong(
  { path, because = [] }: Contradiction,
  { wrong, strange }: Found,
  written: unknown,
): boolean {
  if (wrong.some((place) => isWithin(path, place))) return true;
  return because
    .map((place) => place.split('.'))
    .some((place) => {
      if (wrong.some((other) => isWithin(place, other) || isWithin(other, place))) return true;
      const isAbsent = valueAt(written, place) === undefined;
      return isAbsent && strange.some((other) => isMisspelled(place, other));
    });
}

/** Whether a key that nobody knows may be meant for a step of a path. */
function isMisspelled(path: Path, strange: Path): boolean {
  const around = strange.slice(0, -1);
  const step = path[around.length];
  if (step === undefined || !isWithin(path, around)) return false;
  return nearestWord(String(strange.at(-1)), [String(step)]) !== undefined;
}

/** Whether a path is another one, or leads further down from there. */
function isWithin(path: Path, around: Path): boolean {
  return around.every((step, at) => path[at] === step);
}
