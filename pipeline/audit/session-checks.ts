/** Sessions: those that nobody can be found for, and those with holes. */
import type { SqlRow } from '../engine/duckdb.ts';
import { loadSqlText } from '../engine/sql-text.ts';
import type { AuditFinding, Check } from './finding.ts';
import { count, moment, numberIn, percent, serial, verb } from './wording.ts';

/** Device sessions whose person stays unknown. */
export const checkOutcomes: Check = async (engine) => {
  const rows = await engine.query(await loadSqlText('audit/session-outcomes'));
  const sessions = rows.reduce((sum, row) => sum + numberIn(row, 'found'), 0);
  const find = (outcome: string): SqlRow | undefined =>
    rows.find((row) => row['outcome'] === outcome);
  const ambiguous = find('ambiguous');
  const unattributed = find('unattributed');
  return [
    ...(ambiguous === undefined ? [] : [toAmbiguous(ambiguous, sessions)]),
    ...(unattributed === undefined ? [] : [toUnattributed(unattributed, sessions)]),
  ];
};

function toAmbiguous(row: SqlRow, sessions: number): AuditFinding {
  const rows = numberIn(row, 'found');
  return {
    id: 'sessions-ambiguous',
    rows,
    title: `${count(rows, 'session')} of trainers (${percent(rows, sessions)}) may have been walked by several people.`,
    example: describeFirst(row),
    why: 'Two explanations are about as likely. The zones leave these sessions out instead of guessing.',
    fix: 'Better clocks of phones and hosts tell more people apart, and so does a second session of the same person.',
    breaks: false,
  };
}

function toUnattributed(row: SqlRow, sessions: number): AuditFinding {
  const rows = numberIn(row, 'found');
  return {
    id: 'sessions-unattributed',
    rows,
    title: `${count(rows, 'session')} of trainers (${percent(rows, sessions)}) ${verb(rows, 'fits', 'fit')} to nobody’s phone.`,
    example: describeFirst(row),
    why: 'The phone was off, sent too little, or has a clock that is too far away. The zones leave these sessions out.',
    fix: 'Look whether phones lose their connection during exercises, and whether these trainers are in use without the app.',
    breaks: false,
  };
}

function describeFirst(row: SqlRow): string {
  return `The first is of trainer ${serial(row['example_serial'])} from ${moment(row['first_moment'])} on; all have ${count(numberIn(row, 'readings'), 'reading')}.`;
}

/** Moments that are missing inside of sessions. */
export const checkGaps: Check = async (engine) => {
  const rows = await engine.query(await loadSqlText('audit/session-gaps'));
  const found = rows.reduce((sum, row) => sum + numberIn(row, 'found'), 0);
  if (found === 0) return [];
  const sources = ['trainer', 'phone'].flatMap((source) => {
    const row = rows.find((of) => of['source'] === source);
    return row === undefined ? [] : [describeHoles(source, row)];
  });
  const first = Math.min(...rows.map((row) => numberIn(row, 'first_moment')));
  return [
    {
      id: 'session-gaps',
      rows: found,
      title: `${count(found, 'moment')} ${verb(found, 'is', 'are')} missing inside of sessions: ${sources.join(', ')}.`,
      example: `The first session with a hole began at ${moment(first)}.`,
      why: 'Readings or samples were lost on the way, or were never taken. Losses at the ends of sessions come on top: they cannot be seen.',
      fix: 'Compare with the counters of the bridge: what it counts as lost, late or rejected. Look at cables, brokers and phones.',
      breaks: false,
    },
  ];
};

function describeHoles(source: string, row: SqlRow): string {
  const missing = numberIn(row, 'found');
  const expected = numberIn(row, 'expected_moments');
  return `${missing.toLocaleString('en-US')} (${percent(missing, expected)}) in ${count(numberIn(row, 'sessions'), 'session')} of ${source}s`;
}
