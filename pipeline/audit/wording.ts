/** How findings put numbers, times and names into words. */
import type { SqlRow, SqlValue } from '../engine/duckdb.ts';
import type { QuarantineEntry } from '../landing/quarantine.ts';

/** A column of a row as a number; 0 where there is none. */
export function numberIn(row: SqlRow | undefined, name: string): number {
  return Number(row?.[name] ?? 0);
}

/** A number with its noun: `1 row`, `1,200 rows`. The plural is the noun with an s unless it is given. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** How much of a disk something takes: `3.1 MB`, in powers of 1,000. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  if (power === 0) return count(bytes, 'byte');
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** Where a piece of the landing zone is that cannot be read, and why, without personal data. */
export function describeEntry({ file, line, reason }: QuarantineEntry): string {
  // Keys of landing objects hold no personal data by contract; those of a stranger may.
  const place = file.includes('@') ? 'an object' : file;
  return `${place}${line > 0 ? `, line ${line}` : ''}: ${reason}.`;
}

/** A number of people. */
export function people(number: number): string {
  return count(number, 'person', 'people');
}

/** The verb that belongs to a number. */
export function verb(number: number, singular: string, plural: string): string {
  return number === 1 ? singular : plural;
}

/** A share in per cent with one digit behind the point, that is 0 and 100 only when nothing and all is meant. */
export function percent(part: number, whole: number): string {
  if (part === 0 || part === whole) return part === 0 ? '0 %' : '100 %';
  return `${Math.min(Math.max((100 * part) / whole, 0.1), 99.9).toFixed(1)} %`;
}

/** The greatest time that a date can have, in ms since 1970. */
const TIME_MAX_MS = 8.64e15;

/** A moment (epoch ms) in UTC, to the ms; a number that is no moment as it is. */
export function moment(value: SqlValue | undefined): string {
  const ms = Number(value ?? Number.NaN);
  if (!(Math.abs(ms) <= TIME_MAX_MS)) return String(value);
  return `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** A serial number from the data. What looks like an address, or is too long for a serial number, is not shown. */
export function serial(value: SqlValue | undefined): string {
  const text = String(value ?? 'without a serial number');
  return /^[\w.:-]([\w .:-]{0,62}[\w.:-])?$/.test(text) ? text : '(an unusual serial number)';
}
