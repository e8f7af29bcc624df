/**
 * Rows as newline-delimited JSON. The text is what JSON.stringify gives; it is put together from pieces that neighbours
 * have in common, and from times in halves, which takes a third of the time.
 */
import { LANDING_COLUMNS } from './landing-columns.ts';
import type { LandingColumn, LandingObjectKind } from './landing-columns.ts';
import type { AccelerometerRow, LandingHousehold, StepTrainerRow } from './landing-rows.ts';

/** Characters that stand for themselves in a JSON text. */
const PLAIN = /^[ !#-[\]-~]*$/;
const HALF_MS = 1_000_000;
const THREE_DIGITS: readonly string[] = Array.from({ length: 1_000 }, (_, value) =>
  value.toString().padStart(3, '0'),
);

/** One line for every row of a kind, each with its LF. */
export function ndjsonText(household: LandingHousehold, kind: LandingObjectKind): string {
  if (kind === 'accelerometer_landing') return accelerometerText(household[kind]);
  if (kind === 'step_trainer_landing') return stepTrainerText(household[kind]);
  const times = new TimeText();
  let text = '';
  for (const row of household[kind]) text += rowText(row, LANDING_COLUMNS[kind], times);
  return text;
}

function rowText(row: object, columns: readonly LandingColumn[], times: TimeText): string {
  let text = '';
  for (const { name, type } of columns) {
    const value = (row as Readonly<Record<string, string | number | undefined>>)[name];
    if (value === undefined) continue;
    const written =
      typeof value === 'string' ? stringText(value) : type === 'time' ? times.text(value) : value;
    text += `${text === '' ? '{' : ','}"${name}":${written}`;
  }
  return `${text}}\n`;
}

function stringText(value: string): string {
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

function accelerometerText(rows: readonly AccelerometerRow[]): string {
  const times = new TimeText();
  let text = '';
  let user: string | undefined;
  let timeStamp = NaN;
  let [beforeTime, beforeX] = ['', ''];
  for (const row of rows) {
    if (row.user !== user) {
      user = row.user;
      timeStamp = NaN;
      beforeTime = `{"user":${stringText(user)},"timeStamp":`;
    }
    if (row.timeStamp !== timeStamp) {
      timeStamp = row.timeStamp;
      beforeX = `${beforeTime}${times.text(timeStamp)},"x":`;
    }
    text += `${beforeX}${row.x},"y":${row.y},"z":${row.z}}\n`;
  }
  return text;
}

function stepTrainerText(rows: readonly StepTrainerRow[]): string {
  const times = new TimeText();
  let text = '';
  let serialNumber: string | undefined;
  let middle = '';
  for (const row of rows) {
    if (row.serialNumber !== serialNumber) {
      serialNumber = row.serialNumber;
      middle = `,"serialNumber":${stringText(serialNumber)},"distanceFromObject":`;
    }
    const time = times.text(row.sensorReadingTime);
    text += `{"sensorReadingTime":${time}${middle}${row.distanceFromObject}}\n`;
  }
  return text;
}

/** Writes times: the upper half of the digits changes once in a quarter of an hour, the lower half comes from a table. */
class TimeText {
  #high = -1;
  #highText = '';

  text(ms: number): string {
    if (ms < HALF_MS) return String(ms);
    const high = Math.floor(ms / HALF_MS);
    const low = ms - high * HALF_MS;
    if (high !== this.#high) {
      this.#high = high;
      this.#highText = String(high);
    }
    return `${this.#highText}${THREE_DIGITS[Math.floor(low / 1_000)]}${THREE_DIGITS[low % 1_000]}`;
  }
}
