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
}

/** How `spool.json` was read. Of a newer format nothing is known but its number. */
export type ReadState =
  | { readonly kind: 'state'; readonly state: SpoolState }
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'damaged' };

/** Marks of a spool of which nothing is landed. */
export function noneLanded(): Record<BatchTable, number> {
  return Object.fromEntries(BATCH_TABLES.map((table) => [table, 0])) as Record<BatchTable, number>;
}

/** The state as one line of JSON that people can read, with a CRC-32 over what it says. */
export function encodeState(state: SpoolState, crc32: Crc32): Uint8Array {
  const crc = crc32(coveredBytes(state));
  return new TextEncoder().encode(`${JSON.stringify({ ...fieldsOf(state), crc })}\n`);
}

/** Reads what `encodeState` wrote; anything else is `damaged`, never an error. */
export function decodeState(bytes: Uint8Array, current: number, crc32: Crc32): ReadState {
  const parsed = parseObject(new TextDecoder().decode(bytes));
  const { format, bridgeId, spoolId, landed, crc } = parsed;
  if (typeof format === 'number' && format > current) return { kind: 'newer', format };
  if (typeof format !== 'number' || typeof bridgeId !== 'string' || typeof spoolId !== 'string') {
    return { kind: 'damaged' };
  }
  if (typeof landed !== 'object' || landed === null) return { kind: 'damaged' };
  const state = { format, bridgeId, spoolId, landed: landed as SpoolState['landed'] };
  return crc === crc32(coveredBytes(state)) ? { kind: 'state', state } : { kind: 'damaged' };
}

function coveredBytes(state: SpoolState): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(fieldsOf(state)));
}

function fieldsOf({ format, bridgeId, spoolId, landed }: SpoolState): SpoolState {
  const marks = BATCH_TABLES.map((table) => [table, landed[table]]);
  return {
    format,
    bridgeId,
    spoolId,
    landed: Object.fromEntries(marks) as SpoolState['landed'],
  };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
