import { closeSync } from 'node:fs';
import { readRange, type RequestedRange } from './byte-range.ts';
import { checksumHeaders } from './checksums.ts';
import { checkRead, readWriteCondition } from './conditions.ts';
import { S3Refusal } from './errors.ts';
import type { ObjectRecord } from './object-file.ts';
import { readObjectHeaders } from './object-headers.ts';
import type { S3Request } from './s3-request.ts';
import type { S3Response } from './s3-response.ts';
import { storeBody } from './store-body.ts';
import type { StoreFolders } from './store-folders.ts';

/** PutObject. */
export async function putObject(request: S3Request, store: StoreFolders): Promise<S3Response> {
  const { bucket, key } = request;
  store.objects.requireBucket(bucket);
  const condition = readWriteCondition(request.headers);
  const headers = readObjectHeaders(request.headers);
  const stored = await storeBody(request, store, headers, (file) => {
    store.objects.commit(file, bucket, key, condition);
  });
  return {
    status: 200,
    headers: { etag: quote(stored.etag), ...checksumHeaders(stored.checksum) },
  };
}

/** GetObject: the whole object or one range of it. */
export function getObject(request: S3Request, { objects }: StoreFolders): S3Response {
  const { fd, record } = objects.openObject(request.bucket, request.key);
  try {
    const { response, range } = describe(request, record);
    if (response.status === 304) {
      closeSync(fd);
      return response;
    }
    const start = range.kind === 'part' ? range.start : 0;
    return { ...response, body: { fd, start, lengthBytes: lengthOf(range, record) } };
  } catch (cause) {
    closeSync(fd);
    throw cause;
  }
}

/** HeadObject: what GetObject would answer, without the bytes. */
export function headObject(request: S3Request, { objects }: StoreFolders): S3Response {
  const record = objects.record(request.bucket, request.key);
  if (record === undefined) throw new S3Refusal('NoSuchKey');
  return describe(request, record).response;
}

/** DeleteObject. It is no error if there is none. */
export function deleteObject(request: S3Request, { objects }: StoreFolders): S3Response {
  objects.remove(request.bucket, request.key, readWriteCondition(request.headers));
  return { status: 204 };
}

/** An ETag as it stands in headers and documents. */
export function quote(etag: string): string {
  return `"${etag}"`;
}

/** Decides between 200, 206 and 304. Throws `PreconditionFailed` and `InvalidRange`. */
function describe(
  request: S3Request,
  record: ObjectRecord,
): { response: S3Response; range: RequestedRange } {
  const identity = {
    etag: quote(record.etag),
    'last-modified': new Date(record.lastModifiedMs).toUTCString(),
  };
  const verdict = checkRead(request.headers, record);
  if (verdict === 'failed') throw new S3Refusal('PreconditionFailed');
  const range = readRange(request.headers['range'], record.sizeBytes);
  if (verdict === 'not-modified') return { response: { status: 304, headers: identity }, range };
  if (range.kind === 'unsatisfiable') throw invalidRange(record.sizeBytes);
  const headers: Record<string, string> = {
    ...record.headers,
    ...identity,
    'accept-ranges': 'bytes',
    'content-length': String(lengthOf(range, record)),
  };
  if (range.kind === 'part') {
    headers['content-range'] = `bytes ${range.start}-${range.end}/${record.sizeBytes}`;
    return { response: { status: 206, headers }, range };
  }
  // A checksum is over the whole object, so it would mislead beside a part of it.
  const wantsChecksum = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  if (wantsChecksum) Object.assign(headers, checksumHeaders(record.checksum));
  return { response: { status: 200, headers }, range };
}

function lengthOf(range: RequestedRange, record: ObjectRecord): number {
  return range.kind === 'part' ? range.end - range.start + 1 : record.sizeBytes;
}

function invalidRange(sizeBytes: number): S3Refusal {
  return new S3Refusal('InvalidRange', {
    elements: { ActualObjectSize: String(sizeBytes) },
    headers: { 'content-range': `bytes */${sizeBytes}` },
  });
}
