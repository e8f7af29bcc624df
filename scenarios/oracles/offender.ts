/** What an oracle holds against a run: single rows, lines or readings, each beside what really happened. */
import type { TableName, ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { maskRow, peopleInRow } from '../evidence/masked-row.ts';
import { NAMED_MAX } from '../evidence/person-names.ts';
import { rowTruth } from '../evidence/row-truth.ts';
import { placeOf, tellReading, tellRow } from '../evidence/truth-words.ts';

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
  /** Numbers of the people who are named in `row` and `truth`, or stand behind `readings`; each once. */
  readonly people: readonly number[];
  /** Numbers of the steps in their sessions that the readings are of; each once. */
  readonly steps: readonly number[];
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

/** Who and what stands behind something that offends. */
export interface Behind {
  readonly readings: readonly Truth[];
  /** The row before it is masked, where there is one. */
  readonly row?: Readonly<Record<string, unknown>>;
  /** People whom the sentence names beside those who made the readings; of many, the first count. */
  readonly people?: readonly number[];
}

/** The fields of an offender that tell whom and what it is about, for programs. */
export function whoIsBehind(
  evidence: Evidence,
  { readings, row = {}, people = [] }: Behind,
): Pick<Offender, 'readings' | 'people' | 'steps'> {
  const { world } = evidence;
  const made = readings.filter(({ person }) => person !== NOBODY);
  const senders = made.filter(({ kind }) => kind === 'acceleration');
  const named = [
    ...made.map(({ person }) => person),
    ...people.slice(0, NAMED_MAX),
    ...peopleInRow(world, row),
    // A sample names whoever has the e-mail of its phone, and several people may.
    ...senders.flatMap(({ person }) =>
      peopleInRow(world, { user: world.people[person]?.identity.email }),
    ),
  ];
  const steps = readings.flatMap((truth) => placeOf(evidence, truth)?.step ?? []);
  return {
    readings: readings.map(({ id }) => id),
    people: [...new Set(named)],
    steps: [...new Set(steps)],
  };
}

/** What nobody stands behind whom the world knows. */
export const NOBODY_BEHIND: Pick<Offender, 'readings' | 'people' | 'steps'> = {
  readings: [],
  people: [],
  steps: [],
};

/** What an oracle says of a row: `why` goes on after what happened, and may name further `people`. */
export interface RowComplaint {
  readonly table: ZoneTableName;
  readonly row: ZoneRow;
  readonly why?: string;
  readonly people?: readonly number[];
}

/** A row of a zone. */
export function rowOffender(
  evidence: Evidence,
  { table, row, why, people = [] }: RowComplaint,
): Offender {
  const behind = rowTruth(evidence, table, row);
  return {
    table,
    row: maskRow(evidence.world, row),
    truth: `${tellRow(evidence, table, row)}${why === undefined ? '' : `; ${why}`}.`,
    ...whoIsBehind(evidence, { ...behind, row, people: [...behind.people, ...people] }),
  };
}

/** What an oracle says of a reading: `why` goes on after who made it, and may name further `people`. */
export interface ReadingComplaint {
  readonly truth: Truth;
  /** Where it should be; landing if none is given. */
  readonly table?: TableName;
  readonly why: string;
  readonly people?: readonly number[];
}

/** A reading that is not where it should be. */
export function readingOffender(
  evidence: Evidence,
  { truth, table, why, people = [] }: ReadingComplaint,
): Offender {
  const landing = truth.kind === 'distance' ? 'step_trainer_landing' : 'accelerometer_landing';
  return {
    table: table ?? landing,
    row: rowOfReading(evidence, truth),
    truth: `${tellReading(evidence, truth)}; ${why}.`,
    ...whoIsBehind(evidence, { readings: [truth], people }),
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
