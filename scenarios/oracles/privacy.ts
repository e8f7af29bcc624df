/** Oracles of consent and personal data: whose rows are in the zones, from when, and what they tell about a person. */
import { TABLES } from '../../pipeline/index.ts';
import { hasWithdrawn } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { judgePairs } from '../evidence/ml-pairs.ts';
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** A row of a zone: who it is about, and the time of the reading in it, if it holds one. */
interface PersonalRow {
  readonly people: readonly number[];
  readonly timeMs: number | undefined;
}

/** Rows of the zones about people who do not share their data. */
export const PRIVACY_LEAKS: Oracle = {
  id: 'privacy.leaks',
  title: 'Nobody is in the zones who does not share data for research',
  unit: 'rows',
  measure: (evidence) => {
    const sharing = evidence.world.people.map(({ id }) => evidence.consentFrom(id) !== undefined);
    const leaks = rowsAbout(evidence, (id) => sharing[id] === false);
    const canaries = sharing.filter((shares) => !shares).length;
    return {
      measured: leaks.rows,
      chances: canaries,
      offenders: [],
      sentence: `${formatCount(leaks.rows)} rows in the zones are about ${formatCount(leaks.people)} of the ${formatCount(canaries)} people who do not share data for research.`,
    };
  },
};

/** Rows of the zones about people who took their consent back. */
export const CONSENT_WITHDRAWAL: Oracle = {
  id: 'consent.withdrawal',
  title: 'Nobody is in the zones who withdrew consent',
  unit: 'rows',
  measure: (evidence) => {
    const withdrawn = evidence.world.consents.map(hasWithdrawn);
    const found = rowsAbout(evidence, (id) => withdrawn[id] === true);
    const chances = withdrawn.filter(Boolean).length;
    return {
      measured: found.rows,
      chances,
      offenders: [],
      sentence: `${formatCount(found.rows)} rows in the zones are about ${formatCount(found.people)} of the ${formatCount(chances)} people who withdrew their consent.`,
    };
  },
};

/** Rows with readings from before the date of consent. */
export const CONSENT_DATE: Oracle = {
  id: 'consent.date',
  title: 'Readings count from the date of consent on',
  unit: 'rows',
  measure: (evidence) => {
    const isEarly = (person: number, timeMs: number): boolean => {
      const fromMs = evidence.consentFrom(person);
      return fromMs !== undefined && timeMs < fromMs;
    };
    const rows = countRows(
      evidence,
      ({ people, timeMs }) => timeMs !== undefined && people.some((id) => isEarly(id, timeMs)),
    );
    const chances = evidence.readings.filter((truth) => {
      const landed = evidence.landed.readings.get(truth.id);
      return landed !== undefined && isEarly(truth.person, landed.timeMs);
    }).length;
    return {
      measured: rows,
      chances,
      offenders: [],
      sentence: `${formatCount(rows)} rows in the zones hold readings from before their person's consent; ${formatCount(chances)} such readings landed.`,
    };
  },
};

/** Columns of the ML table that are personal, by their name or by the values in them. */
export const PRIVACY_PERSONAL_DATA: Oracle = {
  id: 'privacy.personalData',
  title: 'The ML table holds no personal data',
  unit: 'columns',
  measure: ({ world, zones }) => {
    const personal = new Set(
      world.people.flatMap(({ identity }) =>
        (Object.values(identity) as string[]).map((value) => value.toLowerCase()),
      ),
    );
    const personalNames = new Set(
      Object.values(TABLES)
        .flatMap(({ columns }) => columns)
        .filter((column) => column.personal)
        .map((column) => column.name.toLowerCase()),
    );
    const rows = zones.machine_learning_curated;
    const columns = Object.keys(rows[0] ?? {}).filter(
      (name) =>
        personalNames.has(name.toLowerCase()) ||
        rows.some((row) => personal.has(String(row[name]).toLowerCase())),
    );
    return {
      measured: columns.length,
      chances: rows.length,
      offenders: [],
      sentence:
        columns.length === 0
          ? 'No column of machine_learning_curated holds personal data.'
          : `${formatCount(rows.length)} rows of machine_learning_curated hold personal data in ${columns.join(', ')}.`,
    };
  },
};

/** The rows about certain people, and how many of these people are in them. */
function rowsAbout(
  evidence: Evidence,
  isMeant: (person: number) => boolean,
): { readonly rows: number; readonly people: number } {
  const found = personalRows(evidence)
    .map(({ people }) => people.filter(isMeant))
    .filter((people) => people.length > 0);
  return { rows: found.length, people: new Set(found.flat()).size };
}

function countRows(evidence: Evidence, isCounted: (row: PersonalRow) => boolean): number {
  return personalRows(evidence).filter(isCounted).length;
}

const cache = new WeakMap<Evidence, readonly PersonalRow[]>();

function personalRows(evidence: Evidence): readonly PersonalRow[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const rows = [
    ...evidence.zones.customer_trusted.map((row) => about(evidence.personOf(row['email']))),
    ...evidence.zones.customer_curated.map((row) => about(evidence.personOf(row['email']))),
    ...evidence.zones.accelerometer_trusted.map((row) =>
      about(evidence.personOf(row['user']), Number(row['timeStamp'])),
    ),
    ...evidence.zones.step_trainer_trusted.map((row) =>
      about(evidence.walkerOf(row), Number(row['sensorReadingTime'])),
    ),
    ...judgePairs(evidence).map(({ row, distance, acceleration }) => ({
      people: [distance?.person, acceleration?.person].filter((person) => person !== undefined),
      timeMs: Number(row['sensorReadingTime']),
    })),
  ];
  cache.set(evidence, rows);
  return rows;
}

function about(person: number | undefined, timeMs?: number): PersonalRow {
  return { people: person === undefined ? [] : [person], timeMs };
}
