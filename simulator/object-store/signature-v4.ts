import { canonicalRequest, sha256Hex, type SignableRequest } from './canonical-request.ts';
import { S3Refusal } from './errors.ts';
import { readSignatureClaim, type SignatureClaim } from './signature-claim.ts';
import { deriveSigningKey, sign, signaturesEqual, type SigningContext } from './signing-key.ts';

/** An access key pair. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the endpoint holds a signature against. */
export interface SignatureExpectation {
  readonly credentials: Credentials;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** A request whose signature is right. */
export interface VerifiedSignature {
  readonly kind: SignatureClaim['kind'];
  /** The value of `x-amz-content-sha256`: a hash, `UNSIGNED-PAYLOAD` or a `STREAMING-…` word. */
  readonly payloadHash: string;
  /** The signature of the request, which seeds the chain of chunk signatures. */
  readonly signature: string;
  readonly context: SigningContext;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Largest difference between the client's clock and ours: 15 minutes, as in S3. */
const SKEW_MS_MAX = 15 * 60_000;

/**
 * Verifies the signature of a request, from its Authorization header or its presigned query.
 *
 * Throws the refusal that S3 answers with. Source: Amazon S3 API reference, "Authenticating Requests (AWS Signature Version 4)".
 */
export function verifySignature(
  request: SignableRequest,
  expectation: SignatureExpectation,
): VerifiedSignature {
  const claim = readSignatureClaim(request);
  if (claim.accessKeyId !== expectation.credentials.accessKeyId) {
    throw new S3Refusal('InvalidAccessKeyId');
  }
  checkScope(claim, expectation.region);
  checkTime(claim, expectation.nowMs);
  checkCoverage(claim, request.headers);
  const context: SigningContext = {
    key: deriveSigningKey(expectation.credentials.secretAccessKey, claim.scope),
    timestamp: claim.timestamp,
    scope: claim.scope,
  };
  const canonical = canonicalRequest(
    { ...request, query: request.query.filter(([name]) => name !== 'X-Amz-Signature') },
    claim.signedHeaders,
    claim.payloadHash,
  );
  // Header values hold one wire byte per character; everything else is ASCII.
  const digest = sha256Hex(Buffer.from(canonical, 'latin1'));
  if (!signaturesEqual(sign(context, ALGORITHM, digest), claim.signature)) {
    throw new S3Refusal('SignatureDoesNotMatch');
  }
  const { kind, payloadHash, signature } = claim;
  return { kind, payloadHash, signature, context };
}

function checkScope(claim: SignatureClaim, region: string): void {
  const [day, claimedRegion, service, terminator, ...rest] = claim.scope.split('/');
  const wellFormed =
    day === claim.timestamp.slice(0, 8) &&
    service === 's3' &&
    terminator === 'aws4_request' &&
    rest.length === 0;
  if (wellFormed && claimedRegion === region) return;
  throw new S3Refusal(
    claim.kind === 'header' ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError',
    {
      message: `The credential scope must be <day of signing>/${region}/s3/aws4_request.`,
      elements: { Region: region },
    },
  );
}

function checkTime(claim: SignatureClaim, nowMs: number): void {
  if (claim.kind === 'header') {
    if (Math.abs(nowMs - claim.signedAtMs) > SKEW_MS_MAX)
      throw new S3Refusal('RequestTimeTooSkewed');
  } else if (claim.signedAtMs - nowMs > SKEW_MS_MAX) {
    throw new S3Refusal('AccessDenied', { message: 'The presigned URL is not valid yet.' });
  } else if (nowMs > claim.signedAtMs + claim.expiresMs) {
    throw new S3Refusal('AccessDenied', { message: 'The presigned URL has expired.' });
  }
}

/** What is not signed could have been changed on the way, so the host and every `x-amz-` header must be. */
function checkCoverage(claim: SignatureClaim, headers: SignableRequest['headers']): void {
  const required = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  const missing = ['host', ...required].filter((name) => !claim.signedHeaders.includes(name));
  if (missing.length > 0) {
    const message = `These headers must be signed: ${missing.join(', ')}.`;
    throw new S3Refusal('AccessDenied', { message });
  }
}
