import type { IncomingMessage } from 'node:http';
import { S3Refusal } from './errors.ts';
import type { ObjectStoreFault } from './faults.ts';
import type { VerifiedSignature } from './signature-v4.ts';

/** A request as read from the wire, before its signature is verified. */
export interface ReceivedRequest {
  readonly method: string;
  /** Percent-decoded, beginning with a slash, never normalised. */
  readonly path: string;
  /** Percent-decoded pairs as they came. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** By lower-case name; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body. Leaving its iteration early does not close the connection. */
  readonly body: AsyncIterable<Buffer>;
}

/** A request that is authenticated and addressed to an operation. */
export interface S3Request {
  readonly method: string;
  /** Empty for requests to the service itself. */
  readonly bucket: string;
  /** Empty for requests to a bucket. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Buffer>;
  readonly signature: VerifiedSignature;
  /** The fault that the operation itself has to bring about. */
  readonly fault: ObjectStoreFault | undefined;
}

const KEY_BYTES_MAX = 1024;

/** Reads method, target and headers. Throws `InvalidURI` for a target that is not percent-encoded UTF-8. */
export function receiveRequest(message: IncomingMessage): ReceivedRequest {
  const target = message.url ?? '';
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  if (!rawPath.startsWith('/')) throw new S3Refusal('InvalidURI');
  return {
    method: message.method ?? '',
    path: decode(rawPath),
    query: mark < 0 ? [] : parseQuery(target.slice(mark + 1)),
    headers: readHeaders(message),
    body: message.iterator({ destroyOnReturn: false }),
  };
}

/** Splits a decoded path into bucket and key. Throws `KeyTooLongError`. */
export function splitPath(path: string): { bucket: string; key: string } {
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  if (Buffer.byteLength(key) > KEY_BYTES_MAX) throw new S3Refusal('KeyTooLongError');
  return { bucket, key };
}

/**
 * The headers of a request, with those that a presigned URL carries in its query.
 *
 * Signers move `x-amz-` headers into the query; what is signed there counts as if it were a header.
 */
export function effectiveHeaders(
  received: ReceivedRequest,
  signature: VerifiedSignature,
): Readonly<Record<string, string>> {
  if (signature.kind === 'header') return received.headers;
  const moved = received.query
    .filter(([name]) => name.startsWith('x-amz-'))
    .map(([name, value]): [string, string] => [name, value]);
  return { ...Object.fromEntries(moved), ...received.headers };
}

function parseQuery(text: string): [name: string, value: string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const separator = pair.indexOf('=');
      const name = separator < 0 ? pair : pair.slice(0, separator);
      const value = separator < 0 ? '' : pair.slice(separator + 1);
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) throw new S3Refusal('InvalidURI');
    throw cause;
  }
}

function readHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values]) => [
      name,
      (values ?? []).join(','),
    ]),
  );
}
