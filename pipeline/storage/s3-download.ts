import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';
import { errnoOf, unwritable } from './folder-failure.ts';
import { loadS3 } from './s3-client.ts';
import { describeS3, httpStatusOf } from './s3-failure.ts';
import type { S3Session } from './s3-session.ts';
import type { StoredObject } from './storage.ts';

/** The ETag of an object that came in one piece is the MD5 of its bytes, unless its storage encrypts it. */
const MD5 = /^[0-9a-f]{32}$/;

/**
 * Copies one object, as it was when it was listed, into a file of `folder`. What arrives must have the length of the listing
 * and the checksum that the storage keeps; what does not is asked for again.
 * @throws PipelineError LANDING_CHANGED, STORAGE_UNREACHABLE, STORAGE_REFUSED, DISK_FULL, OUTPUT_UNWRITABLE
 */
export async function downloadS3Object(
  session: S3Session,
  object: StoredObject,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal | undefined },
): Promise<string> {
  const { GetObjectCommand } = loadS3();
  // Keys are other people's text: the name of the copy is a hash, so that none of them can leave the folder.
  const name = createHash('sha256').update(`${object.tag} ${object.key}`).digest('hex');
  const path = join(folder, name.slice(0, 32));
  try {
    makeFolders(folder);
    return await session.call(signal, async (options) => {
      const reply = await session.client.send(
        new GetObjectCommand({
          ...session.at(object.key),
          ChecksumMode: 'ENABLED',
          ...(object.tag !== '' && { IfMatch: `"${object.tag}"` }),
        }),
        options,
      );
      await save(reply, object, { path, signal });
      return path;
    });
  } catch (error) {
    await rm(path, { force: true });
    throw explain(session, object, { path, error });
  }
}

async function save(
  reply: GetObjectCommandOutput,
  object: StoredObject,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const md5 = createHash('md5');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      md5.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(reply.Body as Readable, measure, createWriteStream(path), {
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    // The SDK compares checksums, and has no code for it when they differ.
    const isChecksum = errnoOf(cause) === '' && !signal?.aborted;
    throw isChecksum ? new DamagedDownload((cause as Error).message, { cause }) : cause;
  });
  const hasOwnTag = reply.ServerSideEncryption !== undefined || !MD5.test(object.tag);
  const isWhole = bytes === object.bytes && (hasOwnTag || md5.digest('hex') === object.tag);
  if (!isWhole) throw new DamagedDownload(`${bytes} bytes of ${object.bytes}, or other ones`);
}

/** Without a status it counts as a connection that broke, and is tried again. */
class DamagedDownload extends Error {
  override readonly name = 'DamagedDownload';
}

function explain(
  { place }: S3Session,
  { key }: StoredObject,
  { path, error }: { readonly path: string; readonly error: unknown },
): unknown {
  if (!(error instanceof PipelineError))
    return errnoOf(error) === '' ? error : unwritable(path, error);
  const { cause } = error;
  if (errnoOf(cause) === 'ENOSPC' || errnoOf(cause) === 'EDQUOT') return unwritable(path, cause);
  const status = httpStatusOf(cause);
  if (status === 412 || (status === 404 && (cause as Error).name === 'NoSuchKey')) {
    return new PipelineError(
      'LANDING_CHANGED',
      `${key} in ${describeS3(place)} ${status === 404 ? 'is gone' : 'has changed'} since it was listed. Run again when nothing writes there.`,
      { cause },
    );
  }
  if (!(cause instanceof DamagedDownload)) return error;
  return new PipelineError(
    'STORAGE_REFUSED',
    `${key} of ${describeS3(place)} arrives damaged each time (${cause.message}). Look at the disks and the logs of the storage.`,
    { cause },
  );
}
