import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { isBucketName } from './bucket-name.ts';
import { checkWrite, type WriteCondition } from './conditions.ts';
import { S3Refusal } from './errors.ts';
import { decodeKeyName, encodeKeyName } from './key-name.ts';
import {
  IncomingFile,
  openObjectFile,
  readObjectRecord,
  type ObjectRecord,
  type OpenObject,
} from './object-file.ts';

/** A bucket as ListBuckets shows it. */
export interface BucketEntry {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdMs: number;
}

/**
 * The folder that holds everything: `buckets/<name>/objects/<encoded key>`, `buckets/<name>/uploads/<upload id>/` and
 * `incoming/` for files that are still being written.
 *
 * Whatever looks at the folder and acts on what it saw does so in one synchronous call, so no other request can come
 * between; only the bytes of bodies move asynchronously. One store per folder.
 */
export class ObjectFolder {
  readonly #buckets: string;
  readonly #incoming: string;

  /** Creates what is missing and clears away uploads that a killed process left half-written. */
  constructor(root: string) {
    this.#buckets = join(root, 'buckets');
    this.#incoming = join(root, 'incoming');
    rmSync(this.#incoming, { recursive: true, force: true });
    makeFolders(this.#buckets);
    makeFolders(this.#incoming);
  }

  createBucket(name: string): void {
    if (!isBucketName(name)) throw new S3Refusal('InvalidBucketName');
    if (existsSync(join(this.#buckets, name))) throw new S3Refusal('BucketAlreadyOwnedByYou');
    makeFolders(join(this.#buckets, name, 'objects'));
    mkdirSync(join(this.#buckets, name, 'uploads'));
  }

  /** Throws `BucketNotEmpty`. Uploads in progress do not hold a bucket back; they end with it. */
  deleteBucket(name: string): void {
    const folder = this.#bucketFolder(name);
    try {
      rmdirSync(join(folder, 'objects'));
    } catch (cause) {
      throw isNotEmpty(cause) ? new S3Refusal('BucketNotEmpty') : cause;
    }
    rmSync(folder, { recursive: true });
  }

  listBuckets(): BucketEntry[] {
    return readdirSync(this.#buckets)
      .sort()
      .map((name) => ({ name, createdMs: statSync(join(this.#buckets, name)).mtimeMs }));
  }

  /** Throws `NoSuchBucket`, or `InvalidBucketName` for what can be no bucket. */
  requireBucket(name: string): void {
    this.#bucketFolder(name);
  }

  /** Where the parts of an upload are; the folder need not exist. `uploadId` must be a plain file name. */
  uploadFolder(bucket: string, uploadId: string): string {
    return join(this.#bucketFolder(bucket), 'uploads', uploadId);
  }

  /** Lets `use` fill a new file, and removes it afterwards unless it was moved to its place. */
  async withIncomingFile<Result>(
    use: (file: IncomingFile) => Promise<Result>,
    keepBytes?: number,
  ): Promise<Result> {
    const file = await IncomingFile.create(join(this.#incoming, randomUUID()), keepBytes);
    try {
      return await use(file);
    } finally {
      await file.discard();
    }
  }

  /** Puts a sealed file in the place of an object, if the condition holds at this moment. */
  commit(file: IncomingFile, bucket: string, key: string, condition: WriteCondition): void {
    const path = this.#objectPath(bucket, key);
    const code =
      condition.kind === 'none' ? undefined : checkWrite(condition, readObjectRecord(path));
    if (code !== undefined) throw new S3Refusal(code);
    renameSync(file.path, path);
  }

  /** Throws `NoSuchKey`. The caller closes the descriptor. */
  openObject(bucket: string, key: string): OpenObject {
    const object = openObjectFile(this.#objectPath(bucket, key));
    if (object === undefined) throw new S3Refusal('NoSuchKey');
    return object;
  }

  record(bucket: string, key: string): ObjectRecord | undefined {
    return readObjectRecord(this.#objectPath(bucket, key));
  }

  /** Deletes an object if the condition holds; that there is none is no error. */
  remove(bucket: string, key: string, condition: WriteCondition): void {
    const path = this.#objectPath(bucket, key);
    const code =
      condition.kind === 'none' ? undefined : checkWrite(condition, readObjectRecord(path));
    if (code !== undefined) throw new S3Refusal(code);
    rmSync(path, { force: true });
  }

  /** The keys of a bucket, in no order. */
  keys(bucket: string): string[] {
    const folder = join(this.#bucketFolder(bucket), 'objects');
    return readdirSync(folder).flatMap(
      (name) => decodeKeyName(name) ?? readObjectRecord(join(folder, name))?.key ?? [],
    );
  }

  #objectPath(bucket: string, key: string): string {
    return join(this.#bucketFolder(bucket), 'objects', encodeKeyName(key));
  }

  #bucketFolder(name: string): string {
    if (!isBucketName(name)) throw new S3Refusal('InvalidBucketName');
    const folder = join(this.#buckets, name);
    if (!existsSync(folder)) throw new S3Refusal('NoSuchBucket');
    return folder;
  }
}

function isNotEmpty(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY';
}
