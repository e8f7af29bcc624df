import { S3Refusal } from './errors.ts';

const METADATA_PREFIX = 'x-amz-meta-';
const METADATA_BYTES_MAX = 2048;
const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';
const KEPT = ['cache-control', 'content-disposition', 'content-language', 'expires'];

/**
 * The headers of an upload that are kept and returned with the object: content type, content encoding and the like, and user
 * metadata. Throws `MetadataTooLarge` beyond 2048 bytes of metadata names and values.
 */
export function readObjectHeaders(
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept: Record<string, string> = {
    'content-type': headers['content-type'] ?? DEFAULT_CONTENT_TYPE,
  };
  for (const name of KEPT) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  const encoding = withoutAwsChunked(headers['content-encoding']);
  if (encoding !== '') kept['content-encoding'] = encoding;
  return { ...kept, ...readMetadata(headers) };
}

function readMetadata(headers: Readonly<Record<string, string>>): Record<string, string> {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(METADATA_PREFIX));
  const sizeBytes = metadata.reduce(
    (sum, [name, value]) => sum + name.length - METADATA_PREFIX.length + value.length,
    0,
  );
  if (sizeBytes > METADATA_BYTES_MAX) throw new S3Refusal('MetadataTooLarge');
  return Object.fromEntries(metadata);
}

/** The framing of the upload is no encoding of the object. */
function withoutAwsChunked(encoding = ''): string {
  return encoding
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'aws-chunked')
    .join(',');
}
