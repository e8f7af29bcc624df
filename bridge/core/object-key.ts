/** Names of landing objects, and how text that others chose becomes part of one. */
import type { BatchTable } from './landing-batches.ts';

/**
 * The longest bridge id in UTF-16 units. With it, the longest file name that is made of a segment has 242 bytes, and that
 * of what is landed from its quarantine 254: file systems take 255. A key stays far below the 1,024 of S3.
 */
export const BRIDGE_ID_LENGTH_MAX = 32;

/** What a segment of the spool is stored as: whole, what could be read of it, or what is told of its damage. */
export type SegmentPart = 'whole' | 'salvaged' | 'damage';

/** A segment, as far as its name goes. */
export interface SegmentName {
  /** At most {@link BRIDGE_ID_LENGTH_MAX} long; any text. */
  readonly bridgeId: string;
  /** Lower-case letters and digits, at most 12. */
  readonly spoolId: string;
  readonly table: BatchTable;
  readonly number: number;
  /** Epoch ms. */
  readonly firstArrivalMs: number;
  readonly part: SegmentPart;
}

const ESCAPE = '!';
const PLAIN = /^[a-z0-9-]$/;
/** The other characters that need no escape, except where a name begins: what begins with `_` is hidden from Athena and Spark. */
const PLAIN_INSIDE = '_';
/** Windows takes these for devices, alone or in front of a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const ESCAPED = /!(?:u([0-9a-f]{4})|([0-9a-f]{2}))/g;
const UNIT_HEX_DIGITS = 4;
const NUMBER_DIGITS = 10;

/**
 * Any text as a part of an object key or as a file name: lower-case letters, digits, `-` and, inside, `_` stand for
 * themselves, every other UTF-16 unit as `!xx` or `!uxxxx`; nothing at all is `!`. So it is never empty, `.` or `..`, has no
 * separator, begins with nothing that hides it, and differs from every other also where case does not count. At most six
 * bytes per unit of the text.
 */
export function encodeKeyPart(text: string): string {
  if (text === '') return ESCAPE;
  const isDevice = DEVICE.test(text);
  let name = '';
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const isPlain = index === 0 ? PLAIN.test(unit) && !isDevice : isPlainInside(unit);
    name += isPlain ? unit : escapeUnit(unit);
  }
  return name;
}

/** The text that {@link encodeKeyPart} made a name of; `undefined` for a name that it never makes. */
export function decodeKeyPart(name: string): string | undefined {
  if (name === ESCAPE) return '';
  const text = name.replace(ESCAPED, (_all, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
  );
  return encodeKeyPart(text) === name ? text : undefined;
}

/** The key of the object that a segment is stored as. It is the same whenever and however often that is tried. */
export function segmentKey(segment: SegmentName): string {
  const { bridgeId, spoolId, table, number, firstArrivalMs, part } = segment;
  const day = new Date(firstArrivalMs).toISOString().slice(0, 10);
  const digits = number.toString().padStart(NUMBER_DIGITS, '0');
  const name = `${encodeKeyPart(bridgeId)}-${spoolId}-${digits}`;
  if (part === 'damage') {
    // Damage of both lanes of a table is told in its one quarantine folder.
    const lane = table.startsWith('quarantine/') ? 'quarantine' : 'landing';
    return `${quarantineOf(table)}/date=${day}/${name}-${lane}-damage.json.gz`;
  }
  return `${table}/date=${day}/${name}${part === 'salvaged' ? '-salvaged' : ''}.json.gz`;
}

/** Where a table's quarantine lies. */
export function quarantineOf(table: BatchTable): BatchTable {
  return table.startsWith('quarantine/') ? table : (`quarantine/${table}` as BatchTable);
}

function isPlainInside(unit: string): boolean {
  return PLAIN.test(unit) || unit === PLAIN_INSIDE;
}

function escapeUnit(unit: string): string {
  const hex = unit.charCodeAt(0).toString(16);
  return hex.length <= 2
    ? `${ESCAPE}${hex.padStart(2, '0')}`
    : `${ESCAPE}u${hex.padStart(UNIT_HEX_DIGITS, '0')}`;
}
