import { crc32 } from 'node:zlib';
import { PipelineError } from '../pipeline-error.ts';
import { crc32Text } from './file-checksum.ts';
import { inParallel } from './in-parallel.ts';
import { downloadS3Object } from './s3-download.ts';
import { loadS3 } from './s3-client.ts';
import { httpStatusOf, s3Contradiction, s3Failure } from './s3-failure.ts';
import type { S3Place } from './s3-failure.ts';
import { listS3Folders, listS3Objects } from './s3-listing.ts';
import { S3Session } from './s3-session.ts';
import type { S3Patience } from './s3-session.ts';
import { uploadFile } from './s3-upload.ts';
import type { Expected, Storage, StoredObject } from './storage.ts';

const KEYS_PER_DELETE = 1000;
const DELETES_MAX = 4;

/** Objects below a prefix of a bucket. */
export class S3Storage implements Storage {
  readonly #session: S3Session;

  constructor(place: S3Place, patience?: S3Patience) {
    this.#session = new S3Session(place, patience);
  }

  list(prefix: string, signal?: AbortSignal): Promise<StoredObject[]> {
    return listS3Objects(this.#session, prefix, signal);
  }

  folders(signal?: AbortSignal): Promise<string[]> {
    return listS3Folders(this.#session, signal);
  }

  fetch(object: StoredObject, folder: string, signal?: AbortSignal): Promise<string> {
    return downloadS3Object(this.#session, object, { folder, signal });
  }

  store(path: string, key: string, signal?: AbortSignal): Promise<StoredObject> {
    return uploadFile(this.#session, { path, key, signal });
  }

  async read(
    key: string,
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: Buffer; readonly tag: string } | undefined> {
    const { GetObjectCommand } = loadS3();
    return this.#session.call(signal, async (options) => {
      try {
        const reply = await this.#session.client.send(
          new GetObjectCommand({ ...this.#session.at(key), ChecksumMode: 'ENABLED' }),
          options,
        );
        const bytes = Buffer.from((await reply.Body?.transformToByteArray()) ?? []);
        if (reply.ContentLength !== undefined && bytes.length !== reply.ContentLength) {
          throw s3Contradiction(
            this.#session.place,
            `${key} has ${bytes.length} bytes of ${reply.ContentLength}`,
          );
        }
        return { bytes, tag: tagOf(reply.ETag) };
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  async write(key: string, bytes: Uint8Array, expected?: Expected): Promise<boolean> {
    const { PutObjectCommand } = loadS3();
    const { client } = this.#session;
    return this.#session.call(undefined, async (options) => {
      try {
        const { ETag } = await client.send(
          new PutObjectCommand({
            ...this.#session.at(key),
            Body: bytes,
            ContentLength: bytes.length,
            ChecksumCRC32: crc32Text(crc32(bytes)),
            ...(expected === 'absent' && { IfNoneMatch: '*' }),
            ...(typeof expected === 'object' && { IfMatch: `"${expected.tag}"` }),
          }),
          options,
        );
        await this.#checkKept(key, bytes, tagOf(ETag));
        return true;
      } catch (error) {
        const status = httpStatusOf(error);
        const isOther = status === 412 || (status === 404 && (error as Error).name === 'NoSuchKey');
        if (expected === undefined || !isOther) throw error;
        // An attempt before this one may have been carried out, and only its answer lost.
        return (await this.read(key))?.bytes.equals(bytes) ?? false;
      }
    });
  }

  /** Somebody else may have replaced it meanwhile; but under the tag that was given there must be these bytes. */
  async #checkKept(key: string, bytes: Uint8Array, tag: string): Promise<void> {
    const kept = await this.read(key);
    if (kept?.tag !== tag || kept.bytes.equals(bytes)) return;
    throw s3Contradiction(this.#session.place, `it took ${key} and keeps something else`);
  }

  async remove(keys: readonly string[]): Promise<void> {
    const batches: (readonly string[])[] = [];
    for (let from = 0; from < keys.length; from += KEYS_PER_DELETE) {
      batches.push(keys.slice(from, from + KEYS_PER_DELETE));
    }
    await inParallel(batches, DELETES_MAX, async (batch) => {
      try {
        await this.#removeBatch(batch);
      } catch (error) {
        const status = error instanceof PipelineError ? httpStatusOf(error.cause) : undefined;
        if (status !== 400 && status !== 501) throw error;
        // Some storage has no such call, or wants it with a checksum of another kind.
        await inParallel(batch, DELETES_MAX, (key) => this.#removeOne(key));
      }
    });
  }

  #removeBatch(batch: readonly string[]): Promise<void> {
    const { DeleteObjectsCommand } = loadS3();
    return this.#session.call(undefined, async (options) => {
      const { place, client } = this.#session;
      const Objects = batch.map((key) => ({ Key: place.prefix + key }));
      const { Errors } = await client.send(
        new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects, Quiet: true } }),
        options,
      );
      const [first] = Errors ?? [];
      if (first !== undefined) {
        throw s3Failure(place, {
          name: `${first.Code} for ${first.Key}`,
          $metadata: { httpStatusCode: 403 },
        });
      }
    });
  }

  #removeOne(key: string): Promise<unknown> {
    const { DeleteObjectCommand } = loadS3();
    const { client } = this.#session;
    return this.#session.call(undefined, (options) =>
      client.send(new DeleteObjectCommand(this.#session.at(key)), options),
    );
  }

  close(): void {
    this.#session.client.destroy();
  }
}

function tagOf(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
