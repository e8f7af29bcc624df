import type { BatchTable } from '../core/landing-batches.ts';
import type { DurableClaim } from '../core/spool-claims.ts';
import { segmentFileName } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import type { FoundSegment } from './find-segments.ts';
import { recoverSegment } from './recover-segment.ts';
import type { DurableEvidence, RecoveredSegment } from './recover-segment.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';

/** What is left of a table by the bridge before. */
export interface RecoveredTable {
  readonly sealed: readonly SealedSegment[];
  /** What the next segment is called. */
  readonly nextNumber: number;
  /** True when a file of this number is there and holds nothing. */
  readonly isUnused: boolean;
  /** Bytes of torn tails. */
  readonly cutBytes: number;
  /** What makes `sealed` durable as it is. It needs no space and has to be done before any of it is landed. */
  readonly secures: readonly (() => Promise<void>)[];
  /** What brings the files in order; it has to be done before anything is written to the next segment. */
  readonly mends: readonly (() => Promise<void>)[];
}

/** What is known of a table beside its files. */
export interface TableKnowledge {
  readonly table: BatchTable;
  readonly landed: number;
  /** Epoch ms of the first arrival in the segment `landed`. */
  readonly landedMs: number;
  readonly claim: DurableClaim;
  readonly crc32: Crc32;
}

/** What there is to land of one table after the segment `landed`. What is landed already is removed. */
export async function recoverTable(
  disk: SpoolDisk,
  found: readonly FoundSegment[],
  knowledge: TableKnowledge,
): Promise<RecoveredTable> {
  const { table, landed, claim } = knowledge;
  const files = new Map<number, FoundSegment>();
  for (const file of found) {
    if (file.table !== table) continue;
    if (file.number > landed) files.set(file.number, file);
    else await disk.remove(file.name);
  }
  const newest = [...files.keys(), landed].reduce((a, b) => Math.max(a, b), claim.number);
  const recovered = dated(
    await recoverAll(disk, files, { ...knowledge, newest }),
    knowledge.landedMs,
  );
  let used = recovered.length;
  while (used > 0 && isEmpty(recovered[used - 1] as RecoveredSegment)) used -= 1;
  const sealed = recovered.slice(0, used);
  // Two may be empty: a segment is begun while the one before it still waits for its first record to be durable.
  const [unused, ...others] = recovered.slice(used).map(({ segment }) => segment.number);
  return {
    sealed: sealed.map(({ segment }) => segment),
    nextNumber: unused ?? newest + 1,
    isUnused: unused !== undefined,
    cutBytes: recovered.reduce((sum, { cutBytes }) => sum + cutBytes, 0),
    secures: sealed.flatMap(({ secure }) => (secure === undefined ? [] : [secure])),
    mends: [
      ...others.map((number) => () => disk.remove(segmentFileName(table, number))),
      ...sealed.flatMap(({ segment, end }) =>
        end === undefined ? [] : [() => end(segment.firstArrivalMs)],
      ),
    ],
  };
}

function isEmpty({ isProven, segment }: RecoveredSegment): boolean {
  return !isProven && segment.rows === 0;
}

/** From the newest to the oldest: one that was durable proves that those before it were. */
async function recoverAll(
  disk: SpoolDisk,
  files: ReadonlyMap<number, FoundSegment>,
  knowledge: TableKnowledge & { readonly newest: number },
): Promise<RecoveredSegment[]> {
  const { table, landed, claim, newest, crc32 } = knowledge;
  const recovered: RecoveredSegment[] = [];
  let isProven = false;
  for (let number = newest; number > landed; number--) {
    const file = files.get(number);
    const evidence: DurableEvidence = {
      // The next but one is begun only when this one is sealed.
      isSealed: isProven || claim.number > number || newest > number + 1,
      bytes: claim.number === number ? claim.bytes : 0,
    };
    const next =
      file === undefined
        ? missing(table, number)
        : await recoverSegment(disk, file, { evidence, crc32 });
    recovered.unshift(next);
    isProven ||= next.isProven;
  }
  return recovered;
}

/**
 * What has no date of its own stands in the day of the segment before it: that one is there or landed, and never changes
 * any more, so that each attempt to land this one has the same name.
 */
function dated(recovered: readonly RecoveredSegment[], landedMs: number): RecoveredSegment[] {
  let beforeMs = landedMs;
  return recovered.map((one) => {
    const firstArrivalMs = one.segment.firstArrivalMs || beforeMs;
    beforeMs = firstArrivalMs;
    return { ...one, segment: { ...one.segment, firstArrivalMs } };
  });
}

function missing(table: BatchTable, number: number): RecoveredSegment {
  const segment = { table, number, bytes: 0, rows: 0, firstArrivalMs: 0 };
  return { segment, isProven: true, cutBytes: 0 };
}
