import type { FileHandle } from 'node:fs/promises';
import { systemCode } from './spool-disk.ts';

const PAGE_BYTES = 4_096;

/** Reads bytes of a file. Pages that the disk cannot read any more are zeros, so that the rest is not lost with them. */
export async function readRange(
  file: Pick<FileHandle, 'read'>,
  offset: number,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new Uint8Array(bytes);
  let length = 0;
  let step = bytes;
  while (length < bytes) {
    const wanted = Math.min(step, bytes - length);
    try {
      const { bytesRead } = await file.read(target, length, wanted, offset + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    } catch (error) {
      if (systemCode(error) !== 'EIO') throw error;
      if (step <= PAGE_BYTES) length += wanted;
      step = PAGE_BYTES;
    }
  }
  return target.subarray(0, length);
}
