import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../../simulator/object-store/canonical-request.ts';
import { readSignatureClaim } from '../../../simulator/object-store/signature-claim.ts';
import { refusalCode } from './fake-request.ts';

const SIGNATURE: string = '0a'.repeat(32);
const SCOPE = '20220618/us-east-1/s3/aws4_request';
const HEADERS: Readonly<Record<string, string>> = {
  host: 'example',
  'x-amz-date': '20220618T150000Z',
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  authorization: `AWS4-HMAC-SHA256 Credential=key/${SCOPE}, SignedHeaders=host;x-amz-date, Signature=${SIGNATURE}`,
};
const QUERY: Readonly<Record<string, string>> = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': `key/${SCOPE}`,
  'X-Amz-Date': '20220618T150000Z',
  'X-Amz-Expires': '60',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': SIGNATURE,
};

function request(
  headers: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>> = {},
): SignableRequest {
  return { method: 'GET', path: '/', query: Object.entries(query), headers };
}

describe('the claim of an Authorization header', () => {
  it('is read with and without spaces between its fields', () => {
    const claim = {
      kind: 'header',
      accessKeyId: 'key',
      scope: SCOPE,
      signedHeaders: ['host', 'x-amz-date'],
      signature: SIGNATURE,
      timestamp: '20220618T150000Z',
      signedAtMs: Date.parse('2022-06-18T15:00:00Z'),
      expiresMs: 0,
      payloadHash: 'UNSIGNED-PAYLOAD',
    };
    expect(readSignatureClaim(request(HEADERS))).toEqual(claim);
    const dense = HEADERS['authorization']?.replaceAll(', ', ',') ?? '';
    expect(readSignatureClaim(request({ ...HEADERS, authorization: dense }))).toEqual(claim);
  });

  it.each([
    ['no credential', 'Credential', 'Cred'],
    ['a credential without a scope', `key/${SCOPE}`, 'key'],
    ['no access key id', 'Credential=key', 'Credential='],
    ['no signature', 'Signature', 'Sig'],
    ['a signature that is too short', SIGNATURE, SIGNATURE.slice(1)],
    ['a signature in upper case', SIGNATURE, SIGNATURE.toUpperCase()],
    ['no signed headers', 'SignedHeaders=host;x-amz-date', 'SignedHeaders='],
    ['signed headers out of order', 'host;x-amz-date', 'x-amz-date;host'],
    ['a signed header twice', 'host;x-amz-date', 'host;host'],
  ])('with %s is malformed', async (_name, from, to) => {
    const authorization = HEADERS['authorization']?.replace(from, to) ?? '';
    const malformed = request({ ...HEADERS, authorization });
    expect(await refusalCode(() => readSignatureClaim(malformed))).toBe(
      'AuthorizationHeaderMalformed',
    );
  });

  it.each(['', '20220618', '20221318T150000Z', 'Sat, 18 Jun 2022 15:00:00 GMT'])(
    'with the date %j is malformed',
    async (date) => {
      const malformed = request({ ...HEADERS, 'x-amz-date': date });
      expect(await refusalCode(() => readSignatureClaim(malformed))).toBe(
        'AuthorizationHeaderMalformed',
      );
    },
  );

  it('of another kind, or without the hash of the payload, is refused', async () => {
    const basic = request({ ...HEADERS, authorization: 'Basic a2V5' });
    expect(await refusalCode(() => readSignatureClaim(basic))).toBe('InvalidRequest');
    const { 'x-amz-content-sha256': _hash, ...others } = HEADERS;
    expect(await refusalCode(() => readSignatureClaim(request(others)))).toBe('InvalidRequest');
  });
});

describe('the claim of a presigned query', () => {
  it('is read, with the payload unsigned unless it says otherwise', () => {
    const claim = readSignatureClaim(request({ host: 'example' }, QUERY));
    expect(claim).toMatchObject({ kind: 'presigned', expiresMs: 60_000, accessKeyId: 'key' });
    expect(claim.payloadHash).toBe('UNSIGNED-PAYLOAD');
    const hashed = { ...QUERY, 'X-Amz-Content-Sha256': 'HASH' };
    expect(readSignatureClaim(request({ host: 'example' }, hashed)).payloadHash).toBe('HASH');
  });

  it.each([
    ['X-Amz-Algorithm', 'AWS4-ECDSA-P256-SHA256'],
    ['X-Amz-Credential', ''],
    ['X-Amz-Date', 'yesterday'],
    ['X-Amz-Expires', '0'],
    ['X-Amz-Expires', '604801'],
    ['X-Amz-Expires', '1.5'],
    ['X-Amz-Expires', 'soon'],
    ['X-Amz-SignedHeaders', ''],
    ['X-Amz-Signature', 'short'],
  ])('with %s=%s is malformed', async (name, value) => {
    const malformed = request({ host: 'example' }, { ...QUERY, [name]: value });
    expect(await refusalCode(() => readSignatureClaim(malformed))).toBe(
      'AuthorizationQueryParametersError',
    );
  });
});

describe('a request', () => {
  it('without any signature is denied', async () => {
    expect(await refusalCode(() => readSignatureClaim(request({ host: 'example' })))).toBe(
      'AccessDenied',
    );
  });

  it('with two signatures is refused', async () => {
    const both = request(HEADERS, QUERY);
    expect(await refusalCode(() => readSignatureClaim(both))).toBe('InvalidArgument');
  });
});
