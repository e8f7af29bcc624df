/** Brings the file of a segment in order that another process left. */
import type { ByteRange } from '../core/spool-segment.ts';
import type { SpoolDisk, SpoolFile } from './spool-disk.ts';
import { isNoSpace } from './spool-health.ts';

/**
 * Cuts what stands behind `range` and makes durable what is in it; what stands before it is. It is written again in its
 * place: when a sync failed under the process before, the system takes what it has in memory for written, and a sync
 * alone would promise what the disk does not have.
 */
export async function secureSegment(
  disk: SpoolDisk,
  name: string,
  { offset, end }: ByteRange,
): Promise<void> {
  const bytes = await disk.read(name, offset, end - offset);
  await withFile(disk, name, async (file) => {
    file.cut(end);
    try {
      file.rewrite(bytes, offset);
    } catch (error) {
      // File systems that copy on write may need space for it; without it, a sync has to be enough.
      if (!isNoSpace(error)) throw error;
    }
    await file.sync();
  });
}

/** Puts the end record behind the first `kept` bytes and makes it durable, so that later damage is known for what it is. */
export function endSegment(
  disk: SpoolDisk,
  name: string,
  kept: number,
  end: Uint8Array,
): Promise<void> {
  return withFile(disk, name, async (file) => {
    file.cut(kept);
    try {
      file.write(end);
    } catch (error) {
      file.cut(kept);
      throw error;
    }
    await file.sync();
  });
}

async function withFile(
  disk: SpoolDisk,
  name: string,
  action: (file: SpoolFile) => Promise<void>,
): Promise<void> {
  const file = await disk.open(name);
  try {
    await action(file);
  } finally {
    await file.close();
  }
}
