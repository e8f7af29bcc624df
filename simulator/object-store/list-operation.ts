import { OWNER } from './bucket-operations.ts';
import { encodePath } from './canonical-request.ts';
import { S3Refusal } from './errors.ts';
import type { ObjectStoreFault } from './faults.ts';
import { pickPage, type Page, type PageRequest } from './listing.ts';
import type { ObjectRecord } from './object-file.ts';
import { quote } from './object-operations.ts';
import { readCount } from './read-count.ts';
import type { S3Request } from './s3-request.ts';
import { xmlResponse, type S3Response } from './s3-response.ts';
import type { StoreFolders } from './store-folders.ts';
import { element, textElement, xmlDocument } from './xml.ts';

const KEYS_MAX = 1000;

/** ListObjectsV2. The `list-page` fault strikes here. */
export function listObjects(request: S3Request, { objects }: StoreFolders): S3Response {
  const { query, bucket, fault } = request;
  if (query.get('list-type') !== '2') {
    throw new S3Refusal('InvalidArgument', { message: 'list-type must be 2.' });
  }
  const wrongPage = fault?.kind === 'list-page' ? fault.page : undefined;
  const pageRequest: PageRequest = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    startAfter: query.get('start-after') ?? '',
    token: wrongPage === 'starts-over' ? undefined : query.get('continuation-token'),
    maxKeys: readCount(query, 'max-keys', { fallback: KEYS_MAX, max: KEYS_MAX }),
  };
  const page = pickPage(objects.keys(bucket), pageRequest);
  const shown = showWrong(page, wrongPage);
  const records = shown.keys.flatMap((key) => objects.record(bucket, key) ?? []);
  return xmlResponse(renderPage(request, pageRequest, shown, records));
}

type WrongPage = Extract<ObjectStoreFault, { kind: 'list-page' }>['page'];

function showWrong(page: Page, wrong: WrongPage | undefined): Page {
  if (wrong === 'skips-last') return { ...page, keys: page.keys.slice(0, -1) };
  if (wrong !== 'first-half') return page;
  const keys = page.keys.slice(0, Math.ceil(page.keys.length / 2));
  return { ...page, keys, nextToken: undefined };
}

function renderPage(
  { bucket, query }: S3Request,
  asked: PageRequest,
  page: Page,
  records: readonly ObjectRecord[],
): string {
  const encode = keyEncoder(query.get('encoding-type'));
  const owner = query.get('fetch-owner') === 'true' ? [OWNER] : [];
  const token = query.get('continuation-token');
  return xmlDocument(
    'ListBucketResult',
    textElement('Name', bucket),
    textElement('Prefix', encode(asked.prefix)),
    ...optional('Delimiter', encode(asked.delimiter)),
    ...optional('StartAfter', encode(asked.startAfter)),
    ...optional('EncodingType', query.get('encoding-type')),
    ...optional('ContinuationToken', token),
    textElement('MaxKeys', asked.maxKeys),
    textElement('KeyCount', page.keys.length + page.commonPrefixes.length),
    textElement('IsTruncated', page.nextToken !== undefined),
    ...optional('NextContinuationToken', page.nextToken),
    ...records.map((record) => renderObject(record, encode, owner)),
    ...page.commonPrefixes.map((prefix) =>
      element('CommonPrefixes', textElement('Prefix', encode(prefix))),
    ),
  );
}

function renderObject(
  record: ObjectRecord,
  encode: (key: string) => string,
  owner: readonly string[],
): string {
  return element(
    'Contents',
    textElement('Key', encode(record.key)),
    textElement('LastModified', new Date(record.lastModifiedMs).toISOString()),
    textElement('ETag', quote(record.etag)),
    ...optional('ChecksumAlgorithm', record.checksum?.algorithm),
    ...optional('ChecksumType', record.checksum?.type),
    textElement('Size', record.sizeBytes),
    textElement('StorageClass', 'STANDARD'),
    ...owner,
  );
}

/** Keys may hold characters that XML cannot carry; clients that expect some ask for percent-encoding. */
function keyEncoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key;
  if (encodingType === 'url') return encodePath;
  throw new S3Refusal('InvalidArgument', { message: 'encoding-type can only be url.' });
}

function optional(name: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [textElement(name, text)];
}
