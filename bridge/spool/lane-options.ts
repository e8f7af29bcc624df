import type { BatchTable } from '../core/landing-batches.ts';
import type { DurableClaim } from '../core/spool-claims.ts';
import type { Crc32 } from '../core/spool-record.ts';
import type { BridgeTimers } from '../ports.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';
import type { SpoolHealth } from './spool-health.ts';

/** When a segment is sealed: at a size in bytes, or at an age in ms since its first record. */
export interface SegmentLimits {
  readonly segmentBytes: number;
  readonly segmentMs: number;
}

/** What a lane works with. */
export interface LaneOptions {
  readonly table: BatchTable;
  readonly spoolId: string;
  readonly disk: SpoolDisk;
  readonly health: SpoolHealth;
  readonly timers: BridgeTimers;
  readonly crc32: Crc32;
  readonly limits: SegmentLimits;
  /** Runs an action after everything that is going on now. */
  readonly defer: (action: () => void) => void;
  /** Told after each sync what is durable. */
  readonly onDurable: (claim: DurableClaim) => void;
  /** Makes durable what was told last. Asked before a segment is sealed. */
  readonly settleClaims: () => Promise<void>;
  readonly onSealed: (segment: SealedSegment) => void;
}
