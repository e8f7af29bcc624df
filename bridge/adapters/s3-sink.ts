import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { loadS3 } from '../../pipeline/index.ts';
import { BridgeError } from '../bridge-error.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectSink } from '../ports.ts';
import { explainS3Failure, httpStatusOf } from './s3-failure.ts';

/** Where objects go: a client, a bucket, and what stands in front of every key (empty, or ending in a slash). */
export interface S3SinkOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

const CRC32_BYTES = 4;

/** Stores objects in a bucket of any S3-compatible storage, and looks whether it has them. */
export class S3Sink implements ObjectSink {
  readonly #options: S3SinkOptions;

  constructor(options: S3SinkOptions) {
    this.#options = options;
  }

  /**
   * Asks the storage whether the bucket is there, before anything is collected for it.
   *
   * @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED
   */
  async check(): Promise<void> {
    const { client, bucket } = this.#options;
    const { HeadBucketCommand } = loadS3();
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch (cause) {
      throw await explainS3Failure(cause, this.#options);
    }
  }

  /**
   * Sends the object with checksums that the storage has to verify, then asks what it keeps under the key: that must have
   * the length and the checksum of what was sent.
   *
   * @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED, STORAGE_CORRUPT
   */
  async put(object: LandingObject, signal?: AbortSignal): Promise<void> {
    try {
      await this.#send(object, { signal });
    } catch (cause) {
      throw cause instanceof BridgeError ? cause : await explainS3Failure(cause, this.#options);
    }
  }

  /**
   * Stores an object unless there is one under its key; false when there is.
   *
   * @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED, STORAGE_CORRUPT
   */
  async putNew(object: LandingObject, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.#send(object, { signal, onlyNew: true });
      return true;
    } catch (cause) {
      if (cause instanceof BridgeError) throw cause;
      if (httpStatusOf(cause) === 412) return false;
      throw await explainS3Failure(cause, this.#options);
    }
  }

  async #send(
    { key, body, metadata }: LandingObject,
    { signal, onlyNew = false }: { signal: AbortSignal | undefined; onlyNew?: boolean },
  ): Promise<void> {
    const { client, bucket, prefix } = this.#options;
    const { HeadObjectCommand, PutObjectCommand } = loadS3();
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const place = { Bucket: bucket, Key: `${prefix}${key}` };
    const options = signal === undefined ? {} : { abortSignal: signal };
    const ChecksumCRC32 = base64Crc32(bytes);
    const { ETag } = await client.send(
      new PutObjectCommand({
        ...place,
        Body: bytes,
        ContentLength: bytes.length,
        ContentMD5: createHash('md5').update(bytes).digest('base64'),
        ChecksumCRC32,
        // Not a content encoding: clients would unpack silently what its name says is packed.
        ContentType: key.endsWith('.gz') ? 'application/gzip' : 'application/x-ndjson',
        Metadata: { ...metadata },
        ...(onlyNew && { IfNoneMatch: '*' }),
      }),
      options,
    );
    const kept = await client.send(
      new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }),
      options,
    );
    const difference = findDifference(kept, {
      bytes: bytes.length,
      crc32: ChecksumCRC32,
      etag: ETag,
    });
    if (difference !== undefined) throw this.#corrupt(key, difference);
  }

  #corrupt(key: string, difference: string): BridgeError {
    const { bucket, prefix } = this.#options;
    return new BridgeError(
      'STORAGE_CORRUPT',
      `The storage took ${prefix}${key} into bucket ${bucket}, but keeps something else: ${difference}. Check the disks of the storage.`,
    );
  }
}

/** What the storage keeps otherwise than it was sent; `undefined` when nothing is. */
function findDifference(
  kept: HeadObjectCommandOutput,
  sent: { readonly bytes: number; readonly crc32: string; readonly etag: string | undefined },
): string | undefined {
  if (kept.ContentLength !== sent.bytes) {
    return `${kept.ContentLength ?? 'an unknown number of'} bytes of ${sent.bytes}`;
  }
  if (kept.ChecksumCRC32 !== undefined && kept.ChecksumCRC32 !== sent.crc32) {
    return `CRC-32 ${kept.ChecksumCRC32} instead of ${sent.crc32}`;
  }
  // Encrypted objects have ETags of their own; but the one that was given must be the one that is there.
  const isOther = kept.ETag !== undefined && sent.etag !== undefined && kept.ETag !== sent.etag;
  return isOther ? 'another ETag than it gave' : undefined;
}

function base64Crc32(bytes: Uint8Array): string {
  const value = Buffer.alloc(CRC32_BYTES);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}
