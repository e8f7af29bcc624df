import { chunkedVariant } from './chunked-body.ts';
import {
  algorithmOfHeader,
  isBase64Of,
  isChecksumValue,
  readAlgorithm,
  type ChecksumAlgorithm,
} from './checksums.ts';
import { S3Refusal } from './errors.ts';
import type { S3Request } from './s3-request.ts';

/** What the headers of a request announce for its body. */
export interface DeclaredBody {
  /** Of the bytes inside, without the frames of aws-chunked. */
  readonly sizeBytes: number;
  /** Hexadecimal; absent when the payload is unsigned or signed in chunks. */
  readonly sha256: string | undefined;
  /** Base64 of `Content-MD5`. */
  readonly md5: string | undefined;
  readonly checksum:
    | {
        readonly algorithm: ChecksumAlgorithm;
        readonly header: string;
        /** Base64; absent when it comes as a trailer. */
        readonly value: string | undefined;
      }
    | undefined;
}

/** The largest body of one request: 5 GiB, as in S3. */
export const BODY_BYTES_MAX: number = 5 * 1024 ** 3;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/** Reads and checks what is announced. Throws `MissingContentLength`, `EntityTooLarge`, `InvalidDigest` and the like. */
export function readDeclaredBody(request: S3Request): DeclaredBody {
  return {
    sizeBytes: readSize(request),
    sha256: readSha256(request.signature.payloadHash),
    md5: readMd5(request.headers['content-md5']),
    checksum: readChecksum(request.headers),
  };
}

function readSize(request: S3Request): number {
  const chunked = chunkedVariant(request.signature.payloadHash) !== undefined;
  const text = request.headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (text === undefined) {
    // A request with neither a length nor a transfer coding has no body (RFC 9112 section 6.3).
    if (!chunked && request.headers['transfer-encoding'] === undefined) return 0;
    throw new S3Refusal('MissingContentLength');
  }
  if (!/^\d{1,15}$/.test(text)) throw new S3Refusal('InvalidArgument');
  const sizeBytes = Number(text);
  if (sizeBytes > BODY_BYTES_MAX) {
    throw new S3Refusal('EntityTooLarge', { elements: { MaxSizeAllowed: String(BODY_BYTES_MAX) } });
  }
  return sizeBytes;
}

function readSha256(payloadHash: string): string | undefined {
  if (payloadHash === 'UNSIGNED-PAYLOAD' || payloadHash.startsWith('STREAMING-')) return undefined;
  if (SHA256_HEX.test(payloadHash)) return payloadHash;
  const message = 'x-amz-content-sha256 must be a hash, UNSIGNED-PAYLOAD or a STREAMING- word.';
  throw new S3Refusal('InvalidArgument', { message });
}

function readMd5(header: string | undefined): string | undefined {
  if (header !== undefined && !isBase64Of(header, 16)) throw new S3Refusal('InvalidDigest');
  return header;
}

function readChecksum(headers: S3Request['headers']): DeclaredBody['checksum'] {
  const header = findChecksumHeader(headers);
  const algorithm = header === undefined ? undefined : algorithmOfHeader(header);
  const announced = headers['x-amz-sdk-checksum-algorithm'];
  if (announced !== undefined && readAlgorithm(announced) !== algorithm) {
    const message = 'x-amz-sdk-checksum-algorithm names a checksum that is not there.';
    throw new S3Refusal('InvalidRequest', { message });
  }
  if (header === undefined || algorithm === undefined) return undefined;
  const value = headers[header];
  if (value !== undefined && !isChecksumValue(algorithm, value)) {
    const message = `The value of ${header} is no ${algorithm}.`;
    throw new S3Refusal('InvalidRequest', { message });
  }
  return { algorithm, header, value };
}

/** The one checksum that a request carries as a header or announces as a trailer. */
function findChecksumHeader(headers: S3Request['headers']): string | undefined {
  const trailer = headers['x-amz-trailer']?.trim().toLowerCase();
  if (trailer !== undefined && algorithmOfHeader(trailer) === undefined) {
    const message = 'The only trailers that are supported are the x-amz-checksum ones.';
    throw new S3Refusal('InvalidRequest', { message });
  }
  const found = Object.keys(headers).filter((name) => algorithmOfHeader(name) !== undefined);
  if (trailer !== undefined) found.push(trailer);
  if (found.length > 1) {
    throw new S3Refusal('InvalidRequest', { message: 'Send one x-amz-checksum header, not more.' });
  }
  return found[0];
}
