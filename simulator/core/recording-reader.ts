/** Reads recordings. Whatever is wrong is told with the number of its line. */
import { ENTRY_BYTES_MAX, RECORDING_FORMAT, RECORDING_VERSION } from './recording.ts';
import type { RecordedLine, Recording, RecordingHeader } from './recording.ts';

/** A recording, or what is wrong with it: the number of the line, from 1, and a sentence. */
export type ReadRecording =
  | { readonly kind: 'recording'; readonly recording: Recording }
  | { readonly kind: 'invalid'; readonly line: number; readonly problem: string };

/** A day: what is longer was not recorded by us, and times up to it keep their µs. */
const MS_MAX = 86_400_000;
const BAUD = { min: 300, max: 4_000_000 };
const NOT_LATIN1 = /[\u0100-\uffff]/;
const IDENTITY_LENGTH_MAX = 36;

type Json = Readonly<Record<string, unknown>>;

/** Reads the text of a recording. Half a line at its end is what a crash leaves behind, and is left out. */
export function readRecording(text: string): ReadRecording {
  const rows = text.split('\n');
  // What follows the last line feed was not written to its end.
  rows.pop();
  const header = readHeader(parseRow(rows[0]));
  if (typeof header === 'string') return { kind: 'invalid', line: 1, problem: header };
  const lines: RecordedLine[] = [];
  let lastMs = 0;
  for (let index = 1; index < rows.length; index++) {
    const row = parseRow(rows[index]);
    const invalid = (problem: string): ReadRecording => ({
      kind: 'invalid',
      line: index + 1,
      problem,
    });
    if (row === undefined) return invalid('it is not a JSON object');
    const ms = readMs(row['ms'], lastMs);
    if (ms === undefined) return invalid(`"ms" must be a number from ${lastMs} to ${MS_MAX}`);
    if (row['end'] === true) {
      if (index < rows.length - 1) return invalid('there is more after the end');
      return { kind: 'recording', recording: { header, lines, durationMs: ms, complete: true } };
    }
    const line = readLine(row, ms);
    if (typeof line === 'string') return invalid(line);
    lines.push(line);
    lastMs = ms;
  }
  return { kind: 'recording', recording: { header, lines, durationMs: lastMs, complete: false } };
}

function parseRow(row: string | undefined): Json | undefined {
  try {
    const value: unknown = JSON.parse(row ?? '');
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function readHeader(row: Json | undefined): RecordingHeader | string {
  if (row?.['format'] !== RECORDING_FORMAT) {
    return `it must hold "format":"${RECORDING_FORMAT}"; this is no recording`;
  }
  if (row['version'] !== RECORDING_VERSION) {
    return `version ${JSON.stringify(row['version'])} is not known, only ${RECORDING_VERSION}`;
  }
  const { baud } = row;
  if (typeof baud !== 'number' || !(baud >= BAUD.min && baud <= BAUD.max)) {
    return `"baud" must be a number from ${BAUD.min} to ${BAUD.max}`;
  }
  const [serial, model, firmware] = [row['serial'], row['model'], row['firmware']].map(readName);
  if (serial === null || model === null || firmware === null) {
    return '"serial", "model" and "firmware" must be short texts or null';
  }
  return { baud, serial, model, firmware };
}

/** A part of an identity, undefined where it is not known, or null when it is neither. */
function readName(value: unknown): string | undefined | null {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' && value.length <= IDENTITY_LENGTH_MAX ? value : null;
}

function readMs(value: unknown, min: number): number | undefined {
  return typeof value === 'number' && value >= min && value <= MS_MAX ? value : undefined;
}

function readLine(row: Json, ms: number): RecordedLine | string {
  const { from, bytes } = row;
  if (from !== 'device' && from !== 'host') return '"from" must be "device" or "host"';
  if (typeof bytes !== 'string' || bytes === '' || NOT_LATIN1.test(bytes)) {
    return '"bytes" must be a text with one byte, 0 to 255, per character';
  }
  if (bytes.length > ENTRY_BYTES_MAX) {
    return `"bytes" holds ${bytes.length} bytes; more than ${ENTRY_BYTES_MAX} are no line`;
  }
  const firstMs = row['firstMs'] === undefined ? ms : readMs(row['firstMs'], 0);
  if (firstMs === undefined || firstMs > ms) return '"firstMs" must be a number from 0 to "ms"';
  return { ms, firstMs, from, bytes };
}
