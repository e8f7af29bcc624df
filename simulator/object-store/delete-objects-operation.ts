import { S3Refusal, type S3ErrorCode } from './errors.ts';
import { receiveText } from './received-body.ts';
import { splitPath, type S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import type { StoreFolders } from './store-folders.ts';
import { childText, element, parseXml, textElement, xmlDocument, type XmlElement } from './xml.ts';

const KEYS_MAX = 1000;
/** A thousand keys of 1024 bytes, each byte escaped. */
const BODY_BYTES_MAX = 8 * 1024 ** 2;

/** DeleteObjects: up to 1000 keys, each of which is deleted or answered with an error of its own. */
export async function deleteObjects(request: S3Request, store: StoreFolders): Promise<S3Response> {
  store.objects.requireBucket(request.bucket);
  requireChecksum(request.headers);
  const { quiet, entries } = readDelete(await receiveText(request, BODY_BYTES_MAX));
  const results = entries.map((entry) => deleteOne(entry, request.bucket, store));
  const shown = quiet ? results.filter((result) => result.startsWith('<Error>')) : results;
  return xmlResponse(xmlDocument('DeleteResult', ...shown));
}

/** S3 takes this body only with a checksum, because a flipped bit would delete another object. */
function requireChecksum(headers: S3Request['headers']): void {
  const names = Object.keys(headers);
  const covered = names.some(
    (name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'),
  );
  if (covered || headers['x-amz-trailer'] !== undefined) return;
  const message = 'DeleteObjects needs Content-MD5 or an x-amz-checksum header.';
  throw new S3Refusal('InvalidRequest', { message });
}

function readDelete(body: string): { quiet: boolean; entries: readonly XmlElement[] } {
  const root = parseXml(body);
  const entries = root?.children.filter((child) => child.name === 'Object') ?? [];
  if (root?.name !== 'Delete' || entries.length === 0 || entries.length > KEYS_MAX) {
    throw new S3Refusal('MalformedXML');
  }
  return { quiet: childText(root, 'Quiet')?.trim() === 'true', entries };
}

function deleteOne(entry: XmlElement, bucket: string, store: StoreFolders): string {
  const key = childText(entry, 'Key') ?? '';
  try {
    if (key === '') throw new S3Refusal('MalformedXML');
    splitPath(`/${bucket}/${key}`);
    const condition = entry.children.find((child) => child.name !== 'Key');
    if (condition !== undefined) {
      const message = `The element ${condition.name} of DeleteObjects is not implemented.`;
      throw new S3Refusal('NotImplemented', { message });
    }
    store.objects.remove(bucket, key, { kind: 'none' });
    return element('Deleted', textElement('Key', key));
  } catch (cause) {
    if (cause instanceof S3Refusal) return errorEntry(key, cause.code, cause.message);
    throw cause;
  }
}

function errorEntry(key: string, code: S3ErrorCode, message: string): string {
  return element(
    'Error',
    textElement('Key', key),
    textElement('Code', code),
    textElement('Message', message),
  );
}
