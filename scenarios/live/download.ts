import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { loadS3, makeFolders } from '../../pipeline/index.ts';

/** Objects that are downloaded at the same time. */
const PARALLEL = 8;

/** What to download: all objects of a bucket whose keys begin with `prefix`. */
export interface ObjectSource {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

/** Downloads objects to files below `folder`, named by their keys behind the prefix. Throws what the client throws. */
export async function downloadObjects(source: ObjectSource, folder: string): Promise<void> {
  const { client, bucket, prefix } = source;
  const { paginateListObjectsV2 } = loadS3();
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
  for await (const { Contents: objects = [] } of pages) {
    const keys = objects.map(({ Key }) => Key ?? '');
    for (let from = 0; from < keys.length; from += PARALLEL) {
      const batch = keys.slice(from, from + PARALLEL);
      await Promise.all(batch.map((key) => downloadObject(source, key, folder)));
    }
  }
}

async function downloadObject(source: ObjectSource, key: string, folder: string): Promise<void> {
  const { client, bucket, prefix } = source;
  const { GetObjectCommand } = loadS3();
  const path = join(folder, ...key.slice(prefix.length).split('/'));
  makeFolders(dirname(path));
  const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(body as Readable, createWriteStream(path));
}
