/** Reads landing objects, unpacking those that are compressed. */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { PipelineError } from '../pipeline-error.ts';
import { unreadable } from './landing-failure.ts';
import type { LocalObject } from './landing-object.ts';

/** Bytes that are unpacked at once. Smaller pieces cost up to three times as much. */
const CHUNK_BYTES = 1024 * 1024;
/** The least that the unpacker takes. */
const CHUNK_BYTES_MIN = 64;
const PIECE_BYTES = 128 * 1024;
const PIECES_PER_TURN = 8;
const GZIP_MAGIC = Buffer.of(0x1f, 0x8b);
const PARQUET_MAGIC = Buffer.from('PAR1');

/** An object of at most as many bytes is read at once. */
export const SMALL_BYTES_MAX: number = 64 * 1024;

/** How an object's bytes are packed. */
export type Compression = 'none' | 'gzip';

/** What an object is. */
export type ObjectFormat = Compression | 'parquet';

/** Why gzip data could not be unpacked: it ends too early, or it is not what was packed. */
export type GzipDamage = 'cut-off' | 'corrupt';

/** Reads the first bytes of an object into memory, as many as there is room for. @throws PipelineError LANDING_UNREADABLE */
export function readHead({ name, path }: LocalObject, memory: Buffer): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      let length = 0;
      while (length < memory.length) {
        const read = readSync(file, memory, { offset: length });
        if (read === 0) break;
        length += read;
      }
      return memory.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** What an object is, by its first bytes: names lie. A name that promises Parquet makes it Parquet also when it is broken. */
export function detectFormat(name: string, head: Buffer): ObjectFormat {
  const beginsWith = (magic: Buffer): boolean => magic.every((byte, at) => head[at] === byte);
  if (beginsWith(GZIP_MAGIC)) return 'gzip';
  return beginsWith(PARQUET_MAGIC) || /\.parquet$/i.test(name) ? 'parquet' : 'none';
}

/** The unpacked bytes of a small object; undefined when they are many. Errors are those of zlib. */
export function unpackSmall(bytes: Buffer, compression: Compression): Buffer | undefined {
  if (compression === 'none') return bytes;
  const told = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  // One piece that holds all of it, where its end tells the truth: of a piece of the usual size, much is thrown away.
  const chunkSize = Math.min(Math.max(told + 1, bytes.length, CHUNK_BYTES_MIN), CHUNK_BYTES);
  try {
    return gunzipSync(bytes, { chunkSize, maxOutputLength: CHUNK_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/** The unpacked bytes of an object; a chunk is good until the next one is asked for. Errors are those of the file system and of zlib. */
export function readObject(object: LocalObject, compression: Compression): AsyncIterable<Buffer> {
  if (compression === 'none') return readChunks(object);
  const file = createReadStream(object.path, { highWaterMark: CHUNK_BYTES });
  // Errors of either stream reach the reader of the last one; the callback has nothing left to do.
  return pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
}

/**
 * Reads into one small piece of memory again and again, on this thread: what another core has read, or what does not fit into
 * this one's cache, costs a third more to look at. Everybody else gets a turn after some pieces.
 */
async function* readChunks({ path }: LocalObject): AsyncGenerator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const memory = Buffer.allocUnsafe(PIECE_BYTES);
    for (let piece = 1; ; piece++) {
      const length = readSync(file, memory);
      if (length === 0) return;
      yield memory.subarray(0, length);
      if (piece % PIECES_PER_TURN === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

/** The damage that an error of zlib tells of. Any other error is thrown as PipelineError LANDING_UNREADABLE. */
export function toGzipDamage({ name }: LocalObject, error: unknown): GzipDamage {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') return 'cut-off';
  if (code.startsWith('Z_')) return 'corrupt';
  throw error instanceof PipelineError ? error : unreadable(name, error);
}
