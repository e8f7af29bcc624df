/** Reads landing objects, unpacking those that are compressed. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PipelineError } from '../pipeline-error.ts';
import type { LandingObject } from './landing-object.ts';

/** Bytes that are read at once. */
const CHUNK_BYTES = 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];

/** How an object's bytes are packed. */
export type Compression = 'none' | 'gzip';

/** Why gzip data could not be unpacked: it ends too early, or it is not what was packed. */
export type GzipDamage = 'cut-off' | 'corrupt';

/** What an object is packed with, by its first bytes: names lie. */
export async function detectCompression(object: LandingObject): Promise<Compression> {
  try {
    const file = await open(object.path);
    try {
      const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return GZIP_MAGIC.every((byte, index) => buffer[index] === byte) ? 'gzip' : 'none';
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(object, cause);
  }
}

/** The unpacked bytes of an object, chunk by chunk. Errors are those of the file system and of zlib. */
export async function* readObject(
  object: LandingObject,
  compression: Compression,
): AsyncGenerator<Buffer> {
  const file = createReadStream(object.path, { highWaterMark: CHUNK_BYTES });
  // Errors of either stream reach the reader of the last one; the callback has nothing left to do.
  const unpacked =
    compression === 'none'
      ? file
      : pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
  for await (const chunk of unpacked) yield chunk as Buffer;
}

/** The damage that an error of zlib tells of. Any other error is thrown as PipelineError LANDING_UNREADABLE. */
export function toGzipDamage(object: LandingObject, error: unknown): GzipDamage {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') return 'cut-off';
  if (code.startsWith('Z_')) return 'corrupt';
  throw error instanceof PipelineError ? error : unreadable(object, error);
}

function unreadable(object: LandingObject, cause: unknown): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `The landing file ${object.name} cannot be read. Check its permissions, and that nothing removes it while the pipeline runs.`,
    { cause },
  );
}
