/** Brings the objects of a landing bucket within reach of the engine. */
import type { S3Client } from '@aws-sdk/client-s3';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LandingTableName } from '../core/catalog.ts';
import { allLandingFolders, kindOfLandingFile } from '../core/landing-file.ts';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { LandingObject } from './landing-object.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import { createS3Client, loadS3 } from '../storage/s3-client.ts';

/** How many objects are downloaded at once. */
const DOWNLOADS_MAX = 8;

type S3Source = Extract<Place, { kind: 's3' }>;

interface Listed {
  readonly table: LandingTableName;
  readonly key: string;
  readonly name: string;
  readonly kind: 'records' | 'foreign';
}

/**
 * Downloads all objects of a landing prefix into `folder` and gives them in a fixed order; empty objects and markers are
 * left out.
 * @throws PipelineError LANDING_NOT_FOUND, STORAGE_UNREACHABLE, STORAGE_REFUSED
 */
export async function downloadS3Objects(
  source: S3Source,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<LandingObject[]> {
  const client = createS3Client(source.endpoint);
  try {
    const listed = await listObjects(client, source, signal);
    if (listed.length === 0) {
      throw new PipelineError(
        'LANDING_NOT_FOUND',
        `${describePlace(source)} holds no landing objects. Give the prefix in front of customer_landing/, accelerometer_landing/ and step_trainer_landing/.`,
      );
    }
    return await downloadAll(client, source, { listed, folder, signal });
  } catch (error) {
    throw error instanceof PipelineError || signal?.aborted ? error : toStorageError(error, source);
  } finally {
    client.destroy();
  }
}

async function listObjects(
  client: S3Client,
  source: S3Source,
  signal: AbortSignal | undefined,
): Promise<Listed[]> {
  const { paginateListObjectsV2 } = loadS3();
  const listed: Listed[] = [];
  for (const { table, folder } of allLandingFolders()) {
    const Prefix = source.prefix + folder;
    const pages = paginateListObjectsV2(
      { client },
      { Bucket: source.bucket, Prefix },
      { ...(signal && { abortSignal: signal }) },
    );
    for await (const page of pages) {
      for (const { Key: key = '', Size: size = 0 } of page.Contents ?? []) {
        const path = key.slice(Prefix.length);
        const kind = size === 0 ? 'ignored' : kindOfLandingFile(path);
        if (kind !== 'ignored') listed.push({ table, key, name: folder + path, kind });
      }
    }
  }
  return listed;
}

async function downloadAll(
  client: S3Client,
  { bucket }: S3Source,
  job: { listed: readonly Listed[]; folder: string; signal: AbortSignal | undefined },
): Promise<LandingObject[]> {
  const { GetObjectCommand } = loadS3();
  makeFolders(job.folder);
  const objects: LandingObject[] = [];
  const waiting = job.listed.entries();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const [index, { table, key, name, kind }] of waiting) {
      if (failures.length > 0) return;
      // Keys are other people's text: the local name is a number, so that none of them can leave the folder.
      const path = join(job.folder, index.toString());
      const reply = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
        ...(job.signal && { abortSignal: job.signal }),
      });
      await pipeline(reply.Body as Readable, createWriteStream(path), {
        ...(job.signal && { signal: job.signal }),
      });
      objects[index] = { table, name, path, kind };
    }
  };
  const workers = Array.from({ length: DOWNLOADS_MAX }, () =>
    work().catch((error: unknown) => failures.push(error)),
  );
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
  return objects;
}

function toStorageError(cause: unknown, source: S3Source): PipelineError {
  const place = describePlace(source) + (source.endpoint ? ` at ${source.endpoint}` : '');
  const { S3ServiceException } = loadS3();
  if (!(cause instanceof S3ServiceException)) {
    return new PipelineError(
      'STORAGE_UNREACHABLE',
      `The storage of ${place} does not answer. Check the endpoint, the network and the AWS credentials of the environment.`,
      { cause },
    );
  }
  return new PipelineError(
    'STORAGE_REFUSED',
    `The storage refused to give out ${place} (${cause.name}). Check the name of the bucket and what the credentials may read.`,
    { cause },
  );
}
