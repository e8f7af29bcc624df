import { algorithmOfHeader } from './checksums.ts';
import { S3Refusal } from './errors.ts';
import { OPERATIONS, type OperationEntry } from './operations.ts';

/** The part of a request that says which operation it asks for. */
export interface Address {
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for a bucket. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers of the protocol that the store understands, besides checksums and user metadata. */
const KNOWN_HEADERS = new Set([
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-metadata-directive',
  'x-amz-mp-object-size',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-user-agent',
]);
/** Headers that ask for what the store does anyway. */
const HARMLESS_VALUES: Readonly<Record<string, string>> = {
  'x-amz-acl': 'private',
  'x-amz-storage-class': 'STANDARD',
};
const METHODS = new Set(OPERATIONS.map(({ method }) => method as string));

/**
 * Finds the operation that a request asks for.
 *
 * Throws `NotImplemented` for every parameter or `x-amz-` header that the store does not know: to ignore it would answer another
 * question than was asked.
 */
export function route(address: Address): OperationEntry {
  if (!METHODS.has(address.method)) throw new S3Refusal('MethodNotAllowed');
  const operation = OPERATIONS.find((candidate) => fits(candidate, address));
  if (operation === undefined) {
    const message = `The store has no such ${address.method} operation on a ${level(address)}.`;
    throw new S3Refusal('NotImplemented', { message });
  }
  const known = new Set([...(operation.requires ?? []), ...(operation.takes ?? []), 'x-id']);
  const unknown = [...address.query.keys()].filter((name) => !isSigning(name) && !known.has(name));
  const strange = Object.keys(address.headers).filter((name) => !isKnown(name, address.headers));
  if (unknown.length + strange.length > 0) {
    const names = [...unknown, ...strange].join(', ');
    const message = `${operation.name} has no ${names} here.`;
    throw new S3Refusal('NotImplemented', { message });
  }
  return operation;
}

function fits(operation: OperationEntry, address: Address): boolean {
  return (
    operation.method === address.method &&
    operation.on === level(address) &&
    (operation.requires ?? []).every((name) => address.query.has(name)) &&
    (operation.requiresHeader === undefined || operation.requiresHeader in address.headers)
  );
}

function level({ bucket, key }: Address): OperationEntry['on'] {
  if (bucket === '') return 'service';
  return key === '' ? 'bucket' : 'object';
}

/** The parameters of a presigned URL, and the headers that its signer moved into the query. */
function isSigning(parameter: string): boolean {
  return parameter.toLowerCase().startsWith('x-amz-');
}

function isKnown(name: string, headers: Address['headers']): boolean {
  return (
    !name.startsWith('x-amz-') ||
    name.startsWith('x-amz-meta-') ||
    KNOWN_HEADERS.has(name) ||
    algorithmOfHeader(name) !== undefined ||
    HARMLESS_VALUES[name] === headers[name]
  );
}
