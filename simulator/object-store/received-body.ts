import { createHash } from 'node:crypto';
import { chunkedVariant, decodeChunkedBody } from './chunked-body.ts';
import { startChecksum, type Checksum } from './checksums.ts';
import { readDeclaredBody, type DeclaredBody } from './declared-body.ts';
import { S3Refusal, type S3ErrorCode } from './errors.ts';
import type { S3Request } from './s3-request.ts';

/** What is known of a body once all of it has arrived and agrees with everything that was announced for it. */
export interface BodyReceipt {
  readonly sizeBytes: number;
  /** Hexadecimal; the ETag of an object that is uploaded at once. */
  readonly md5: string;
  /** The additional checksum that the client sent and that holds. */
  readonly checksum: Checksum | undefined;
}

/** Takes the bytes of a body, piece by piece; the next piece comes when the promise is fulfilled. */
export type BodySink = (piece: Buffer) => Promise<void> | void;

/**
 * Receives the body of a request: unpacks aws-chunked, hands the bytes on as they arrive, and verifies length, SHA-256, MD5,
 * checksum and chunk signatures. Throws a refusal when one is wrong; the bytes handed on are then not to be kept.
 */
export async function receiveBody(request: S3Request, sink: BodySink): Promise<BodyReceipt> {
  const declared = readDeclaredBody(request);
  const trailers = new Map<string, string>();
  const md5 = createHash('md5');
  const sha256 = declared.sha256 === undefined ? undefined : createHash('sha256');
  const checksum = declared.checksum && startChecksum(declared.checksum.algorithm);
  let sizeBytes = 0;
  for await (const piece of unpack(request, trailers)) {
    sizeBytes += piece.length;
    if (sizeBytes > declared.sizeBytes) throw new S3Refusal('IncompleteBody');
    md5.update(piece);
    sha256?.update(piece);
    checksum?.update(piece);
    await sink(piece);
  }
  if (sizeBytes !== declared.sizeBytes) throw new S3Refusal('IncompleteBody');
  const digest = md5.digest();
  requireEqual(sha256?.digest('hex'), declared.sha256, 'XAmzContentSHA256Mismatch');
  requireEqual(declared.md5 && digest.toString('base64'), declared.md5, 'BadDigest');
  return {
    sizeBytes,
    md5: digest.toString('hex'),
    checksum: settleChecksum(declared.checksum, checksum?.digest(), trailers),
  };
}

function requireEqual(
  actual: string | undefined,
  announced: string | undefined,
  code: S3ErrorCode,
): void {
  if (actual !== announced) throw new S3Refusal(code);
}

/** Receives a small body whole, as text. Throws `MaxMessageLengthExceeded` beyond `maxBytes`. */
export async function receiveText(request: S3Request, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  await receiveBody(request, (piece) => {
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes) throw new S3Refusal('MaxMessageLengthExceeded');
    pieces.push(piece);
  });
  return Buffer.concat(pieces).toString('utf8');
}

function unpack(request: S3Request, trailers: Map<string, string>): AsyncIterable<Buffer> {
  const { payloadHash, signature: seedSignature, context } = request.signature;
  const variant = chunkedVariant(payloadHash);
  if (variant === undefined) return request.body;
  return decodeChunkedBody(request.body, { ...variant, seedSignature, context, trailers });
}

function settleChecksum(
  declared: DeclaredBody['checksum'],
  actual: Buffer | undefined,
  trailers: ReadonlyMap<string, string>,
): Checksum | undefined {
  if (declared === undefined || actual === undefined) return undefined;
  const announced = declared.value ?? trailers.get(declared.header);
  if (announced === undefined) throw new S3Refusal('MalformedTrailerError');
  const value = actual.toString('base64');
  requireEqual(value, announced, 'BadDigest');
  return { algorithm: declared.algorithm, value, type: 'FULL_OBJECT' };
}
