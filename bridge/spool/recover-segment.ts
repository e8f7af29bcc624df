import { decodeEnd, encodeEnd, END_BYTES } from '../core/spool-record.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { scanSegment, tornTailOffset } from '../core/spool-segment.ts';
import type { FoundSegment } from './find-segments.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';

/** Before this format, segments had no end. */
const FIRST_FORMAT_WITH_END = 2;

/** What a segment turned out to be. */
export interface RecoveredSegment {
  readonly segment: SealedSegment;
  /** True when anything in it is known to have been durable, so that all segments before it were durable too. */
  readonly isProven: boolean;
  /** Bytes of a torn tail. They are cut by `mend`. */
  readonly cutBytes: number;
  /** Brings the file in order for the next recovery; it can be read before. */
  readonly mend?: () => Promise<void>;
}

/** What else tells of the durable bytes of a file. */
export interface DurableEvidence {
  /** Bytes from the beginning of the file that were durable. */
  readonly bytes: number;
  /** True when a later segment shows that this one was sealed, and durable to its end. */
  readonly isSealed: boolean;
}

/**
 * Makes a sealed segment of a file as another process left it. What is not sound among the bytes that were durable is
 * damage, and stays. What is torn after them was never acknowledged, and is cut.
 */
export async function recoverSegment(
  disk: SpoolDisk,
  file: FoundSegment,
  options: { readonly evidence: DurableEvidence; readonly crc32: Crc32 },
): Promise<RecoveredSegment> {
  const { crc32, evidence } = options;
  const { table, number, name } = file;
  const tail = await disk.read(name, Math.max(0, file.bytes - END_BYTES), END_BYTES);
  const end = decodeEnd(tail, crc32);
  if (end === undefined) return sealLeftover(disk, file, options);
  const { rows, firstArrivalMs, provenTo } = end;
  // An end that was written behind a file that was too short tells how long it should have been.
  const bytes = Math.max(file.bytes, provenTo + END_BYTES, evidence.bytes);
  return { segment: { table, number, bytes, rows, firstArrivalMs }, isProven: true, cutBytes: 0 };
}

async function sealLeftover(
  disk: SpoolDisk,
  file: FoundSegment,
  { evidence, crc32 }: { readonly evidence: DurableEvidence; readonly crc32: Crc32 },
): Promise<RecoveredSegment> {
  const { table, number, name } = file;
  const bytes = await disk.read(name);
  const { gaps, provenTo } = scanSegment(bytes, crc32);
  const claimed = Math.max(provenTo, evidence.isSealed ? sealedBytes(file, gaps) : evidence.bytes);
  const kept = tornTailOffset(bytes.length, gaps, claimed);
  const { rows, firstArrivalMs, lastArrivalMs } = scanSegment(bytes.subarray(0, kept), crc32);
  const cutBytes = bytes.length - kept;
  const durable = Math.max(kept, claimed);
  const firstMs = rows > 0 ? firstArrivalMs : (file.createdMs ?? 0);
  const segment = { table, number, bytes: durable, rows, firstArrivalMs: firstMs };
  const isProven = claimed > 0;
  if (rows === 0 && !isProven) return { segment, isProven, cutBytes };
  const fields = { rows, firstArrivalMs: firstMs, arrivalMs: lastArrivalMs, provenTo: durable };
  const end = encodeEnd(fields, crc32);
  return { segment, isProven, cutBytes, mend: () => mend(disk, name, kept, end) };
}

/** A sealed segment had an end. Without one, and without anything in its place, the file is shorter than it was. */
function sealedBytes(
  { bytes, format = FIRST_FORMAT_WITH_END }: FoundSegment,
  gaps: readonly { readonly end: number }[],
): number {
  const isShort = format >= FIRST_FORMAT_WITH_END && gaps.at(-1)?.end !== bytes;
  return isShort ? bytes + END_BYTES : bytes;
}

/** Cuts the torn tail, ends the segment and makes that durable, so that later damage is known for what it is. */
async function mend(disk: SpoolDisk, name: string, kept: number, end: Uint8Array): Promise<void> {
  const file = await disk.open(name);
  try {
    file.cut(kept);
    file.write(end);
    await file.sync();
  } finally {
    await file.close();
  }
}
