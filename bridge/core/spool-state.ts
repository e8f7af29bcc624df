/** What a spool knows of itself beside its segments: whose it is and how far it is landed. One small file, `spool.json`. */
import type { BatchTable } from './landing-batches.ts';
import { BATCH_TABLES } from './spool-names.ts';
import type { Crc32 } from './spool-record.ts';

/** The content of `spool.json`. */
export interface SpoolState {
  readonly format: number;
  readonly bridgeId: string;
  readonly spoolId: string;
  /** The number of the newest landed segment of each table; 0 before the first. */
  readonly landed: Readonly<Record<BatchTable, number>>;
  /**
   * Epoch ms of the first arrival in that segment; of the beginning of the spool before the first. It dates what comes after
   * it and has no date of its own. Absent in what older versions wrote.
   */
  readonly landedMs?: Readonly<Record<BatchTable, number>>;
}

/** How `spool.json` was read. Of a newer format nothing is known but its number. */
export type ReadState =
  | { readonly kind: 'state'; readonly state: SpoolState }
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'damaged' };

/** Marks of a spool of which nothing is landed. */
export function noneLanded(): Record<BatchTable, number> {
  return forAllTables(0);
}

/** The same value for each table. */
export function forAllTables(value: number): Record<BatchTable, number> {
  return Object.fromEntries(BATCH_TABLES.map((table) => [table, value])) as Record<
    BatchTable,
    number
  >;
}

/** The state as one line of JSON that people can read; at its end a CRC-32 over the same text without it. */
export function encodeState(state: SpoolState, crc32: Crc32): Uint8Array {
  const { format, bridgeId, spoolId, landed, landedMs } = state;
  const text = JSON.stringify({ format, bridgeId, spoolId, landed, landedMs });
  const crc = crc32(new TextEncoder().encode(text));
  return new TextEncoder().encode(`${text.slice(0, -1)},"crc":${crc}}\n`);
}

/** Reads what `encodeState` of this or another version wrote; anything else is `damaged`, never an error. */
export function decodeState(bytes: Uint8Array, current: number, crc32: Crc32): ReadState {
  const [, text, crc] = /^(\{.*),"crc":(\d+)\}\n?$/.exec(new TextDecoder().decode(bytes)) ?? [];
  const covered = new TextEncoder().encode(`${text}}`);
  if (text === undefined || crc32(covered) !== Number(crc)) return { kind: 'damaged' };
  // The CRC says that some version of the bridge wrote it.
  const state = JSON.parse(`${text}}`) as SpoolState;
  const { format } = state;
  return format > current ? { kind: 'newer', format } : { kind: 'state', state };
}
