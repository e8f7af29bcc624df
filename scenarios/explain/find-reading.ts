/** Finds the reading that somebody means: by its id, by person and time, or by a row of a table. */
import type { Truth } from '../../simulator/index.ts';
import { tellTime } from '../evidence/person-names.ts';
import { ScenarioError } from '../scenario-error.ts';
import { parseRow } from './row-text.ts';
import type { Row } from './row-text.ts';
import type { LedgerEntry, RunLedger } from './run-ledger.ts';

const DAY_MS = 86_400_000;
/** A reading that is further from the time that was given is another one. */
const NEAR_MS = 5_000;
/** A landed trainer reading may be this far from the truth: clocks are fitted. */
const LANDED_MS = 500;

const FORMS =
  'Give the id of a reading such as 412, "person 7 at 14:02:11.5", or a row: "serial|time|distance", "user|time|x|y|z", or its JSON.';

/**
 * Finds a reading.
 *
 * @throws ScenarioError READING_NOT_FOUND with what would be understood
 */
export function findReading(text: string, ledger: RunLedger): LedgerEntry {
  const wanted = text.trim();
  const byPerson = /^person\s+(\d+)\s*(?:\bat\b)?(.*)$/i.exec(wanted);
  if (/^\d+$/.test(wanted)) return findById(Number(wanted), ledger);
  if (byPerson !== null) {
    const [, person = '', time = ''] = byPerson;
    return findByTime({ person: Number(person), time: time.trim() }, ledger);
  }
  const row = parseRow(wanted);
  if (row === undefined) throw unknown(`"${wanted}" is no reading. ${FORMS}`);
  return findByRow(row, ledger);
}

function findById(id: number, { entries }: RunLedger): LedgerEntry {
  const entry = entries[id];
  if (entry !== undefined) return entry;
  throw unknown(
    entries.length === 0
      ? 'Nobody made a reading in this run.'
      : `There is no reading ${id}: this run has the readings 0 to ${entries.length - 1}.`,
  );
}

function findByTime(
  { person, time }: { readonly person: number; readonly time: string },
  { world, entries }: RunLedger,
): LedgerEntry {
  if (world.people[person] === undefined) {
    throw unknown(
      world.people.length === 0
        ? 'There are no people in this run.'
        : `There is no person ${person}: people have the numbers 0 to ${world.people.length - 1}.`,
    );
  }
  const moments = momentsOf(time, world.spec.startMs, world.endMs);
  if (moments.length === 0) {
    const what = time === '' ? `Which reading of person ${person}?` : `"${time}" is no time.`;
    throw unknown(
      `${what} Write the moment as 14:02:11.5 or 2022-06-18T14:02:11.5Z (UTC): "person ${person} at 14:02:11.5".`,
    );
  }
  const own = entries.filter((entry) => entry.person === person);
  const distanceOf = ({ atMs }: Truth): number =>
    Math.min(...moments.map((moment) => Math.abs(moment - atMs)));
  const nearest = own.reduce<LedgerEntry | undefined>(
    (best, entry) => (best === undefined || distanceOf(entry) < distanceOf(best) ? entry : best),
    undefined,
  );
  if (nearest !== undefined && distanceOf(nearest) <= NEAR_MS) return nearest;
  throw unknown(
    nearest === undefined
      ? `Person ${person} made no reading in this run.`
      : `Person ${person} made no reading within ${NEAR_MS / 1000} s of ${time}. The nearest is ${nearest.id}, at ${tellTime(nearest.atMs)}.`,
  );
}

/** A time of day is meant on any day of the world. */
function momentsOf(time: string, startMs: number, endMs: number): number[] {
  const full = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z?$/.test(time)
    ? Date.parse(time.endsWith('Z') ? time : `${time}Z`)
    : Number.NaN;
  if (!Number.isNaN(full)) return [full];
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(time);
  if (parts === null) return [];
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return [];
  const ofDayMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const moments: number[] = [];
  for (let day = Math.floor(startMs / DAY_MS); day * DAY_MS <= endMs; day++) {
    moments.push(day * DAY_MS + ofDayMs);
  }
  return moments;
}

function findByRow(row: Row, { world, entries }: RunLedger): LedgerEntry {
  const found =
    row['serialNumber'] === undefined
      ? entries.find((entry) => entry.kind === 'acceleration' && isSample(entry))
      : nearestDistance(row, entries);
  if (found !== undefined) return found;
  throw unknown('No reading of this run stands behind this row: nobody made it.');

  function isSample(entry: Extract<LedgerEntry, { kind: 'acceleration' }>): boolean {
    const email = world.people[entry.person]?.identity.email.toLowerCase();
    const user = String(row['user']).toLowerCase();
    // Commands show rows with words in place of the e-mail; such a row can be given back as it is.
    return (
      (user === email || user === `e-mail of person ${entry.person}`) &&
      (['timeStamp', 'x', 'y', 'z'] as const).every((name) => entry[name] === Number(row[name]))
    );
  }
}

function nearestDistance(row: Row, entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const timeMs = Number(row['sensorReadingTime']);
  const awayMs = ({ atMs }: Truth): number => Math.abs(atMs - timeMs);
  return entries
    .filter(
      (entry) =>
        entry.kind === 'distance' &&
        entry.serialNumber === row['serialNumber'] &&
        entry.distance === Number(row['distanceFromObject']) &&
        awayMs(entry) <= LANDED_MS,
    )
    .sort((left, right) => awayMs(left) - awayMs(right))[0];
}

function unknown(message: string): ScenarioError {
  return new ScenarioError('READING_NOT_FOUND', message);
}
