import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../../simulator/object-store/canonical-request.ts';
import { verifySignature } from '../../../simulator/object-store/signature-v4.ts';
import { refusalCode } from './fake-request.ts';

/** Key pair, time and signatures are the examples of the Amazon S3 API reference, "Authenticating Requests". */
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const NOW_MS: number = Date.parse('2013-05-24T00:00:00Z');
const MINUTE_MS = 60_000;
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SCOPE = '20130524/us-east-1/s3/aws4_request';

function verify(request: SignableRequest, nowMs: number = NOW_MS): unknown {
  return verifySignature(request, { credentials: CREDENTIALS, region: 'us-east-1', nowMs });
}

function authorization(signedHeaders: string, signature: string): string {
  const credential = `Credential=${CREDENTIALS.accessKeyId}/${SCOPE}`;
  return `AWS4-HMAC-SHA256 ${credential},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const GET_OBJECT: SignableRequest = {
  method: 'GET',
  path: '/test.txt',
  query: [],
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': EMPTY_HASH,
    'x-amz-date': '20130524T000000Z',
    authorization: authorization(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
};

const LIST_OBJECTS: SignableRequest = {
  method: 'GET',
  path: '/',
  query: [
    ['prefix', 'J'],
    ['max-keys', '2'],
  ],
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': EMPTY_HASH,
    'x-amz-date': '20130524T000000Z',
    authorization: authorization(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ),
  },
};

const PUT_OBJECT: SignableRequest = {
  method: 'PUT',
  path: '/test$file.text',
  query: [],
  headers: {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization: authorization(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  },
};

const PRESIGNED: SignableRequest = {
  method: 'GET',
  path: '/test.txt',
  query: [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${CREDENTIALS.accessKeyId}/${SCOPE}`],
    ['X-Amz-Date', '20130524T000000Z'],
    ['X-Amz-Expires', '86400'],
    ['X-Amz-SignedHeaders', 'host'],
    ['X-Amz-Signature', 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'],
  ],
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

describe('signatures of the AWS reference', () => {
  it.each([
    ['GetObject', GET_OBJECT],
    ['ListObjects', LIST_OBJECTS],
    ['PutObject', PUT_OBJECT],
    ['a presigned GetObject', PRESIGNED],
  ])('%s is right', (_name, request) => {
    expect(verify(request)).toMatchObject({ signature: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['another method', { ...GET_OBJECT, method: 'DELETE' }],
    ['another path', { ...GET_OBJECT, path: '/test.text' }],
    ['another parameter', { ...LIST_OBJECTS, query: [['prefix', 'J'] as const] }],
    ['another signed header', withHeader(GET_OBJECT, 'range', 'bytes=0-99')],
    ['another payload hash', withHeader(GET_OBJECT, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD')],
    ['a parameter more in a presigned URL', withParameter(PRESIGNED, 'versionId', '1')],
    ['a longer life of a presigned URL', withParameter(PRESIGNED, 'X-Amz-Expires', '86401')],
  ])('%s breaks it', async (_name, request) => {
    expect(await refusalCode(() => verify(request))).toBe('SignatureDoesNotMatch');
  });

  it('a flipped digit breaks it', async () => {
    const flipped = GET_OBJECT.headers['authorization']?.replace('db41', 'db40') ?? '';
    const request = withHeader(GET_OBJECT, 'authorization', flipped);
    expect(await refusalCode(() => verify(request))).toBe('SignatureDoesNotMatch');
  });
});

describe('what a signature has to cover', () => {
  it('an x-amz header that is not signed is refused', async () => {
    const request = withHeader(GET_OBJECT, 'x-amz-meta-added', 'on the way');
    expect(await refusalCode(() => verify(request))).toBe('AccessDenied');
    expect(await refusalCode(() => verify(withHeader(PRESIGNED, 'x-amz-acl', 'x')))).toBe(
      'AccessDenied',
    );
  });

  it('the host is signed', async () => {
    const unsigned = authorization('x-amz-content-sha256;x-amz-date', '0'.repeat(64));
    const request = withHeader(GET_OBJECT, 'authorization', unsigned);
    expect(await refusalCode(() => verify(request))).toBe('AccessDenied');
  });

  it('other headers may be added', () => {
    expect(verify(withHeader(GET_OBJECT, 'user-agent', 'any'))).toBeDefined();
  });
});

describe('when a signature is valid', () => {
  it.each([-15, 0, 15])('in a header: %i minutes off', (minutes) => {
    expect(verify(GET_OBJECT, NOW_MS + minutes * MINUTE_MS)).toBeDefined();
  });

  it.each([-15.1, 15.1])('in a header not: %d minutes off', async (minutes) => {
    const late = refusalCode(() => verify(GET_OBJECT, NOW_MS + minutes * MINUTE_MS));
    expect(await late).toBe('RequestTimeTooSkewed');
  });

  it('in a URL until it expires, and not long before it was made', async () => {
    const dayMs = 86_400_000;
    expect(verify(PRESIGNED, NOW_MS + dayMs)).toBeDefined();
    expect(await refusalCode(() => verify(PRESIGNED, NOW_MS + dayMs + 1))).toBe('AccessDenied');
    expect(await refusalCode(() => verify(PRESIGNED, NOW_MS - 16 * MINUTE_MS))).toBe(
      'AccessDenied',
    );
  });
});

describe('whose signature is valid', () => {
  it('another access key id is unknown', async () => {
    const other = GET_OBJECT.headers['authorization']?.replace('AKIAIOS', 'AKIAIOX') ?? '';
    const request = withHeader(GET_OBJECT, 'authorization', other);
    expect(await refusalCode(() => verify(request))).toBe('InvalidAccessKeyId');
  });

  it.each([
    ['another region', '20130524/eu-west-1/s3/aws4_request'],
    ['another day', '20130523/us-east-1/s3/aws4_request'],
    ['another service', '20130524/us-east-1/iam/aws4_request'],
    ['another terminator', '20130524/us-east-1/s3/aws5_request'],
    ['more parts', `${SCOPE}/more`],
  ])('%s in the scope is refused', async (_name, scope) => {
    const changed = GET_OBJECT.headers['authorization']?.replace(SCOPE, scope) ?? '';
    const request = withHeader(GET_OBJECT, 'authorization', changed);
    expect(await refusalCode(() => verify(request))).toBe('AuthorizationHeaderMalformed');
  });
});

function withHeader(request: SignableRequest, name: string, value: string): SignableRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function withParameter(request: SignableRequest, name: string, value: string): SignableRequest {
  const others = request.query.filter(([existing]) => existing !== name);
  return { ...request, query: [...others, [name, value]] };
}
