/** Values that cannot be true. */
import type { SqlRow } from '../engine/duckdb.ts';
import { loadSqlText } from '../engine/sql-text.ts';
import type { AuditFinding, Check } from './finding.ts';
import { count, moment, numberIn, verb } from './wording.ts';

/** What is said about one kind of impossible value. */
interface Kind {
  readonly id: string;
  readonly titleOf: (rows: number) => string;
  readonly exampleOf: (row: SqlRow) => string;
  readonly why: string;
  readonly fix: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  time: {
    id: 'impossible-times',
    titleOf: (rows) =>
      `${count(rows, 'row')} ${verb(rows, 'was', 'were')} measured at an impossible time.`,
    exampleOf: (row) =>
      `The times reach from ${moment(row['least'])} to ${moment(row['greatest'])}.`,
    why: 'The clock was never set, or a time in seconds was taken for one in milliseconds. Consent and attribution go by the time.',
    fix: 'Set the clocks of hosts and phones before they measure, and send milliseconds since 1970.',
  },
  acceleration: {
    id: 'impossible-accelerations',
    titleOf: (rows) =>
      `${count(rows, 'sample')} ${verb(rows, 'has', 'have')} an acceleration that no phone can measure.`,
    exampleOf: (row) => `The greatest is ${numberIn(row, 'greatest')}, whatever the unit.`,
    why: 'The sensor or the app is broken, or the unit is another one. Models learn from such values.',
    fix: 'Find the app version that sends them, and leave its samples out.',
  },
  distance: {
    id: 'impossible-distances',
    titleOf: (rows) =>
      `${count(rows, 'reading')} ${verb(rows, 'has', 'have')} a distance that no trainer can measure.`,
    exampleOf: (row) =>
      `The distances reach from ${numberIn(row, 'least')} to ${numberIn(row, 'greatest')}.`,
    why: 'The sensor is broken, or a line was garbled on a cable without checksums. Models learn from such values.',
    fix: 'Check the trainers concerned with "stedi device check", and use a firmware that sends checksums.',
  },
  update: {
    id: 'impossible-updates',
    titleOf: (rows) =>
      `${count(rows, 'version')} of customers ${verb(rows, 'is', 'are')} older than the registration.`,
    exampleOf: (row) =>
      `One was written ${count(-numberIn(row, 'least'), 'ms', 'ms')} before the customer registered.`,
    why: 'The version with the latest date rules, also about consent: a wrong date lets the wrong version rule.',
    fix: 'Have the website set both dates by one clock.',
  },
  birthday: {
    id: 'impossible-birthdays',
    titleOf: (rows) =>
      `${count(rows, 'row')} of the customer feed ${verb(rows, 'has', 'have')} an impossible date of birth.`,
    exampleOf: () =>
      'The year is before 1900, or the text is not a date written YYYY-MM-DD (dates of birth are not shown).',
    why: 'The form takes anything, or a year was cut. Nothing in the zones uses it, but an age computed from it is wrong.',
    fix: 'Check the date where it is entered; until then, do not compute ages.',
  },
};

/** Impossible values of the landing tables, by kind. */
export const checkValues: Check = async (engine) => {
  const rows = await engine.query(await loadSqlText('audit/impossible-values'));
  return Object.entries(KINDS).flatMap(([kind, say]) => {
    const row = rows.find((of) => of['kind'] === kind);
    return row === undefined ? [] : [toFinding(say, row)];
  });
};

function toFinding({ id, titleOf, exampleOf, why, fix }: Kind, row: SqlRow): AuditFinding {
  const rows = numberIn(row, 'found');
  return { id, rows, title: titleOf(rows), example: exampleOf(row), why, fix, breaks: false };
}
