/** Which rows make a count wrong: those that are there and not promised, and those that are promised and not there. */
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { promisedRows, promiseKey } from '../evidence/promised-rows.ts';
import type { PromisedRow } from '../evidence/promised-rows.ts';
import { rowTruth } from '../evidence/row-truth.ts';
import { tellConsent } from '../evidence/truth-words.ts';
import {
  firstOffenders,
  NOBODY_BEHIND,
  OFFENDERS_MAX,
  readingOffender,
  rowOfReading,
  rowOffender,
  whoIsBehind,
} from './offender.ts';
import type { Offender } from './offender.ts';

/** The first of these rows. Where there are more than promised, those too many come first, else those that are missing. */
export function compareWithPromise(evidence: Evidence, table: ZoneTableName): Offender[] {
  const rows = evidence.zones[table];
  const promises = promisedRows(evidence)[table];
  const waiting = new Map<string, PromisedRow[]>();
  for (const promised of promises) {
    const key = promiseKey(promised);
    waiting.set(key, [...(waiting.get(key) ?? []), promised]);
  }
  const isTooMany = (row: ZoneRow): boolean =>
    waiting.get(keyOfRow(evidence, table, row))?.pop() === undefined;
  const tooMany = firstOffenders(rows.filter(isTooMany), (row) => {
    const isPromised = waiting.has(keyOfRow(evidence, table, row));
    const why = isPromised
      ? 'the policy promises this row, and not so often'
      : 'the policy promises no such row';
    return rowOffender(evidence, { table, row, why });
  });
  const missing = firstOffenders([...waiting.values()].flat(), (promised) =>
    missingOffender(evidence, table, promised),
  );
  const offenders =
    rows.length < promises.length ? [...missing, ...tooMany] : [...tooMany, ...missing];
  return offenders.slice(0, OFFENDERS_MAX);
}

function keyOfRow(evidence: Evidence, table: ZoneTableName, row: ZoneRow): string {
  const { readings, people } = rowTruth(evidence, table, row);
  const [truth, sample] = readings;
  if (truth !== undefined) {
    return promiseKey({ truth, ...(sample !== undefined && { sample }) });
  }
  return people[0] === undefined ? 'nobody' : promiseKey({ person: people[0] });
}

function missingOffender(
  evidence: Evidence,
  table: ZoneTableName,
  promised: PromisedRow,
): Offender {
  if ('person' in promised) return missingCustomer(evidence, table, promised.person);
  const offender = readingOffender(evidence, {
    truth: promised.truth,
    table,
    why: 'the policy promises it a row, which is missing',
  });
  const { sample } = promised;
  if (sample === undefined) return offender;
  const row = { ...offender.row, ...rowOfReading(evidence, sample) };
  const readings = [promised.truth, sample];
  return { ...offender, row, ...whoIsBehind(evidence, { readings }) };
}

/** A customer who belongs into a table and is not there. */
export function missingCustomer(
  evidence: Evidence,
  table: ZoneTableName,
  person: number,
): Offender {
  return {
    table,
    row: { email: `e-mail of person ${person}` },
    truth: `Person ${person} ${tellConsent(evidence, person)}, belongs here, and is missing.`,
    ...NOBODY_BEHIND,
    people: [person],
  };
}
