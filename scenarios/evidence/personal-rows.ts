/** The rows of all zones with the people that they are about: what oracles of consent look at. */
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from './evidence.ts';
import { judgePairs } from './ml-pairs.ts';

/** A row of a zone: who it is about, and the time of the reading in it, if it holds one. */
export interface PersonalRow {
  readonly table: ZoneTableName;
  readonly row: ZoneRow;
  readonly people: readonly number[];
  /** Epoch ms, as the row has it. */
  readonly timeMs: number | undefined;
}

const cache = new WeakMap<Evidence, readonly PersonalRow[]>();

/** All rows of the zones. The result is kept, because several oracles need it. */
export function personalRows(evidence: Evidence): readonly PersonalRow[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const rows = findPersonalRows(evidence);
  cache.set(evidence, rows);
  return rows;
}

function findPersonalRows(evidence: Evidence): PersonalRow[] {
  const { zones } = evidence;
  const rowsOf = (
    table: ZoneTableName,
    personOf: (row: ZoneRow) => number | undefined,
    timeColumn?: string,
  ): PersonalRow[] =>
    zones[table].map((row) => {
      const person = personOf(row);
      const timeMs = timeColumn === undefined ? undefined : Number(row[timeColumn]);
      return { table, row, people: person === undefined ? [] : [person], timeMs };
    });
  const pairs = judgePairs(evidence).map(({ row, distance, acceleration }): PersonalRow => ({
    table: 'machine_learning_curated',
    row,
    people: [distance?.person, acceleration?.person].filter((person) => person !== undefined),
    timeMs: Number(row['sensorReadingTime']),
  }));
  return [
    ...rowsOf('customer_trusted', (row) => evidence.customerOf(row)),
    ...rowsOf('customer_curated', (row) => evidence.customerOf(row)),
    ...rowsOf('accelerometer_trusted', (row) => evidence.personOf(row['user']), 'timeStamp'),
    ...rowsOf('step_trainer_trusted', (row) => evidence.walkerOf(row), 'sensorReadingTime'),
    ...pairs,
  ];
}
