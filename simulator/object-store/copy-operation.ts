import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { checksumElement, readAlgorithm, startChecksum, type Checksum } from './checksums.ts';
import { readWriteCondition } from './conditions.ts';
import { S3Refusal } from './errors.ts';
import { objectPieces } from './object-file.ts';
import { quote } from './object-operations.ts';
import { readObjectHeaders } from './object-headers.ts';
import { splitPath, type S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import type { StoreFolders } from './store-folders.ts';
import { textElement, xmlDocument } from './xml.ts';

/** CopyObject, within the store. The copy is one object also when its source was uploaded in parts. */
export async function copyObject(request: S3Request, store: StoreFolders): Promise<S3Response> {
  const { bucket, key } = request;
  store.objects.requireBucket(bucket);
  const source = readCopySource(request.headers['x-amz-copy-source'] ?? '');
  const replaces = readDirective(request.headers['x-amz-metadata-directive']) === 'REPLACE';
  if (source.bucket === bucket && source.key === key && !replaces) {
    const message = 'A copy onto itself must replace the metadata.';
    throw new S3Refusal('InvalidRequest', { message });
  }
  const condition = readWriteCondition(request.headers);
  const { fd, record } = store.objects.openObject(source.bucket, source.key);
  try {
    return await store.objects.withIncomingFile(async (file) => {
      const wanted = request.headers['x-amz-checksum-algorithm'];
      const algorithm = wanted === undefined ? record.checksum?.algorithm : readAlgorithm(wanted);
      const md5 = createHash('md5');
      const running = algorithm === undefined ? undefined : startChecksum(algorithm);
      for await (const piece of objectPieces(fd, record.sizeBytes)) {
        md5.update(piece);
        running?.update(piece);
        await file.write(piece);
      }
      const checksum: Checksum | undefined =
        algorithm === undefined || running === undefined
          ? undefined
          : { algorithm, value: running.digest().toString('base64'), type: 'FULL_OBJECT' };
      const headers = replaces ? readObjectHeaders(request.headers) : record.headers;
      const lastModifiedMs = Date.now();
      const etag = md5.digest('hex');
      await file.seal({ key, etag, checksum, headers, lastModifiedMs });
      store.objects.commit(file, bucket, key, condition);
      return copyResponse(etag, lastModifiedMs, checksum);
    });
  } finally {
    closeSync(fd);
  }
}

function copyResponse(etag: string, lastModifiedMs: number, checksum?: Checksum): S3Response {
  const checksums = checksum
    ? [textElement(checksumElement(checksum.algorithm), checksum.value)]
    : [];
  return xmlResponse(
    xmlDocument(
      'CopyObjectResult',
      textElement('ETag', quote(etag)),
      textElement('LastModified', new Date(lastModifiedMs).toISOString()),
      ...checksums,
    ),
  );
}

function readCopySource(header: string): { bucket: string; key: string } {
  try {
    const path = decodeURIComponent(header);
    const source = splitPath(path.startsWith('/') ? path : `/${path}`);
    if (source.bucket !== '' && source.key !== '') return source;
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
  }
  const message = 'x-amz-copy-source must be <bucket>/<percent-encoded key>.';
  throw new S3Refusal('InvalidArgument', { message });
}

function readDirective(header = 'COPY'): 'COPY' | 'REPLACE' {
  if (header === 'COPY' || header === 'REPLACE') return header;
  throw new S3Refusal('InvalidArgument', {
    message: 'x-amz-metadata-directive must be COPY or REPLACE.',
  });
}
