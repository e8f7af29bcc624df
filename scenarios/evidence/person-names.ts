/** What people and moments are called in reports: without personal data, and the same everywhere. */
import { NOBODY } from '../../simulator/index.ts';

/** A moment (epoch ms) as reports write it: UTC, with ms. */
export function tellTime(timeMs: number): string {
  const isTime = Number.isFinite(timeMs) && Math.abs(timeMs) <= 8.64e15;
  return isTime ? new Date(timeMs).toISOString() : `${timeMs} ms`;
}

/** What a person is called. */
export function namePerson(person: number | undefined): string {
  return person === undefined || person === NOBODY ? 'nobody' : `person ${person}`;
}

/** So many of several people are named one by one. */
export const NAMED_MAX = 3;

/** Several people by their numbers; of many, the first {@link NAMED_MAX}. */
export function namePeople(people: readonly number[]): string {
  if (people.length === 0) return 'nobody';
  const names = people.slice(0, NAMED_MAX).map(namePerson);
  if (people.length > names.length) names.push(`${people.length - names.length} more`);
  const last = names.pop() as string;
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
