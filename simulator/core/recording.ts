/**
 * A recording of what passed between a host and a device: a text file with one JSON object per line.
 *
 * The first line is the header, then comes one line for each line on the wire, and at last the end, without which the
 * recording was cut off. Times are ms since the recording began; nothing in a recording tells when or where that was.
 */

/** What stands in the first line of every recording. */
export const RECORDING_FORMAT = 'stedi-recording';
/** The version of the format that is described here. */
export const RECORDING_VERSION = 1;
/** Longest piece of bytes in one entry: what has no line end for longer is cut up. */
export const ENTRY_BYTES_MAX = 1024;

/** Who was recorded, and at which baud rate; parts of the identity are undefined when the device did not tell. */
export interface RecordingHeader {
  readonly baud: number;
  readonly serial: string | undefined;
  readonly model: string | undefined;
  readonly firmware: string | undefined;
}

/**
 * One line on the wire with its line end, or a piece without one; one byte per character (latin1). `ms` is when its last
 * byte was seen, `firstMs` when its first was.
 */
export interface RecordedLine {
  readonly ms: number;
  readonly firstMs: number;
  readonly from: 'device' | 'host';
  readonly bytes: string;
}

/** A recording as it was read. `complete` is false when it was cut off: its beginning is good all the same. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly lines: readonly RecordedLine[];
  /** How long it was recorded, in ms. */
  readonly durationMs: number;
  readonly complete: boolean;
}

/** The first line of a recording, with its line feed. */
export function formatRecordingHeader(header: RecordingHeader): string {
  const { baud, serial, model, firmware } = header;
  const about =
    'Times are ms since the recording began. The host_ms of SYNC and the times of raw records count from there, too.';
  return formatLine({
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    about,
    baud,
    serial: serial ?? null,
    model: model ?? null,
    firmware: firmware ?? null,
  });
}

/** The entry of a line on the wire, with its line feed. */
export function formatRecordedLine({ ms, firstMs, from, bytes }: RecordedLine): string {
  const first = roundMs(firstMs) === roundMs(ms) ? {} : { firstMs: roundMs(firstMs) };
  return formatLine({ ms: roundMs(ms), ...first, from, bytes });
}

/** The last line of a recording, with its line feed. */
export function formatRecordingEnd(ms: number): string {
  return formatLine({ ms: roundMs(ms), end: true });
}

/** To the µs: more digits say nothing. */
function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** ASCII throughout, so that no editor and no mail changes a byte. */
function formatLine(value: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
