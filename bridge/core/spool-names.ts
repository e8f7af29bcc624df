/** Names of the files of a spool: `<table>.<10-digit number>.segment`, with a dot for the slash of a table. */
import type { BatchTable } from './landing-batches.ts';

/** All tables, in the order in which they are shown. */
export const BATCH_TABLES: readonly BatchTable[] = [
  'accelerometer_landing',
  'step_trainer_landing',
  'quarantine/accelerometer_landing',
  'quarantine/step_trainer_landing',
];

/** Whose segment a file is. */
export interface SegmentName {
  readonly table: BatchTable;
  readonly number: number;
}

/** The file name of a segment. */
export function segmentFileName(table: BatchTable, number: number): string {
  return `${table.replace('/', '.')}.${number.toString().padStart(10, '0')}.segment`;
}

/** What a file name says; `undefined` when it is not one of a segment. */
export function parseSegmentFileName(name: string): SegmentName | undefined {
  const parts = /^(.+)\.(\d{10})\.segment$/.exec(name);
  const table = BATCH_TABLES.find((candidate) => candidate.replace('/', '.') === parts?.[1]);
  const number = Number(parts?.[2]);
  return table === undefined || number === 0 ? undefined : { table, number };
}
