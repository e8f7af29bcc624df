import type { S3Client } from '@aws-sdk/client-s3';
import { loadS3 } from '../../pipeline/index.ts';
import { explainS3Failure, httpStatusOf } from '../adapters/s3-failure.ts';
import { S3Sink } from '../adapters/s3-sink.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectShelf } from './object-shelf.ts';

/** Objects in a bucket. */
export class S3Shelf implements ObjectShelf {
  readonly #place: { readonly client: S3Client; readonly bucket: string };
  readonly #sink: S3Sink;

  /** The client is destroyed with the shelf. */
  constructor(place: { readonly client: S3Client; readonly bucket: string }) {
    this.#place = place;
    this.#sink = new S3Sink({ ...place, prefix: '' });
  }

  async list(prefix: string): Promise<string[]> {
    const { client, bucket } = this.#place;
    const { paginateListObjectsV2 } = loadS3();
    const keys: string[] = [];
    try {
      for await (const page of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix },
      )) {
        for (const { Key: key } of page.Contents ?? []) if (key !== undefined) keys.push(key);
      }
      return keys.toSorted();
    } catch (cause) {
      throw await explainS3Failure(cause, this.#place);
    }
  }

  async storedMs(key: string): Promise<number | undefined> {
    const { client, bucket } = this.#place;
    const { HeadObjectCommand } = loadS3();
    try {
      const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
      // Every S3 says when; of one that does not, it is still there.
      return (await client.send(command)).LastModified?.getTime() ?? 0;
    } catch (cause) {
      if (httpStatusOf(cause) === 404) return undefined;
      throw await explainS3Failure(cause, this.#place);
    }
  }

  async *read(key: string): AsyncGenerator<Uint8Array> {
    const { client, bucket } = this.#place;
    const { GetObjectCommand } = loadS3();
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      yield* (Body ?? []) as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw await explainS3Failure(cause, this.#place);
    }
  }

  put(object: LandingObject): Promise<void> {
    return this.#sink.put(object);
  }

  putNew(object: LandingObject): Promise<boolean> {
    return this.#sink.putNew(object);
  }

  close(): void {
    this.#place.client.destroy();
  }
}
