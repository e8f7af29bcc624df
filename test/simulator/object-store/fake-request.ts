/** Authenticated requests that never were on a wire, and what they are refused with. */
import { expect } from 'vitest';
import { S3Refusal } from '../../../simulator/object-store/errors.ts';
import type { S3Request } from '../../../simulator/object-store/s3-request.ts';

export interface FakeRequest {
  readonly method?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Comes in pieces of seven bytes. Its length is announced unless `headers` say otherwise. */
  readonly body?: string;
  readonly payloadHash?: string;
  readonly fault?: S3Request['fault'];
}

const PIECE_BYTES = 7;

export function fakeRequest(fake: FakeRequest = {}): S3Request {
  const body = fake.body ?? '';
  return {
    method: fake.method ?? 'PUT',
    bucket: fake.bucket ?? 'bucket',
    key: fake.key ?? '',
    query: new Map(Object.entries(fake.query ?? {})),
    headers: { 'content-length': String(Buffer.byteLength(body)), ...fake.headers },
    body: pieces(Buffer.from(body)),
    signature: {
      kind: 'header',
      payloadHash: fake.payloadHash ?? 'UNSIGNED-PAYLOAD',
      signature: '0'.repeat(64),
      context: { key: Buffer.alloc(32), timestamp: '20220618T150000Z', scope: 'scope' },
    },
    fault: fake.fault,
  };
}

/** The bytes in pieces, as a socket would give them. */
export async function* pieces(
  bytes: Buffer,
  pieceBytes: number = PIECE_BYTES,
): AsyncGenerator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}

/** The code of the refusal that an action ends with. */
export async function refusalCode(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof S3Refusal) return error.code;
    throw error;
  }
  return expect.fail('Nothing was refused.');
}
