import { closeSync } from 'node:fs';
import {
  algorithmOfHeader,
  checksumElement,
  checksumHeader,
  compositeChecksum,
  startChecksum,
  type Checksum,
} from './checksums.ts';
import { readWriteCondition } from './conditions.ts';
import { S3Refusal } from './errors.ts';
import { objectPieces, openObjectFile, type IncomingFile } from './object-file.ts';
import { quote } from './object-operations.ts';
import { matchParts, multipartEtag, readPartList } from './part-list.ts';
import { receiveText } from './received-body.ts';
import type { S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import type { StoreFolders } from './store-folders.ts';
import type { StoredPart, Upload } from './upload-folder.ts';
import { findUpload } from './upload-operations.ts';
import { textElement, xmlDocument } from './xml.ts';

/** Ten thousand parts, each with ETag and checksum. */
const BODY_BYTES_MAX = 8 * 1024 ** 2;

/** CompleteMultipartUpload: joins the named parts into the object and forgets the others. */
export async function completeUpload(request: S3Request, store: StoreFolders): Promise<S3Response> {
  const { bucket, key, headers } = request;
  const upload = findUpload(request, store);
  const condition = readWriteCondition(headers);
  const named = readPartList(await receiveText(withoutObjectChecksum(request), BODY_BYTES_MAX));
  const parts = matchParts(named, store.uploads.parts(upload), upload);
  checkSize(parts, headers['x-amz-mp-object-size']);
  const etag = multipartEtag(parts);
  const checksum = await store.objects.withIncomingFile(async (file) => {
    const joined = checksumOf(upload, parts, await joinParts(parts, file, upload));
    checkAnnounced(joined, headers);
    await file.seal({
      key,
      etag,
      checksum: joined,
      headers: upload.headers,
      lastModifiedMs: Date.now(),
    });
    store.objects.commit(file, bucket, key, condition);
    store.uploads.end(upload);
    return joined;
  });
  return completeResponse(bucket, key, etag, checksum);
}

/** The `x-amz-checksum-` headers of this operation speak of the object, not of the XML that comes as the body. */
function withoutObjectChecksum(request: S3Request): S3Request {
  const headers = Object.entries(request.headers).filter(
    ([name]) => algorithmOfHeader(name) === undefined,
  );
  return { ...request, headers: Object.fromEntries(headers) };
}

function checkSize(parts: readonly StoredPart[], announced: string | undefined): void {
  const sizeBytes = parts.reduce((sum, { record }) => sum + record.sizeBytes, 0);
  if (announced !== undefined && announced !== String(sizeBytes)) {
    const message = `The parts have ${sizeBytes} bytes, not the announced x-amz-mp-object-size.`;
    throw new S3Refusal('InvalidRequest', { message });
  }
}

/** Copies the parts into the file and gives the checksum over all bytes, if the upload wants one. */
async function joinParts(
  parts: readonly StoredPart[],
  file: IncomingFile,
  { checksum }: Upload,
): Promise<string | undefined> {
  const running = checksum?.type === 'FULL_OBJECT' ? startChecksum(checksum.algorithm) : undefined;
  for (const { path } of parts) {
    const part = openObjectFile(path);
    if (part === undefined) throw new S3Refusal('NoSuchUpload');
    try {
      for await (const piece of objectPieces(part.fd, part.record.sizeBytes)) {
        running?.update(piece);
        await file.write(piece);
      }
    } finally {
      closeSync(part.fd);
    }
  }
  return running?.digest().toString('base64');
}

function checksumOf(
  { checksum }: Upload,
  parts: readonly StoredPart[],
  wholeValue: string | undefined,
): Checksum | undefined {
  if (checksum === undefined) return undefined;
  const { algorithm, type } = checksum;
  if (wholeValue !== undefined) return { algorithm, type, value: wholeValue };
  return compositeChecksum(
    algorithm,
    parts.map(({ record }) => record.checksum?.value ?? ''),
  );
}

/** A checksum that the client announces for the object must be the one that the parts give. */
function checkAnnounced(checksum: Checksum | undefined, headers: S3Request['headers']): void {
  const names = Object.keys(headers).filter((name) => algorithmOfHeader(name) !== undefined);
  for (const name of names) {
    const holds =
      checksum !== undefined &&
      name === checksumHeader(checksum.algorithm) &&
      (headers[name] === checksum.value || `${headers[name]}` === checksum.value.split('-')[0]);
    if (!holds) throw new S3Refusal('BadDigest');
  }
}

function completeResponse(
  bucket: string,
  key: string,
  etag: string,
  checksum: Checksum | undefined,
): S3Response {
  const checksums =
    checksum === undefined
      ? []
      : [
          textElement(checksumElement(checksum.algorithm), checksum.value),
          textElement('ChecksumType', checksum.type),
        ];
  return xmlResponse(
    xmlDocument(
      'CompleteMultipartUploadResult',
      textElement('Bucket', bucket),
      textElement('Key', key),
      textElement('ETag', quote(etag)),
      ...checksums,
    ),
  );
}
