import { BridgeError } from '../bridge-error.ts';
import type { BatchTable } from '../core/landing-batches.ts';
import { decodeClaims, NO_CLAIM } from '../core/spool-claims.ts';
import type { DurableClaim } from '../core/spool-claims.ts';
import { BATCH_TABLES } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { SPOOL_FORMAT } from '../core/spool-segment.ts';
import { decodeState, forAllTables } from '../core/spool-state.ts';
import type { SpoolState } from '../core/spool-state.ts';
import type { FoundSegment } from './find-segments.ts';
import { newestFormat } from './find-segments.ts';
import type { SpoolDisk } from './spool-disk.ts';
import { systemCode } from './spool-disk.ts';

/** Whose spool it is and how far it is landed. */
export const STATE_FILE = 'spool.json';

/** How far each table is durable. */
export const CLAIMS_FILE = 'durable';

/** A state of this version. */
export type CurrentState = Required<SpoolState>;

/** What a spool on a disk is. */
export interface SpoolIdentity {
  readonly state: CurrentState;
  /** True when the state is not on the disk as it is. */
  readonly isNew: boolean;
  readonly claims: ReadonlyMap<BatchTable, DurableClaim>;
  /** What somebody should know. */
  readonly notice?: string;
}

/**
 * Reads whose spool it is. Changes nothing.
 *
 * @throws BridgeError `SPOOL_NEWER`, `SPOOL_OTHER`
 */
export async function identifySpool(
  disk: SpoolDisk,
  found: readonly FoundSegment[],
  options: {
    readonly bridgeId?: string;
    readonly newId: () => string;
    readonly crc32: Crc32;
    /** Epoch ms. */
    readonly nowMs: number;
  },
): Promise<SpoolIdentity> {
  const { bridgeId, newId, crc32, nowMs } = options;
  const file = await readIfThere(disk, STATE_FILE);
  const read = file && decodeState(file, SPOOL_FORMAT, crc32);
  const format = Math.max(newestFormat(found), read?.kind === 'newer' ? read.format : 0);
  if (format > SPOOL_FORMAT) throw newer(disk.place, format);
  const claims = decodeClaims((await readIfThere(disk, CLAIMS_FILE)) ?? new Uint8Array(), crc32);
  const landedMs = forAllTables(nowMs);
  if (read?.kind === 'state') {
    return known(disk.place, { landedMs, ...read.state }, claims, bridgeId);
  }
  const state = {
    format: SPOOL_FORMAT,
    bridgeId: bridgeId ?? `bridge-${newId()}`,
    // Object names of before may be taken, and nobody knows which: with this, none of them comes again.
    spoolId: newId(),
    landed: landedBefore(found, claims),
    landedMs,
  };
  if (found.length === 0 && file === undefined) return { state, isNew: true, claims };
  const notice = `${STATE_FILE} of the spool ${disk.place} is lost or damaged: what is left lands under new object names, and some of it may land twice.`;
  return { state, isNew: true, claims, notice };
}

function known(
  place: string,
  state: CurrentState,
  claims: SpoolIdentity['claims'],
  bridgeId: string | undefined,
): SpoolIdentity {
  if (bridgeId !== undefined && bridgeId !== state.bridgeId) {
    throw other(place, state.bridgeId, bridgeId);
  }
  const isNew = state.format !== SPOOL_FORMAT;
  return { state: { ...state, format: SPOOL_FORMAT }, isNew, claims };
}

/** Without marks, all that is there is to be landed, and nothing before it is missed. */
function landedBefore(
  found: readonly FoundSegment[],
  claims: ReadonlyMap<BatchTable, DurableClaim>,
): SpoolState['landed'] {
  const marks = BATCH_TABLES.map((table) => {
    const oldest = found.find((file) => file.table === table)?.number;
    return [table, oldest === undefined ? (claims.get(table) ?? NO_CLAIM).number : oldest - 1];
  });
  return Object.fromEntries(marks) as SpoolState['landed'];
}

async function readIfThere(
  disk: SpoolDisk,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await disk.read(name);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function newer(place: string, format: number): BridgeError {
  return new BridgeError(
    'SPOOL_NEWER',
    `The spool ${place} has format ${format}, and this version of the bridge knows formats up to ${SPOOL_FORMAT}. Start the version that wrote it, or give this one a spool of its own with --spool DIR.`,
  );
}

function other(place: string, owner: string, wanted: string): BridgeError {
  return new BridgeError(
    'SPOOL_OTHER',
    `The spool ${place} belongs to the bridge ${owner}, not to ${wanted}. Start with --id ${owner}, or give ${wanted} a spool of its own with --spool DIR.`,
  );
}
