import type { SignableRequest } from './canonical-request.ts';
import { S3Refusal, type S3ErrorCode } from './errors.ts';

/** What a request says about its own signature, before any of it is believed. */
export interface SignatureClaim {
  readonly kind: 'header' | 'presigned';
  readonly accessKeyId: string;
  /** `<day>/<region>/<service>/aws4_request`. */
  readonly scope: string;
  /** Lower case, ascending. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly signedAtMs: number;
  /** How long a presigned URL is valid; 0 for a header. */
  readonly expiresMs: number;
  readonly payloadHash: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const SIGNATURE = /^[0-9a-f]{64}$/;
/** A presigned URL lives a week at most. */
const EXPIRES_SECONDS_MAX = 604_800;

/** Finds and parses the signature of a request. Throws `AccessDenied` for none and a refusal for a malformed one. */
export function readSignatureClaim(request: SignableRequest): SignatureClaim {
  const authorization = request.headers['authorization'];
  const presigned = request.query.some(([name]) => name === 'X-Amz-Algorithm');
  if (authorization !== undefined && presigned) {
    const message = 'Sign the Authorization header or the query, not both.';
    throw new S3Refusal('InvalidArgument', { message });
  }
  if (authorization !== undefined) return readHeaderClaim(authorization, request.headers);
  if (presigned) return readQueryClaim(new Map(request.query), request.headers);
  throw new S3Refusal('AccessDenied');
}

function readHeaderClaim(
  authorization: string,
  headers: SignableRequest['headers'],
): SignatureClaim {
  const [algorithm, ...rest] = authorization.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) {
    const message = `The only authorization that is supported is ${ALGORITHM}.`;
    throw new S3Refusal('InvalidRequest', { message });
  }
  const fields = new Map(rest.join('').split(',').map(splitField));
  const payloadHash = headers['x-amz-content-sha256'];
  if (payloadHash === undefined) {
    const message = 'The header x-amz-content-sha256 is required.';
    throw new S3Refusal('InvalidRequest', { message });
  }
  return buildClaim('AuthorizationHeaderMalformed', {
    kind: 'header',
    credential: fields.get('Credential') ?? '',
    signedHeaders: fields.get('SignedHeaders') ?? '',
    signature: fields.get('Signature') ?? '',
    timestamp: headers['x-amz-date'] ?? '',
    expiresSeconds: '0',
    payloadHash,
  });
}

function readQueryClaim(
  query: ReadonlyMap<string, string>,
  headers: SignableRequest['headers'],
): SignatureClaim {
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) {
    const message = `X-Amz-Algorithm must be ${ALGORITHM}.`;
    throw new S3Refusal('AuthorizationQueryParametersError', { message });
  }
  return buildClaim('AuthorizationQueryParametersError', {
    kind: 'presigned',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp: query.get('X-Amz-Date') ?? '',
    expiresSeconds: query.get('X-Amz-Expires') ?? '',
    payloadHash:
      query.get('X-Amz-Content-Sha256') ?? headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  });
}

/** The fields as they came; what is missing is empty. */
interface RawClaim {
  readonly kind: SignatureClaim['kind'];
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly expiresSeconds: string;
  readonly payloadHash: string;
}

function buildClaim(code: S3ErrorCode, raw: RawClaim): SignatureClaim {
  const { kind, credential, signature, timestamp, payloadHash } = raw;
  const separator = credential.indexOf('/');
  const signedHeaders = raw.signedHeaders.split(';');
  const signedAtMs = readTimestamp(timestamp);
  const expiresSeconds = Number(raw.expiresSeconds);
  const checks: [valid: boolean, name: string][] = [
    [separator > 0, 'credential'],
    [SIGNATURE.test(signature), 'signature'],
    [!Number.isNaN(signedAtMs), 'date'],
    [isAscending(signedHeaders), 'signed headers'],
    [isExpiry(kind, expiresSeconds), 'expiry'],
  ];
  const malformed = checks.filter(([valid]) => !valid).map(([, name]) => name);
  if (malformed.length > 0) {
    throw new S3Refusal(code, { message: `Missing or malformed: ${malformed.join(', ')}.` });
  }
  return {
    kind,
    accessKeyId: credential.slice(0, separator),
    scope: credential.slice(separator + 1),
    signedHeaders,
    signature,
    timestamp,
    signedAtMs,
    expiresMs: expiresSeconds * 1000,
    payloadHash,
  };
}

function isExpiry(kind: SignatureClaim['kind'], seconds: number): boolean {
  if (kind === 'header') return true;
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= EXPIRES_SECONDS_MAX;
}

function isAscending(names: readonly string[]): boolean {
  return names.every(
    (name, index) => name !== '' && (index === 0 || name > (names[index - 1] ?? '')),
  );
}

function splitField(field: string): [name: string, value: string] {
  const separator = field.indexOf('=');
  return [field.slice(0, separator), field.slice(separator + 1)];
}

/** Milliseconds since the epoch, or NaN. */
function readTimestamp(text: string): number {
  const [, year, month, day, hour, minute, second] = TIMESTAMP.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
