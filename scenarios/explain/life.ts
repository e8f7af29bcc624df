/** The life of one reading, from motion to row, or to the place where it was lost. */
import type { ZoneRow } from '../../pipeline/index.ts';
import type { Bin } from '../evidence/bins.ts';

/** Bytes on a wire or in an object: as text with escapes, and in hex. */
export interface ShownBytes {
  readonly length: number;
  readonly text: string;
  readonly hex: string;
}

/** The parts of the way, in their order. */
export const LIFE_STAGES = ['motion', 'device', 'wire', 'bridge', 'landing', 'zones'] as const;

/** One thing that happened to a reading, in the order of its way. */
export interface LifeStage {
  readonly stage: (typeof LIFE_STAGES)[number];
  /** World time in epoch ms, where it is known. */
  readonly atMs?: number;
  readonly text: string;
  readonly bytes?: ShownBytes;
  /** The object and the line in it, from 1, as `path:line`, or the table of the zones. */
  readonly place?: string;
  /** The row that stands there; words stand for personal values unless they were asked for. */
  readonly row?: Readonly<Record<string, unknown>> | ZoneRow;
}

/** What is told of one reading. */
export interface Life {
  readonly run: string;
  readonly reading: {
    readonly id: number;
    readonly kind: 'distance' | 'acceleration';
    readonly person: number;
    readonly atMs: number;
    /** The other readings of the same step. */
    readonly sameStep: readonly number[];
  };
  readonly stages: readonly LifeStage[];
  readonly bin: Bin;
  /** Where it ended, and why, in a sentence or two. */
  readonly end: string;
}

/** Stands for a byte that is not to be shown: a character that no byte is. */
export const HIDDEN = '\u2022';

/** Bytes of which a report shows at most so many. */
const SHOWN_BYTES_MAX = 256;

/** Shows bytes, one per character; of many, the first. A star stands for each that is {@link HIDDEN}. */
export function showBytes(bytes: string): ShownBytes {
  const shown = bytes.slice(0, SHOWN_BYTES_MAX);
  const isCut = shown.length < bytes.length;
  const hex = Array.from(shown, (byte) =>
    byte === HIDDEN ? '**' : byte.charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return {
    length: bytes.length,
    text: escapeText(shown) + (isCut ? '…' : ''),
    hex: hex.join(' ') + (isCut ? ' …' : ''),
  };
}

function escapeText(bytes: string): string {
  return bytes.replace(/[^ -~]|\\/g, (byte) => {
    if (byte === HIDDEN) return '*';
    if (byte === '\r') return String.raw`\r`;
    if (byte === '\n') return String.raw`\n`;
    if (byte === '\\') return String.raw`\\`;
    return String.raw`\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** A row in words that can be wrapped: its columns with their values. */
export function tellValues(row: Readonly<Record<string, unknown>>): string {
  return Object.entries(row)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
