/** The operations of the S3 protocol that the store carries out, by their names in the API reference. */
export type OperationName =
  | 'AbortMultipartUpload'
  | 'CompleteMultipartUpload'
  | 'CopyObject'
  | 'CreateBucket'
  | 'CreateMultipartUpload'
  | 'DeleteBucket'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'GetObject'
  | 'HeadBucket'
  | 'HeadObject'
  | 'ListBuckets'
  | 'ListObjectsV2'
  | 'ListParts'
  | 'PutObject'
  | 'UploadPart';

/** What the fault hook gets to see of a request: enough to choose, and none of its headers or bytes. */
export interface ObjectStoreRequest {
  /** 1 for the first request since the store started, then counting up. */
  readonly ordinal: number;
  readonly operation: OperationName;
  /** Empty for ListBuckets. */
  readonly bucket: string;
  /** Empty for operations on a bucket. */
  readonly key: string;
}

/**
 * One way in which the store fails a request on purpose.
 *
 * - `status`: refuses with 429 TooManyRequests, 500 InternalError, 501 NotImplemented or 503 SlowDown, before the body is read.
 * - `reset-before`: resets the connection (TCP RST) before anything is done.
 * - `reset-after`: does everything, then resets the connection instead of answering.
 * - `delay`: waits, then goes on as if nothing had happened.
 * - `hang`: never answers; ends when the client gives up or the store closes.
 * - `truncate`: for PutObject and UploadPart: acknowledges the whole body and keeps only its first bytes, under the ETag and
 *   checksum of the whole, as a disk does that loses its tail.
 * - `write-conditions`: for writes with `If-Match` or `If-None-Match`: `refused` answers 501 NotImplemented, `ignored` writes
 *   whatever is there, as storage does that knows no conditional writes.
 * - `list-page`: for ListObjectsV2: `skips-last` leaves the last key of the page out, for good; `starts-over` ignores the
 *   continuation token and gives the first page again; `first-half` gives half of the keys and says that these are all.
 *
 * A fault that does not concern the operation is ignored.
 */
export type ObjectStoreFault =
  | { readonly kind: 'status'; readonly status: 429 | 500 | 501 | 503 }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'truncate'; readonly keepBytes: number }
  | { readonly kind: 'write-conditions'; readonly conditions: 'refused' | 'ignored' }
  | { readonly kind: 'list-page'; readonly page: 'skips-last' | 'starts-over' | 'first-half' };

/** Chooses the fault of a request; `undefined` lets it be. Called once per authenticated request, before its body is read. */
export type ChooseFault = (request: ObjectStoreRequest) => ObjectStoreFault | undefined;
