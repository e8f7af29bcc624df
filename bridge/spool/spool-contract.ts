/** What the parts of the bridge know of its spool: the write-ahead log between intake and landing. */
import type { BatchTable } from '../core/landing-batches.ts';
import type { RecordStore } from '../ports.ts';

/** A segment that gets no more records and is not landed yet. Numbers of one table go up by one from 1. */
export interface SealedSegment {
  readonly table: BatchTable;
  readonly number: number;
  readonly bytes: number;
  readonly rows: number;
  /** When its first record arrived, in epoch ms: it gives the date in the object's key, whenever it is stored. */
  readonly firstArrivalMs: number;
}

/** What a segment holds. One that lost power may hold nothing at all: then it is marked without an object. */
export interface SegmentContents {
  /** The lines of all sound records, in order, each with its LF. */
  readonly lines: readonly Uint8Array[];
  readonly rows: number;
  readonly firstArrivalMs: number;
  readonly lastArrivalMs: number;
  /** True when its file is gone although it was never landed. Such a segment is named like the others, with 0 rows. */
  readonly isMissing: boolean;
  /**
   * Byte ranges of the file that hold no sound record although they lie before the end of what was durable. One without
   * bytes says that the file is shorter than it was.
   */
  readonly damaged: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

/** The spool as the lander sees it. */
export interface LandingSource {
  /** Stands in object names together with the bridge's id: another one for each spool that was ever begun. */
  readonly spoolId: string;
  /** The oldest segment of a table that is to be landed. */
  oldestSealed(table: BatchTable): SealedSegment | undefined;
  /** Calls `listener` each time a segment has been sealed. */
  onSealed(listener: (table: BatchTable) => void): void;
  read(segment: SealedSegment): Promise<SegmentContents>;
  /** Notes durably that the segment is stored, then removes it. Segments of a table are marked in order. */
  markLanded(segment: SealedSegment): Promise<void>;
}

/** How a spool is, for metrics, health and the status line. */
export interface SpoolStatus {
  /** `full`: the disk takes no more; nothing is acknowledged until it does. `failed`: a sync failed; for good. */
  readonly state: 'ok' | 'full' | 'failed';
  /** Bytes of all segments that are not landed. */
  readonly bytes: number;
  /** Records that are durable and not landed. */
  readonly unlandedRows: number;
  /** Arrival of the oldest record that is not landed, in epoch ms; `undefined` when all is landed. */
  readonly oldestUnlandedMs: number | undefined;
  /** Appended bytes that are not durable yet. */
  readonly pendingBytes: number;
}

/** The write-ahead log of a bridge. */
export interface DurableStore extends RecordStore, LandingSource {
  /** Whose spool it is: kept in it, and part of object names. */
  readonly bridgeId: string;
  readonly status: SpoolStatus;
  /** Seals what is open, so that it can be landed now. */
  seal(): Promise<void>;
  /** Makes durable what was appended and lets the folder go. What is not landed stays. */
  close(): Promise<void>;
}
