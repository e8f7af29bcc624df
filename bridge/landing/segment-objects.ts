/** The objects that a segment of the spool becomes. */
import { encodeKeyPart, quarantineOf, segmentKey } from '../core/object-key.ts';
import type { SegmentPart } from '../core/object-key.ts';
import type { BatchTable, LandingObject } from '../core/landing-batches.ts';
import type { LandingSource, SealedSegment, SegmentContents } from '../spool/spool-contract.ts';
import { damageLines } from './damage-lines.ts';
import type { CompressLines } from './gzip-lines.ts';

/** What a segment has lost. */
export interface SegmentDamage {
  /** Where it is told. */
  readonly table: BatchTable;
  readonly reason: 'spool-damaged' | 'spool-segment-missing';
  /** Lines in quarantine that tell of it. */
  readonly lines: number;
  readonly ranges: number;
  /** Bytes in these ranges, as far as they are still there. */
  readonly bytes: number;
}

/** What is to be stored for a segment, in this order, before it is landed. */
export interface SegmentObjects {
  readonly objects: readonly LandingObject[];
  readonly rows: number;
  /** `undefined` for a sound segment. */
  readonly damage: SegmentDamage | undefined;
}

/** Reads a segment and makes its objects: what is told of its damage first, so that nobody sees the rest without it. */
export async function makeSegmentObjects(
  segment: SealedSegment,
  options: {
    readonly source: LandingSource;
    readonly bridgeId: string;
    readonly compress: CompressLines;
  },
): Promise<SegmentObjects> {
  const { source, bridgeId, compress } = options;
  const contents = await source.read(segment);
  const make = async (
    part: SegmentPart,
    lines: readonly Uint8Array[],
    rows: number,
  ): Promise<LandingObject> => ({
    key: segmentKey({ ...segment, bridgeId, spoolId: source.spoolId, part }),
    body: await compress(lines),
    metadata: {
      bridge: encodeKeyPart(bridgeId),
      spool: source.spoolId,
      segment: String(segment.number),
      records: String(rows),
      'arrived-from': isoTime(contents.firstArrivalMs),
      'arrived-to': isoTime(contents.lastArrivalMs),
    },
  });
  const damage = damageLines(segment, contents);
  const told = damage.length === 0 ? undefined : describeDamage(segment, contents, damage.length);
  const objects: LandingObject[] = [];
  if (damage.length > 0) objects.push(await make('damage', damage, damage.length));
  // A segment may have been stored whole before it was damaged: what is left of it must not replace that.
  const part = damage.length > 0 ? 'salvaged' : 'whole';
  if (contents.rows > 0) objects.push(await make(part, contents.lines, contents.rows));
  return { objects, rows: contents.rows, damage: told };
}

function describeDamage(
  { table }: SealedSegment,
  { isMissing, damaged }: SegmentContents,
  lines: number,
): SegmentDamage {
  return {
    table: quarantineOf(table),
    reason: isMissing ? 'spool-segment-missing' : 'spool-damaged',
    lines,
    ranges: damaged.length,
    bytes: damaged.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
