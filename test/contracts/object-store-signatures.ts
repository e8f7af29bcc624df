import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import {
  codeOf,
  presign,
  sendRaw,
  sendSigned,
  signedChunks,
  type RawRequest,
  type RawResponse,
  type Signing,
} from '../simulator/object-store/signed-request.ts';
import { put, refusalOf, type Stage } from './object-store-stage.ts';

/** S3 wants at least 8 KiB in every chunk but the last. */
const CHUNKS: readonly Buffer[] = [Buffer.alloc(65_536, 'a'), Buffer.from('the end')];
const WHOLE: Buffer = Buffer.concat(CHUNKS);
const HOUR_MS = 3_600_000;

function crc32Base64(bytes: Buffer): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
}

async function refusalOfClient(stage: Stage, changed: Partial<Signed>): Promise<string> {
  const { url, region, credentials } = stage.endpoint;
  const s3 = new S3Client({
    endpoint: url,
    region,
    credentials: { ...credentials, ...changed },
    maxAttempts: 1,
    forcePathStyle: true,
  });
  try {
    return await refusalOf(s3.send(new ListBucketsCommand({})));
  } finally {
    s3.destroy();
  }
}

type Signed = { accessKeyId: string; secretAccessKey: string };

async function putChunked(
  { endpoint, bucket }: Stage,
  payloadHash: string,
  body: (signing: Signing) => Buffer,
  trailer?: string,
): Promise<RawResponse> {
  const headers: Record<string, string> = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(WHOLE.length),
  };
  if (trailer !== undefined) headers['x-amz-trailer'] = trailer;
  const path = `/${bucket}/signatures/chunked`;
  return sendSigned(endpoint, { method: 'PUT', path, headers, payloadHash, body });
}

async function expectStored({ endpoint, bucket }: Stage): Promise<void> {
  const got = await sendSigned(endpoint, { method: 'GET', path: `/${bucket}/signatures/chunked` });
  expect(got.status).toBe(200);
  expect(got.body).toBe(WHOLE.toString('latin1'));
  const etag = createHash('md5').update(WHOLE).digest('hex');
  expect(got.headers.etag).toBe(`"${etag}"`);
}

function unsignedChunks(checksum: string): Buffer {
  const frames = CHUNKS.map((bytes) => `${bytes.length.toString(16)}\r\n${bytes.toString()}\r\n`);
  return Buffer.from(`${frames.join('')}0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`);
}

export const signatureFeatures = {
  'a wrong secret is refused': async (stage: Stage): Promise<void> => {
    const refusal = await refusalOfClient(stage, { secretAccessKey: 'wrong' });
    expect(refusal).toBe('SignatureDoesNotMatch 403');
  },

  'an unknown access key id is refused': async (stage: Stage): Promise<void> => {
    const refusal = await refusalOfClient(stage, { accessKeyId: 'unknown' });
    expect(refusal).toBe('InvalidAccessKeyId 403');
  },

  'a request without a signature is refused': async ({
    endpoint,
    bucket,
  }: Stage): Promise<void> => {
    const response = await sendRaw(endpoint, { method: 'GET', target: `/${bucket}?list-type=2` });
    expect([response.status, codeOf(response)]).toEqual([403, 'AccessDenied']);
  },

  'a request that was signed an hour ago is refused': async ({
    endpoint,
  }: Stage): Promise<void> => {
    const signedAt = new Date(Date.now() - HOUR_MS);
    const response = await sendSigned(endpoint, { method: 'GET', path: '/', signedAt });
    expect([response.status, codeOf(response)]).toEqual([403, 'RequestTimeTooSkewed']);
  },

  'a body with another SHA-256 is refused': async ({ endpoint, bucket }: Stage): Promise<void> => {
    const request: RawRequest = {
      method: 'PUT',
      path: `/${bucket}/signatures/hash`,
      body: 'not this',
      payloadHash: createHash('sha256').update('but that').digest('hex'),
    };
    const response = await sendSigned(endpoint, request);
    expect([response.status, codeOf(response)]).toEqual([400, 'XAmzContentSHA256Mismatch']);
  },

  'an unsigned payload is taken': async ({ endpoint, bucket }: Stage): Promise<void> => {
    const path = `/${bucket}/signatures/unsigned`;
    const unsigned = { path, body: 'any', payloadHash: 'UNSIGNED-PAYLOAD' };
    expect((await sendSigned(endpoint, { ...unsigned, method: 'PUT' })).status).toBe(200);
    expect((await sendSigned(endpoint, { path, method: 'GET' })).body).toBe('any');
  },

  'a presigned URL reads and writes without headers': async ({
    endpoint,
    bucket,
  }: Stage): Promise<void> => {
    const path = `/${bucket}/signatures/presigned%20%C3%BC`;
    const putTarget = presign(endpoint, { method: 'PUT', path, expiresSeconds: 60 });
    const written = await sendRaw(endpoint, {
      method: 'PUT',
      target: putTarget,
      body: 'presigned',
    });
    expect(written.status).toBe(200);
    const getTarget = presign(endpoint, { method: 'GET', path, expiresSeconds: 60 });
    expect((await sendRaw(endpoint, { method: 'GET', target: getTarget })).body).toBe('presigned');
    const other = await sendRaw(endpoint, { method: 'DELETE', target: getTarget });
    expect([other.status, codeOf(other)]).toEqual([403, 'SignatureDoesNotMatch']);
  },

  'an expired presigned URL is refused': async (stage: Stage): Promise<void> => {
    const { endpoint, bucket } = stage;
    await put(stage, 'signatures/expired', 'x');
    const signedAt = new Date(Date.now() - HOUR_MS);
    const request = { method: 'GET', path: `/${bucket}/signatures/expired`, signedAt };
    const target = presign(endpoint, { ...request, expiresSeconds: 60 });
    const response = await sendRaw(endpoint, { method: 'GET', target });
    expect([response.status, codeOf(response)]).toEqual([403, 'AccessDenied']);
  },

  'signed chunks are verified one by one': async (stage: Stage): Promise<void> => {
    const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const good = await putChunked(stage, payloadHash, (signing) => signedChunks(signing, CHUNKS));
    expect(good.status).toBe(200);
    await expectStored(stage);
    const bad = await putChunked(stage, payloadHash, (signing) => {
      const body = signedChunks(signing, CHUNKS);
      return Buffer.from(body.toString('latin1').replace('the end', 'THE END'), 'latin1');
    });
    expect([bad.status, codeOf(bad)]).toEqual([403, 'SignatureDoesNotMatch']);
    await expectStored(stage);
  },

  'signed chunks with a signed checksum trailer are verified': async (
    stage: Stage,
  ): Promise<void> => {
    const name = 'x-amz-checksum-crc32';
    const send = async (value: string): Promise<RawResponse> =>
      putChunked(
        stage,
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
        (signing) => signedChunks(signing, CHUNKS, [name, value]),
        name,
      );
    expect((await send(crc32Base64(WHOLE))).status).toBe(200);
    await expectStored(stage);
    const wrong = await send('AAAAAA==');
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'BadDigest']);
    await expectStored(stage);
  },

  'unsigned chunks with a checksum trailer are verified': async (stage: Stage): Promise<void> => {
    const send = async (value: string): Promise<RawResponse> =>
      putChunked(
        stage,
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        () => unsignedChunks(value),
        'x-amz-checksum-crc32',
      );
    expect((await send(crc32Base64(WHOLE))).status).toBe(200);
    await expectStored(stage);
    const wrong = await send('AAAAAA==');
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'BadDigest']);
  },
};
