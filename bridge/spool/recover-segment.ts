import { decodeEnd, encodeEnd, END_BYTES } from '../core/spool-record.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { provenHeaderBytes, scanSegment, tornTailOffset } from '../core/spool-segment.ts';
import type { ByteRange } from '../core/spool-segment.ts';
import type { FoundSegment } from './find-segments.ts';
import { endSegment, secureSegment } from './mend-segment.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';

/** Before this format, segments had no end. */
const FIRST_FORMAT_WITH_END = 2;

/** What a segment turned out to be. */
export interface RecoveredSegment {
  /** Its first arrival is 0 when nothing tells of it. */
  readonly segment: SealedSegment;
  /** True when anything in it is known to have been durable, so that all segments before it were durable too. */
  readonly isProven: boolean;
  /** Bytes of a torn tail. They are cut by `secure`. */
  readonly cutBytes: number;
  /** Makes durable what was found. Needs no space. Nothing may be landed before it is done. */
  readonly secure?: () => Promise<void>;
  /** Ends the file, so that the next recovery need not ask again. Needs space, and can be done while it is landed. */
  readonly end?: (firstArrivalMs: number) => Promise<void>;
}

/** What else tells of the durable bytes of a file. */
export interface DurableEvidence {
  /** Bytes from the beginning of the file that were durable. */
  readonly bytes: number;
  /** True when a later segment shows that this one was sealed, and durable to its end. */
  readonly isSealed: boolean;
}

interface RecoverOptions {
  readonly evidence: DurableEvidence;
  readonly crc32: Crc32;
}

/**
 * Makes a sealed segment of a file as another process left it. What is not sound among the bytes that were durable is
 * damage, and stays. What is torn after them was never acknowledged, and is cut.
 */
export async function recoverSegment(
  disk: SpoolDisk,
  file: FoundSegment,
  options: RecoverOptions,
): Promise<RecoveredSegment> {
  const { crc32, evidence } = options;
  const { table, number, name } = file;
  const tail = await disk.read(name, Math.max(0, file.bytes - END_BYTES), END_BYTES);
  const end = decodeEnd(tail, crc32);
  const walk =
    evidence.isSealed && end !== undefined ? undefined : await walkFile(disk, file, options);
  if (end === undefined || (walk !== undefined && walk.kept < file.bytes)) {
    return sealLeftover(disk, file, { ...options, walk: walk as Walk, hadEnd: end !== undefined });
  }
  const { rows, firstArrivalMs, provenTo } = end;
  // An end that was written behind a file that was too short tells how long it should have been.
  const bytes = Math.max(file.bytes, provenTo + END_BYTES, evidence.bytes);
  const segment = { table, number, bytes, rows, firstArrivalMs };
  const recovered = { segment, isProven: true, cutBytes: 0 };
  if (evidence.isSealed) return recovered;
  const range = { offset: evidence.bytes, end: file.bytes };
  return { ...recovered, secure: () => secureSegment(disk, name, range) };
}

/** What the bytes of a file say, how many of them were durable for certain, and how many are kept. */
interface Walk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly claimed: number;
  readonly kept: number;
}

async function walkFile(
  disk: SpoolDisk,
  file: FoundSegment,
  { evidence, crc32 }: RecoverOptions,
): Promise<Walk> {
  const bytes = await disk.read(file.name);
  const { gaps, provenTo } = scanSegment(bytes, crc32);
  const known = evidence.isSealed ? sealedBytes(file, gaps) : evidence.bytes;
  const claimed = Math.max(provenTo, known, provenHeaderBytes(bytes.length, gaps));
  return { bytes, claimed, kept: tornTailOffset(bytes.length, gaps, claimed) };
}

function sealLeftover(
  disk: SpoolDisk,
  { table, number, name, createdMs }: FoundSegment,
  options: RecoverOptions & { readonly walk: Walk; readonly hadEnd: boolean },
): RecoveredSegment {
  const { crc32, evidence, hadEnd } = options;
  const { bytes, claimed, kept } = options.walk;
  const { rows, firstArrivalMs, lastArrivalMs } = scanSegment(bytes.subarray(0, kept), crc32);
  const cutBytes = bytes.length - kept;
  const durable = Math.max(kept, claimed);
  const firstMs = rows > 0 ? firstArrivalMs : (createdMs ?? 0);
  const segment = { table, number, bytes: durable, rows, firstArrivalMs: firstMs };
  const isProven = claimed > 0 || hadEnd;
  if (rows === 0 && !isProven) return { segment, isProven, cutBytes };
  const range = { offset: Math.min(evidence.bytes, kept), end: kept };
  return {
    segment,
    isProven,
    cutBytes,
    secure: () => secureSegment(disk, name, range),
    end: (beganMs) => {
      const arrivals = { firstArrivalMs: beganMs, arrivalMs: lastArrivalMs };
      return endSegment(
        disk,
        name,
        kept,
        encodeEnd({ ...arrivals, rows, provenTo: durable }, crc32),
      );
    },
  };
}

/** A sealed segment had an end. Without one, and without anything in its place, the file is shorter than it was. */
function sealedBytes(
  { bytes, format = FIRST_FORMAT_WITH_END }: FoundSegment,
  gaps: readonly ByteRange[],
): number {
  const isShort = format >= FIRST_FORMAT_WITH_END && gaps.at(-1)?.end !== bytes;
  return isShort ? bytes + END_BYTES : bytes;
}
