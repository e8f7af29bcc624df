/** What lies in a storage, line by line: unpacked, checked for torn ends, and told apart by landing and quarantine. */
import { gunzipSync } from 'node:zlib';
import { parseSeriesKey } from './segment-series.ts';

/** An object of the storage. */
export interface Landed {
  readonly key: string;
  /** As it is stored: gzip, or plain newline-delimited JSON. */
  readonly body: Uint8Array;
}

/** All lines of all objects. */
export interface LandedLines {
  /** How often each landing row is there. */
  readonly rows: ReadonlyMap<string, number>;
  /** How often each original is in quarantine: as text, or as base64 where it is not UTF-8. */
  readonly quarantined: ReadonlyMap<string, number>;
  /** Quarantine lines about bytes and segments that the spool lost. */
  readonly damage: readonly string[];
  /** Objects and lines that cannot be read as a whole. */
  readonly torn: readonly string[];
  /** Numbers that a series of objects lacks, and of which no quarantine tells either. */
  readonly gaps: readonly string[];
  /** Objects that contradict each other, and rows under another table's name. */
  readonly clashes: readonly string[];
  /** Lines of segments that were stored whole before they were damaged, and are there a second time for that. */
  readonly salvagedAgain: number;
}

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const DAMAGE = new Set(['spool-damaged', 'spool-segment-missing']);
const REASON = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads everything that landed. */
export function readLanded(objects: readonly Landed[]): LandedLines {
  const found: Collected = {
    rows: new Map(),
    quarantined: new Map(),
    damage: [],
    torn: [],
    clashes: [],
    salvagedAgain: 0,
  };
  const keys = new Set(objects.map(({ key }) => key));
  for (const { key, body } of objects) {
    const text = unpacked(body);
    if (text === undefined) {
      found.torn.push(`${key} cannot be unpacked to its end as UTF-8 (${body.length} bytes)`);
      continue;
    }
    const lines = text.split('\n');
    if (lines.pop() !== '') found.torn.push(`${key} does not end with LF`);
    const isAgain = key.includes('-salvaged.') && keys.has(key.replace('-salvaged.', '.'));
    const isQuarantine = /(^|\/)quarantine\//.test(key);
    for (const line of lines) {
      const isWhole = isQuarantine ? addEntry(found, line) : addRow(found, key, line);
      if (!isWhole) found.torn.push(`${key} holds ${JSON.stringify(line.slice(0, 200))}`);
      found.salvagedAgain += isWhole && isAgain ? 1 : 0;
    }
  }
  return { ...found, ...series(objects, found.clashes) };
}

interface Collected {
  readonly rows: Map<string, number>;
  readonly quarantined: Map<string, number>;
  readonly damage: string[];
  readonly torn: string[];
  readonly clashes: string[];
  salvagedAgain: number;
}

function addRow({ rows, clashes }: Collected, key: string, line: string): boolean {
  const value = parsed(line);
  if (value === undefined) return false;
  add(rows, line);
  if (isForeign(key, value)) clashes.push(`${key} holds a row of another table: ${line}`);
  return true;
}

function addEntry({ quarantined, damage }: Collected, line: string): boolean {
  const value = parsed(line);
  const entry = value && entryOf(value);
  if (entry === undefined) return false;
  if (DAMAGE.has(entry.reason)) damage.push(line);
  else add(quarantined, entry.original);
  return true;
}

function add(counts: Map<string, number>, line: string): void {
  counts.set(line, (counts.get(line) ?? 0) + 1);
}

function unpacked(body: Uint8Array): string | undefined {
  const isGzip = GZIP_MAGIC.every((byte, index) => body[index] === byte);
  try {
    const bytes = isGzip ? gunzipSync(body) : body;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

interface QuarantineEntry {
  readonly reason: string;
  readonly original: string;
}

/** A quarantine line has all its parts, or it is torn. */
function entryOf(value: Readonly<Record<string, unknown>>): QuarantineEntry | undefined {
  const { reason, source, arrivedAt, encoding, original } = value;
  if (typeof reason !== 'string' || !REASON.test(reason)) return undefined;
  if (typeof source !== 'string' || source === '') return undefined;
  if (typeof arrivedAt !== 'number' || typeof original !== 'string') return undefined;
  if (encoding === 'utf8') return { reason, original };
  if (encoding !== 'base64') return undefined;
  const bytes = Buffer.from(original, 'base64');
  if (bytes.toString('base64') !== original) return undefined;
  const text = bytes.toString('utf8');
  return { reason, original: Buffer.from(text, 'utf8').equals(bytes) ? text : original };
}

function isForeign(key: string, row: Readonly<Record<string, unknown>>): boolean {
  if (key.includes('accelerometer_landing/')) return 'sensorReadingTime' in row;
  return key.includes('step_trainer_landing/') && 'x' in row;
}

/** Objects named after segments count up from 1 without a gap: that is how a reader knows what is complete. */
function series(
  objects: readonly Landed[],
  clashes: string[],
): Pick<LandedLines, 'gaps' | 'clashes'> {
  const known = new Map<string, Set<number>>();
  const whole = new Map<string, string>();
  for (const { key } of objects) {
    const object = parseSeriesKey(key);
    if (object === undefined) continue;
    const numbers = known.get(object.series) ?? new Set<number>();
    known.set(object.series, numbers.add(object.number));
    if (object.part !== 'whole') continue;
    const segment = `${object.series} ${object.number}`;
    const other = whole.get(segment);
    if (other !== undefined) clashes.push(`${key} and ${other} are one segment`);
    whole.set(segment, key);
  }
  const gaps: string[] = [];
  for (const [name, numbers] of known) {
    const last = Math.max(...numbers);
    for (let number = 1; number <= last; number++) {
      if (!numbers.has(number)) gaps.push(`${name} lacks number ${number} of ${last}`);
    }
  }
  return { gaps, clashes };
}
