import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';

/** What tells the bytes of a file from others. */
export interface FileChecksum {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Length and SHA-256 of a file. Throws what the file system throws. */
export async function fileSha256(path: string): Promise<FileChecksum> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The CRC-32 of a part of a file, from `start` up to `end` (exclusive), as S3 writes it: base64, big-endian. */
export async function fileCrc32(path: string, start: number, end: number): Promise<string> {
  let sum = 0;
  if (end > start) {
    const part = createReadStream(path, { start, end: end - 1, highWaterMark: CHUNK_BYTES });
    for await (const chunk of part) sum = crc32(chunk as Buffer, sum);
  }
  return crc32Text(sum);
}

/** A CRC-32 as S3 writes it. */
export function crc32Text(sum: number): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(sum);
  return value.toString('base64');
}

const CHUNK_BYTES = 1024 * 1024;
