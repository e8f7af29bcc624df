import { createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.ts';
import { sha256Hex } from './canonical-request.ts';
import { S3Refusal } from './errors.ts';
import { sign, signaturesEqual, type SigningContext } from './signing-key.ts';

/** The four forms of an aws-chunked body, as `x-amz-content-sha256` names them. */
const VARIANTS: Readonly<Record<string, { readonly signed: boolean; readonly trailer: boolean }>> =
  {
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
  };

/** How an aws-chunked body has to be read. */
export interface ChunkedForm {
  readonly signed: boolean;
  readonly trailer: boolean;
  /** The signature of the request; the first chunk's signature builds on it. */
  readonly seedSignature: string;
  readonly context: SigningContext;
  /** Receives the trailers, by lower-case name, once the body has ended. */
  readonly trailers: Map<string, string>;
}

const CHUNK_ALGORITHM = 'AWS4-HMAC-SHA256-PAYLOAD';
const TRAILER_ALGORITHM = 'AWS4-HMAC-SHA256-TRAILER';
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';
const CHUNK_HEADER = /^([0-9a-fA-F]{1,9})(?:;chunk-signature=([0-9a-f]{64}))?$/;
const LINE_BYTES_MAX = 4096;
const TRAILERS_MAX = 8;

/** Whether bodies come signed chunk by chunk or with trailers; `undefined` for a body that is not aws-chunked. */
export function chunkedVariant(
  payloadHash: string,
): { readonly signed: boolean; readonly trailer: boolean } | undefined {
  if (!payloadHash.startsWith('STREAMING-')) return undefined;
  const variant = VARIANTS[payloadHash];
  if (variant === undefined) {
    const message = 'The store verifies only HMAC-SHA256 and unsigned aws-chunked bodies.';
    throw new S3Refusal('NotImplemented', { message });
  }
  return variant;
}

/**
 * Gives the bytes inside an aws-chunked body, in pieces as they arrive.
 *
 * A chunk is `<hex length>[;chunk-signature=<hex>]CRLF <bytes> CRLF`; one of length 0 ends the body, followed by the trailers
 * `name:value CRLF`, if there are any, and an empty line. Each signature covers the one before it and the chunk's bytes, so a
 * chunk is known to be genuine only at its end: keep nothing before this generator has finished.
 * Source: Amazon S3 API reference, "Transferring Payload in Multiple Chunks" and "… with trailing headers".
 */
export async function* decodeChunkedBody(
  source: AsyncIterable<Buffer>,
  form: ChunkedForm,
): AsyncGenerator<Buffer, void, undefined> {
  const reader = new ByteReader(source);
  let previous = form.seedSignature;
  try {
    for (;;) {
      const header = readChunkHeader(await reader.readLine(LINE_BYTES_MAX), form.signed);
      const digest = createHash('sha256');
      for await (const piece of reader.readPieces(header.lengthBytes)) {
        if (form.signed) digest.update(piece);
        yield piece;
      }
      if (form.signed) {
        const lines = [previous, sha256Hex(''), digest.digest('hex')];
        previous = verify(sign(form.context, CHUNK_ALGORITHM, ...lines), header.signature);
      }
      if (header.lengthBytes === 0) break;
      await reader.expectLineEnd();
    }
    await readTrailers(reader, form, previous);
    await reader.expectEnd();
  } finally {
    await reader.release();
  }
}

function readChunkHeader(
  line: string,
  signed: boolean,
): { lengthBytes: number; signature: string | undefined } {
  const [, length, signature] = CHUNK_HEADER.exec(line) ?? [];
  if (length === undefined || (signature !== undefined) !== signed) {
    throw new S3Refusal('InvalidRequest', { message: 'A chunk header of the body is malformed.' });
  }
  return { lengthBytes: Number.parseInt(length, 16), signature };
}

async function readTrailers(
  reader: ByteReader,
  form: ChunkedForm,
  lastChunkSignature: string,
): Promise<void> {
  let given: string | undefined;
  let canonical = '';
  for (let line = await reader.readLine(LINE_BYTES_MAX); line !== '';) {
    const separator = line.indexOf(':');
    const name = line.slice(0, separator).trim().toLowerCase();
    const value = line.slice(separator + 1).trim();
    if (separator <= 0 || !form.trailer || form.trailers.size >= TRAILERS_MAX) {
      throw new S3Refusal('MalformedTrailerError');
    }
    if (name === TRAILER_SIGNATURE) {
      given = value;
    } else {
      form.trailers.set(name, value);
      canonical += `${name}:${value}\n`;
    }
    line = await reader.readLine(LINE_BYTES_MAX);
  }
  if (form.signed && form.trailer) {
    const lines = [lastChunkSignature, sha256Hex(canonical)];
    verify(sign(form.context, TRAILER_ALGORITHM, ...lines), given);
  }
}

/** Gives the signature back, so that the next one can build on it. Throws `SignatureDoesNotMatch`. */
function verify(expected: string, given: string | undefined): string {
  if (given === undefined || !signaturesEqual(expected, given)) {
    throw new S3Refusal('SignatureDoesNotMatch', { message: 'A signature in the body is wrong.' });
  }
  return expected;
}
