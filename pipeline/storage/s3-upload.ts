import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { fileCrc32 } from './file-checksum.ts';
import { unwritable } from './folder-failure.ts';
import { inParallel } from './in-parallel.ts';
import { loadS3 } from './s3-client.ts';
import { s3Contradiction } from './s3-failure.ts';
import type { S3Session } from './s3-session.ts';
import type { StoredObject } from './storage.ts';

/** A file on its way into a bucket. */
export interface Upload {
  readonly path: string;
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  /** Files above this go in parts of this size; 256 MiB if absent. S3 takes parts from 5 MiB up, and 10,000 of them. */
  readonly partBytes?: number;
}

interface Part {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

const PART_BYTES = 256 * 1024 ** 2;
const PARTS_AT_ONCE = 4;

/**
 * Stores a file under a key with a checksum that the storage has to verify, then asks what it keeps.
 * @throws PipelineError STORAGE_UNREACHABLE, STORAGE_REFUSED, OUTPUT_UNWRITABLE
 */
export async function uploadFile(session: S3Session, upload: Upload): Promise<StoredObject> {
  const { path, partBytes = PART_BYTES } = upload;
  const bytes = await sizeOf(path);
  const crc32 = await fileCrc32(path, 0, bytes);
  if (bytes <= partBytes) await putWhole(session, upload, { bytes, crc32 });
  else await putParts(session, upload, { partBytes, bytes, crc32 });
  return checkKept(session, upload, { bytes, crc32 });
}

async function putWhole(
  session: S3Session,
  { path, key, signal }: Upload,
  { bytes, crc32 }: { readonly bytes: number; readonly crc32: string },
): Promise<void> {
  const { PutObjectCommand } = loadS3();
  await session.call(signal, (options) =>
    withPart(path, { start: 0, end: bytes }, (Body) =>
      session.client.send(
        new PutObjectCommand({
          ...session.at(key),
          Body,
          ContentLength: bytes,
          ChecksumCRC32: crc32,
        }),
        options,
      ),
    ),
  );
}

async function putParts(
  session: S3Session,
  upload: Upload,
  file: { readonly bytes: number; readonly partBytes: number; readonly crc32: string },
): Promise<void> {
  const {
    AbortMultipartUploadCommand,
    CompleteMultipartUploadCommand,
    CreateMultipartUploadCommand,
  } = loadS3();
  const { key, signal } = upload;
  const { UploadId } = await session.call(signal, (options) =>
    session.client.send(
      new CreateMultipartUploadCommand({
        ...session.at(key),
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
      }),
      options,
    ),
  );
  const named = { ...session.at(key), UploadId };
  try {
    const Parts = await inParallel(partsOf(file), PARTS_AT_ONCE, (part) =>
      putPart(session, upload, { part, uploadId: UploadId ?? '' }),
    );
    await session.call(signal, (options) =>
      session.client
        .send(
          new CompleteMultipartUploadCommand({
            ...named,
            MultipartUpload: { Parts },
            ChecksumType: 'FULL_OBJECT',
            ChecksumCRC32: file.crc32,
          }),
          options,
        )
        .catch((error: unknown) => {
          // An attempt before this one was carried out, and only its answer lost: what is kept is checked in any case.
          if ((error as Error).name !== 'NoSuchUpload') throw error;
        }),
    );
  } catch (error) {
    // Parts that nobody completes are kept, and paid for, for ever.
    await session.client.send(new AbortMultipartUploadCommand(named)).catch(() => undefined);
    throw error;
  }
}

async function putPart(
  session: S3Session,
  { path, key, signal }: Upload,
  { part, uploadId }: { readonly part: Part; readonly uploadId: string },
): Promise<CompletedPart> {
  const { UploadPartCommand } = loadS3();
  const ChecksumCRC32 = await fileCrc32(path, part.start, part.end);
  const { ETag } = await session.call(signal, (options) =>
    withPart(path, part, (Body) =>
      session.client.send(
        new UploadPartCommand({
          ...session.at(key),
          UploadId: uploadId,
          PartNumber: part.number,
          Body,
          ContentLength: part.end - part.start,
          ChecksumCRC32,
        }),
        options,
      ),
    ),
  );
  return { PartNumber: part.number, ETag, ChecksumCRC32 };
}

/** What the storage keeps must have the length and the checksum of what was sent. */
async function checkKept(
  session: S3Session,
  { key, signal }: Upload,
  { bytes, crc32 }: { readonly bytes: number; readonly crc32: string },
): Promise<StoredObject> {
  const { HeadObjectCommand } = loadS3();
  const kept = await session.call(signal, (options) =>
    session.client.send(
      new HeadObjectCommand({ ...session.at(key), ChecksumMode: 'ENABLED' }),
      options,
    ),
  );
  // The checksum of parts is marked by their number behind it.
  const sum = kept.ChecksumCRC32?.includes('-') ? undefined : kept.ChecksumCRC32;
  if (kept.ContentLength !== bytes || (sum !== undefined && sum !== crc32)) {
    throw s3Contradiction(
      session.place,
      `it took ${key} of ${bytes} bytes and keeps something else (${kept.ContentLength ?? 'unknown'} bytes)`,
    );
  }
  return { key, bytes, tag: (kept.ETag ?? '').replaceAll('"', '') };
}

function partsOf({
  bytes,
  partBytes,
}: {
  readonly bytes: number;
  readonly partBytes: number;
}): Part[] {
  const count = Math.ceil(bytes / partBytes);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    start: index * partBytes,
    end: Math.min((index + 1) * partBytes, bytes),
  }));
}

async function withPart<T>(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  send: (body: ReadStream | Uint8Array) => Promise<T>,
): Promise<T> {
  if (end === start) return send(new Uint8Array(0));
  const body = createReadStream(path, { start, end: end - 1 });
  try {
    return await send(body);
  } finally {
    body.destroy();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw unwritable(path, cause);
  }
}
