import { checksumElement, checksumHeaders } from './checksums.ts';
import { readUploadChecksum } from './upload-checksum.ts';
import { S3Refusal } from './errors.ts';
import { readObjectHeaders } from './object-headers.ts';
import { quote } from './object-operations.ts';
import { PART_NUMBER_MAX } from './part-list.ts';
import { readCount } from './read-count.ts';
import type { S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import { storeBody } from './store-body.ts';
import type { StoreFolders } from './store-folders.ts';
import type { StoredPart, Upload } from './upload-folder.ts';
import { element, textElement, xmlDocument } from './xml.ts';

const PARTS_PER_PAGE_MAX = 1000;

/** CreateMultipartUpload. */
export function createUpload(request: S3Request, { uploads }: StoreFolders): S3Response {
  const { bucket, key } = request;
  const checksum = readUploadChecksum(request.headers);
  const headers = readObjectHeaders(request.headers);
  const uploadId = uploads.begin(bucket, { key, headers, ...(checksum && { checksum }) });
  const document = xmlDocument(
    'InitiateMultipartUploadResult',
    textElement('Bucket', bucket),
    textElement('Key', key),
    textElement('UploadId', uploadId),
  );
  return xmlResponse(document, {
    ...(checksum && {
      'x-amz-checksum-algorithm': checksum.algorithm,
      'x-amz-checksum-type': checksum.type,
    }),
  });
}

/** UploadPart: any number from 1 to 10,000, in any order; the last one to arrive under a number counts. */
export async function uploadPart(request: S3Request, store: StoreFolders): Promise<S3Response> {
  const upload = findUpload(request, store);
  const number = readCount(request.query, 'partNumber', { fallback: 0, max: Infinity });
  if (number < 1 || number > PART_NUMBER_MAX) {
    const message = `partNumber must be a whole number from 1 to ${PART_NUMBER_MAX}.`;
    throw new S3Refusal('InvalidArgument', { message });
  }
  const stored = await storeBody(request, store, {}, (file, { checksum }) => {
    const wanted = upload.checksum?.algorithm;
    if (wanted !== undefined && checksum?.algorithm !== wanted) {
      const message = `The upload was begun with ${wanted}, so every part must bring one.`;
      throw new S3Refusal('InvalidRequest', { message });
    }
    store.uploads.commitPart(file, upload, number);
  });
  const { 'x-amz-checksum-type': _whole, ...checksums } = checksumHeaders(stored.checksum);
  return { status: 200, headers: { etag: quote(stored.etag), ...checksums } };
}

/** AbortMultipartUpload. */
export function abortUpload(request: S3Request, store: StoreFolders): S3Response {
  store.uploads.end(findUpload(request, store));
  return { status: 204 };
}

/** ListParts, in pages by part number. */
export function listParts(request: S3Request, store: StoreFolders): S3Response {
  const { bucket, key, query } = request;
  const upload = findUpload(request, store);
  const after = readCount(query, 'part-number-marker', { fallback: 0, max: PART_NUMBER_MAX });
  const count = readCount(query, 'max-parts', {
    fallback: PARTS_PER_PAGE_MAX,
    max: PARTS_PER_PAGE_MAX,
  });
  const rest = store.uploads.parts(upload).filter(({ number }) => number > after);
  const shown = rest.slice(0, count);
  const document = xmlDocument(
    'ListPartsResult',
    textElement('Bucket', bucket),
    textElement('Key', key),
    textElement('UploadId', query.get('uploadId') ?? ''),
    textElement('PartNumberMarker', after),
    textElement('NextPartNumberMarker', shown.at(-1)?.number ?? 0),
    textElement('MaxParts', count),
    textElement('IsTruncated', shown.length > 0 && rest.length > shown.length),
    ...shown.map(renderPart),
    textElement('StorageClass', 'STANDARD'),
  );
  return xmlResponse(document);
}

/** The upload that a request names by its key and `uploadId`. Throws `NoSuchUpload`. */
export function findUpload({ bucket, key, query }: S3Request, { uploads }: StoreFolders): Upload {
  return uploads.find(bucket, key, query.get('uploadId') ?? '');
}

function renderPart({ number, record }: StoredPart): string {
  const { checksum } = record;
  return element(
    'Part',
    textElement('PartNumber', number),
    textElement('LastModified', new Date(record.lastModifiedMs).toISOString()),
    textElement('ETag', quote(record.etag)),
    ...(checksum ? [textElement(checksumElement(checksum.algorithm), checksum.value)] : []),
    textElement('Size', record.sizeBytes),
  );
}
