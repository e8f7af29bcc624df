import { HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { BridgeError } from '../bridge-error.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectSink } from '../ports.ts';

/** Where objects go: a client, a bucket, and what stands in front of every key (empty, or ending in a slash). */
export interface S3SinkOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

/** Stores objects in a bucket of any S3-compatible storage. */
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
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch (cause) {
      throw await this.#explain(cause);
    }
  }

  /** @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED */
  async put(object: LandingObject): Promise<void> {
    const { client, bucket, prefix } = this.#options;
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${prefix}${object.key}`,
          Body: object.body,
          ContentType: 'application/x-ndjson',
          Metadata: { ...object.metadata },
        }),
      );
    } catch (cause) {
      throw await this.#explain(cause);
    }
  }

  async #explain(cause: unknown): Promise<BridgeError> {
    const { client, bucket } = this.#options;
    const status = (cause as { readonly $metadata?: { readonly httpStatusCode?: number } })
      .$metadata?.httpStatusCode;
    const endpoint = await client.config.endpoint?.();
    const place =
      endpoint === undefined
        ? 'AWS'
        : `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port ?? ''}`;
    if (status === undefined) {
      return new BridgeError(
        'STORAGE_UNREACHABLE',
        `Cannot reach the S3 endpoint ${place}. Check that it runs and that --s3 names it.`,
        { cause },
      );
    }
    const fix =
      status === 404
        ? 'Create the bucket, or name another one with --bucket.'
        : 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and their rights.';
    return new BridgeError(
      'STORAGE_REFUSED',
      `The S3 endpoint ${place} refused bucket ${bucket} (HTTP ${status}). ${fix}`,
      { cause },
    );
  }
}
