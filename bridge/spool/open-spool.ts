import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { BridgeError } from '../bridge-error.ts';
import type { BridgeTimers } from '../ports.ts';
import { FileSpoolDisk } from './file-spool-disk.ts';
import type { SpoolEvents } from './spool-health.ts';
import type { SegmentLimits } from './lane-options.ts';
import { Spool } from './spool.ts';

/** 16 MiB of lines make an object of more than 1 MB; a minute is what a reader waits at most for a reading. */
export const SEGMENT_LIMITS: SegmentLimits = { segmentBytes: 16 * 1_048_576, segmentMs: 60_000 };

/** How to open a spool. */
export interface OpenSpoolOptions extends SpoolEvents {
  readonly folder: string;
  /** Whose spool it shall be: letters, digits, hyphens. Without it, whose it is, or that of a new, random id. */
  readonly bridgeId?: string;
  readonly timers: BridgeTimers;
  readonly limits?: Partial<SegmentLimits>;
}

/**
 * Opens the spool of a folder for this process alone and takes over what is in it.
 *
 * @throws BridgeError `SPOOL_LOCKED`, `SPOOL_OTHER`, `SPOOL_NEWER`, `SPOOL_FAILED`; nothing stays open then
 */
export async function openSpool(options: OpenSpoolOptions): Promise<Spool> {
  const { folder, limits, ...rest } = options;
  const disk = await openDisk(folder);
  const spool = new Spool(disk, {
    ...rest,
    limits: { ...SEGMENT_LIMITS, ...limits },
    crc32: (bytes) => crc32(bytes),
    newId: () => randomBytes(6).toString('hex'),
    defer: (action) => void setImmediate(action),
  });
  try {
    await spool.recover();
  } catch (error) {
    await disk.close();
    throw error instanceof BridgeError ? error : failed(folder, error);
  }
  return spool;
}

async function openDisk(folder: string): Promise<FileSpoolDisk> {
  try {
    return await FileSpoolDisk.open(folder);
  } catch (error) {
    throw error instanceof BridgeError ? error : failed(folder, error);
  }
}

function failed(folder: string, cause: unknown): BridgeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BridgeError(
    'SPOOL_FAILED',
    `The spool ${folder} cannot be opened (${why}). Give the bridge a folder that it may write to with --spool DIR.`,
    { cause },
  );
}
