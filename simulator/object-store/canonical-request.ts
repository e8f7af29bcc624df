import { createHash } from 'node:crypto';

/** The parts of a request that Signature V4 covers. */
export interface SignableRequest {
  readonly method: string;
  /** Percent-decoded, beginning with a slash. */
  readonly path: string;
  /** Percent-decoded pairs in any order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** By lower-case name; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The canonical request of Signature V4 as S3 wants it: the path is encoded once and never normalised, because `a//b` and
 * `a/../b` are keys. Source: Amazon S3 API reference, "Signature Calculations for the Authorization Header".
 */
export function canonicalRequest(
  request: SignableRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const headerLines = signedHeaders.map((name) => `${name}:${trimHeader(request.headers[name])}\n`);
  return [
    request.method,
    encodePath(request.path),
    canonicalQuery(request.query),
    headerLines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export function encodeUriComponentStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Percent-encodes a path but for its slashes. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeUriComponentStrictly).join('/');
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function canonicalQuery(query: SignableRequest['query']): string {
  return query
    .map(([name, value]) => [encodeUriComponentStrictly(name), encodeUriComponentStrictly(value)])
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}

function trimHeader(value = ''): string {
  return value.trim().replaceAll(/\s+/g, ' ');
}
