import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeOf, sendSigned, type Endpoint, type RawResponse } from './signed-request.ts';
import { BUCKET, runStore } from './running-store.ts';

async function deleteObjects(endpoint: Endpoint, body: string): Promise<RawResponse> {
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  const query = { delete: '' };
  return sendSigned(endpoint, { method: 'POST', path: `/${BUCKET}`, query, headers, body });
}

function objects(count: number, more = ''): string {
  const entries = Array.from(
    { length: count },
    (_, index) => `<Object><Key>${index}</Key></Object>`,
  );
  return `<Delete>${more}${entries.join('')}</Delete>`;
}

describe('DeleteObjects', () => {
  it('takes a thousand keys, not more, not none', async () => {
    const { endpoint } = await runStore();
    const most = await deleteObjects(endpoint, objects(1000));
    expect(most.body.match(/<Deleted>/g)).toHaveLength(1000);
    expect(codeOf(await deleteObjects(endpoint, objects(1001)))).toBe('MalformedXML');
    expect(codeOf(await deleteObjects(endpoint, objects(0)))).toBe('MalformedXML');
    expect(codeOf(await deleteObjects(endpoint, '<Other/>'))).toBe('MalformedXML');
    expect(codeOf(await deleteObjects(endpoint, '<Delete>'))).toBe('MalformedXML');
  });

  it('needs a checksum of its body, and the right one', async () => {
    const { endpoint } = await runStore();
    const request = {
      method: 'POST',
      path: `/${BUCKET}`,
      query: { delete: '' },
      body: objects(1),
    };
    expect(codeOf(await sendSigned(endpoint, request))).toBe('InvalidRequest');
    const headers = { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' };
    expect(codeOf(await sendSigned(endpoint, { ...request, headers }))).toBe('BadDigest');
  });

  it('answers a key that it cannot delete with an error of its own', async () => {
    const { endpoint } = await runStore();
    const path = `/${BUCKET}/versioned`;
    await sendSigned(endpoint, { method: 'PUT', path, body: 'x' });
    const body =
      '<Delete><Quiet>true</Quiet>' +
      '<Object><Key>versioned</Key><VersionId>1</VersionId></Object>' +
      `<Object><Key>${'k'.repeat(1025)}</Key></Object>` +
      '<Object><Key></Key></Object><Object><Key>gone</Key></Object></Delete>';
    const response = await deleteObjects(endpoint, body);
    expect(response.status).toBe(200);
    const codes = [...response.body.matchAll(/<Code>(\w+)<\/Code>/g)].map(([, code]) => code);
    expect(codes).toEqual(['NotImplemented', 'KeyTooLongError', 'MalformedXML']);
    expect((await sendSigned(endpoint, { method: 'HEAD', path })).status).toBe(200);
  });

  it('keeps keys inside the bucket', async () => {
    const { endpoint } = await runStore({ buckets: [BUCKET, 'neighbour'] });
    const path = '/neighbour/kept';
    await sendSigned(endpoint, { method: 'PUT', path, body: 'x' });
    const escape = '../neighbour/objects/kept';
    await deleteObjects(endpoint, `<Delete><Object><Key>${escape}</Key></Object></Delete>`);
    expect((await sendSigned(endpoint, { method: 'HEAD', path })).status).toBe(200);
  });
});
