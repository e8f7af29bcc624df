/**
 * Oracles of row counts: what everybody else checks. The expected counts are those that the policy under test promises,
 * computed from the people and their readings. They are blind to whose rows they are.
 */
import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { promisedRows } from '../evidence/promised-rows.ts';
import { compareWithPromise } from './count-offenders.ts';
import type { Measurement, Oracle } from './oracle.ts';
import { formatCount, formatPlural } from './oracle.ts';

/** One oracle for each table of the zones. */
export const COUNT_ORACLES: readonly Oracle[] = ZONE_TABLES.map((table) => ({
  id: `counts.${table}`,
  title: `${table} has as many rows as its policy promises`,
  unit: 'rows',
  measure: (evidence) => measureCount(evidence, table),
}));

function measureCount(evidence: Evidence, table: ZoneTableName): Measurement {
  const found = evidence.zones[table].length;
  const expected = promisedRows(evidence)[table].length;
  return {
    measured: Math.abs(found - expected),
    // A table that must be empty is tested by whatever landed and could have come into it.
    chances: Math.max(found, expected) || evidence.landed.rows,
    // Rows that are wrong in number are looked for only then: a count that is right is no proof that they are.
    offenders: found === expected ? [] : compareWithPromise(evidence, table),
    sentence: `${table} has ${formatPlural(found, 'row')}; the world gives ${formatCount(expected)}.`,
  };
}
