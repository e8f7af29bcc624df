/** Dirt of single records: each as a change of the text of one record. */
import type { LandingTableName } from '../../../pipeline/index.ts';
import type { RECORD_DIRT } from '../../schema/index.ts';
import type { FileRecord } from './landing-file.ts';

/** A kind of dirt of records. */
export type RecordDirt = keyof typeof RECORD_DIRT;

/** Deeper than any record may be. */
const DEPTH = 200;

/** A number of each table whose value somebody needs, and its time. */
const NUMBERS: Readonly<Record<LandingTableName, { value: string; time: string }>> = {
  customer_landing: { value: 'registrationDate', time: 'registrationDate' },
  accelerometer_landing: { value: 'x', time: 'timeStamp' },
  step_trainer_landing: { value: 'distanceFromObject', time: 'sensorReadingTime' },
};

/** Makes a record dirty; a record that is damaged already stays as it is. False when nothing was done. */
export function soilRecord(kind: RecordDirt, table: LandingTableName, record: FileRecord): boolean {
  if (record.damage !== undefined) return false;
  const { value, time } = NUMBERS[table];
  const before = record.text;
  switch (kind) {
    case 'nan':
      return change(record, setNumber(before, value, 'NaN'), /JSON/);
    case 'huge-number':
      return change(record, setNumber(before, time, '1e999'), /finite/);
    case 'deep-nesting': {
      const lists = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
      return change(record, before.replace(/\}$/, `,"extra":${lists}}`), /JSON/);
    }
    case 'trailing-comma':
      return change(record, before.replace(/\}$/, ',}'), /JSON/);
    case 'key-spelling':
      return change(record, before.replace('"timeStamp":', '"timestamp":'), undefined);
  }
}

function setNumber(text: string, column: string, number: string): string {
  return text.replace(new RegExp(`("${column}":)-?[\\d.]+`), `$1${number}`);
}

function change(record: FileRecord, text: string, damage: RegExp | undefined): boolean {
  if (text === record.text) return false;
  record.text = text;
  if (damage !== undefined) record.damage = damage;
  return true;
}
