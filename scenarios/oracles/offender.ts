/** What an oracle holds against a run: single rows, lines or readings, each beside what really happened. */
import type { TableName, ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { maskRow } from '../evidence/masked-row.ts';
import { rowTruth } from '../evidence/row-truth.ts';
import { tellReading, tellRow } from '../evidence/truth-words.ts';

/** How many offenders a result names at most. */
export const OFFENDERS_MAX = 20;

/** One row, line or reading that an oracle complains about. */
export interface Offender {
  /** The table that it stands in, or that it is missing from. */
  readonly table: string;
  /** The row as it is or should be; personal values are replaced by words, as in `e-mail of person 7`. */
  readonly row: Readonly<Record<string, unknown>>;
  /** What really happened, in one sentence without personal data: people are "person 7". */
  readonly truth: string;
  /** Ids of the readings behind it in the ledger. */
  readonly readings: readonly number[];
  /** How often it offends in the very same way, if more than once; counted among the first 1,000. */
  readonly times?: number;
}

/** Counting what is the same among more than these would cost more than it tells. */
const COUNTED_MAX = 1_000;

/** The offenders that a result names: of many, the first that differ. A join that repeats a row offends with it again and again. */
export function firstOffenders<Item>(
  items: readonly Item[],
  toOffender: (item: Item) => Offender,
): Offender[] {
  const different = new Map<string, { readonly item: Item; times: number }>();
  for (const item of items.slice(0, COUNTED_MAX)) {
    const key = JSON.stringify(item);
    const known = different.get(key);
    if (known === undefined) different.set(key, { item, times: 1 });
    else known.times++;
  }
  return [...different.values()].slice(0, OFFENDERS_MAX).map(({ item, times }) => {
    const offender = toOffender(item);
    return times === 1 ? offender : { ...offender, times };
  });
}

/** A row of a zone; `why` goes on after what happened. */
export function rowOffender(
  evidence: Evidence,
  options: { readonly table: ZoneTableName; readonly row: ZoneRow; readonly why?: string },
): Offender {
  const { table, row, why } = options;
  const { readings } = rowTruth(evidence, table, row);
  return {
    table,
    row: maskRow(evidence.world, row),
    truth: `${tellRow(evidence, table, row)}${why === undefined ? '' : `; ${why}`}.`,
    readings: readings.map(({ id }) => id),
  };
}

/** A reading that is not where it should be: in `table`, or in landing if none is given. `why` goes on after who made it. */
export function readingOffender(
  evidence: Evidence,
  options: { readonly truth: Truth; readonly table?: TableName; readonly why: string },
): Offender {
  const { truth, why } = options;
  const landing = truth.kind === 'distance' ? 'step_trainer_landing' : 'accelerometer_landing';
  return {
    table: options.table ?? landing,
    row: rowOfReading(evidence, truth),
    truth: `${tellReading(evidence, truth)}; ${why}.`,
    readings: [truth.id],
  };
}

/** A reading as the row that it is, or would be: with the time that landed, else that of the world. */
export function rowOfReading(evidence: Evidence, truth: Truth): Record<string, unknown> {
  const { world, landed } = evidence;
  if (truth.kind === 'distance') {
    return {
      sensorReadingTime: landed.readings.get(truth.id)?.timeMs ?? truth.atMs,
      serialNumber: truth.serialNumber ?? null,
      distanceFromObject: truth.distance,
    };
  }
  const user = world.people[truth.person]?.identity.email;
  const { timeStamp, x, y, z } = truth;
  return maskRow(world, { user, timeStamp, x, y, z });
}
