import { segmentFileName } from '../core/spool-names.ts';
import { encodeHeader, SPOOL_FORMAT } from '../core/spool-segment.ts';
import { timeOfDay } from '../core/time-of-day.ts';
import type { LaneOptions } from './lane-options.ts';
import { OpenSegment } from './open-segment.ts';
import type { SpoolFile } from './spool-disk.ts';

/**
 * Begins a segment in a file of its own, or in one that was never used. Waits for room on a full disk.
 *
 * @throws BridgeError `SPOOL_FAILED`
 */
export async function createSegment(
  { table, spoolId, disk, health, timers, crc32 }: LaneOptions,
  number: number,
  unused?: SpoolFile,
): Promise<OpenSegment> {
  const createdMs = timeOfDay(timers);
  const header = encodeHeader({ format: SPOOL_FORMAT, table, spoolId, number, createdMs }, crc32);
  let file = unused;
  const ready = await health.persist(async () => {
    file ??= await disk.create(segmentFileName(table, number));
    file.cut(0);
    file.write(header);
    return file;
  });
  return new OpenSegment(table, number, ready, header.length);
}
