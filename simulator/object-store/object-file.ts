import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { Checksum } from './checksums.ts';
import { ObjectStoreError } from './errors.ts';

/** What is stored beside the bytes of an object, an upload's part included. */
export interface ObjectRecord {
  readonly key: string;
  readonly sizeBytes: number;
  /** Without quotes: the MD5 of the bytes, or of the parts' MD5s and `-` and their number. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModifiedMs: number;
  readonly checksum?: Checksum | undefined;
  /** Response headers that the client chose: content type, encoding and the like, and `x-amz-meta-`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An object file that is open for reading. */
export interface OpenObject {
  /** To be closed by whoever opened it. */
  readonly fd: number;
  readonly record: ObjectRecord;
}

/*
 * An object file is the bytes of the object, the record as JSON, and eight bytes of footer:
 * 4 bytes length of the JSON (big-endian), 4 bytes "STO1". One file, so that one rename puts both in place.
 */
const MAGIC = 'STO1';
const FOOTER_BYTES = 8;
/** Read at once from the end; nearly every record fits. */
const TAIL_BYTES = 4096;

/** A file on its way in: bytes first, then its record; it is gone unless it was moved elsewhere before it is discarded. */
export class IncomingFile {
  readonly path: string;
  /** Bytes beyond this are taken and not kept. */
  readonly #keepBytes: number;
  readonly #handle: FileHandle;
  #writtenBytes = 0;

  private constructor(path: string, handle: FileHandle, keepBytes: number) {
    this.path = path;
    this.#handle = handle;
    this.#keepBytes = keepBytes;
  }

  static async create(path: string, keepBytes: number = Infinity): Promise<IncomingFile> {
    return new IncomingFile(path, await open(path, 'wx'), keepBytes);
  }

  async write(piece: Buffer): Promise<void> {
    const kept = piece.subarray(0, this.#keepBytes - this.#writtenBytes);
    this.#writtenBytes += kept.length;
    await writeFully(this.#handle, kept);
  }

  /** Writes the record, closes the file and gives the record back as it was written. */
  async seal(fields: Omit<ObjectRecord, 'sizeBytes'>): Promise<ObjectRecord> {
    const record: ObjectRecord = { ...fields, sizeBytes: this.#writtenBytes };
    const json = Buffer.from(JSON.stringify(record), 'utf8');
    const footer = Buffer.alloc(FOOTER_BYTES);
    footer.writeUInt32BE(json.length);
    footer.write(MAGIC, 4, 'latin1');
    await writeFully(this.#handle, Buffer.concat([json, footer]));
    await this.#handle.close();
    return record;
  }

  /** Closes and deletes the file, unless it has been moved. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
  }
}

/** A write may take fewer bytes than it was given, for example when the disk is nearly full. */
async function writeFully(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    const { bytesWritten } = await handle.write(rest);
    rest = rest.subarray(bytesWritten);
  }
}

/** Opens an object file and reads its record; `undefined` if there is none. The caller closes the descriptor. */
export function openObjectFile(path: string): OpenObject | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
  try {
    return { fd, record: readRecord(fd, path) };
  } catch (cause) {
    closeSync(fd);
    throw cause;
  }
}

/** The record of an object file, or `undefined` if there is no such file. */
export function readObjectRecord(path: string): ObjectRecord | undefined {
  const object = openObjectFile(path);
  if (object !== undefined) closeSync(object.fd);
  return object?.record;
}

/** The bytes of an open object file, without its record. The descriptor stays open. */
export async function* objectPieces(
  fd: number,
  sizeBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  if (sizeBytes === 0) return;
  yield* createReadStream('', { fd, start: 0, end: sizeBytes - 1, autoClose: false });
}

/** True for the error of a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function readRecord(fd: number, path: string): ObjectRecord {
  const fileBytes = fstatSync(fd).size;
  const tail = readTail(fd, fileBytes, TAIL_BYTES);
  if (tail.toString('latin1', tail.length - MAGIC.length) !== MAGIC) {
    const message = `${path} is not an object file: start the store on a folder of its own.`;
    throw new ObjectStoreError('OBJECT_FILE_DAMAGED', message);
  }
  const recordBytes = tail.readUInt32BE(tail.length - FOOTER_BYTES);
  const needed = recordBytes + FOOTER_BYTES;
  const whole = needed <= tail.length ? tail : readTail(fd, fileBytes, needed);
  const json = whole.toString('utf8', whole.length - needed, whole.length - FOOTER_BYTES);
  return JSON.parse(json) as ObjectRecord;
}

function readTail(fd: number, fileBytes: number, tailBytes: number): Buffer {
  const tail = Buffer.alloc(Math.min(fileBytes, tailBytes));
  readSync(fd, tail, 0, tail.length, fileBytes - tail.length);
  return tail;
}
