/** The objects that a segment of the spool becomes. */
import { encodeKeyPart, segmentKey } from '../core/object-key.ts';
import type { SegmentPart } from '../core/object-key.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { LandingSource, SealedSegment } from '../spool/spool-contract.ts';
import { damageLines } from './damage-lines.ts';
import type { CompressLines } from './gzip-lines.ts';

/** What is to be stored for a segment, in this order, before it is landed. */
export interface SegmentObjects {
  readonly objects: readonly LandingObject[];
  readonly rows: number;
  /** Lines that tell of damage. */
  readonly damageLines: number;
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
  const objects: LandingObject[] = [];
  if (damage.length > 0) objects.push(await make('damage', damage, damage.length));
  // A segment may have been stored whole before it was damaged: what is left of it must not replace that.
  const part = damage.length > 0 ? 'salvaged' : 'whole';
  if (contents.rows > 0) objects.push(await make(part, contents.lines, contents.rows));
  return { objects, rows: contents.rows, damageLines: damage.length };
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
