import { describe, expect, it } from 'vitest';
import { codeOf, sendSigned } from './signed-request.ts';
import { BUCKET, runStore } from './running-store.ts';

function configuration(region: string): string {
  return `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}

describe('CreateBucket', () => {
  it('takes the region of the store', async () => {
    const { endpoint } = await runStore();
    const body = configuration('us-east-1');
    const response = await sendSigned(endpoint, { method: 'PUT', path: '/located', body });
    expect(response.status).toBe(200);
    expect(response.headers.location).toBe('/located');
  });

  it.each([
    [configuration('eu-west-1'), 'IllegalLocationConstraintException'],
    ['<Other/>', 'MalformedXML'],
    ['<CreateBucketConfiguration>', 'MalformedXML'],
    [`<!--${'x'.repeat(70_000)}-->`, 'MaxMessageLengthExceeded'],
  ])('refuses a configuration with %.60s', async (body, code) => {
    const { endpoint } = await runStore();
    const response = await sendSigned(endpoint, { method: 'PUT', path: '/located', body });
    expect(codeOf(response)).toBe(code);
    const list = await sendSigned(endpoint, { method: 'GET', path: '/' });
    expect(list.body).not.toContain('located');
  });
});

describe('ListBuckets', () => {
  it('names every bucket with the time of its creation', async () => {
    const { endpoint } = await runStore();
    const list = await sendSigned(endpoint, { method: 'GET', path: '/' });
    expect(list.body).toMatch(
      new RegExp(`<Bucket><Name>${BUCKET}</Name><CreationDate>20\\d\\d-[^<]+Z</CreationDate>`),
    );
  });
});

describe('HeadBucket', () => {
  it('tells the region', async () => {
    const { endpoint } = await runStore({ region: 'us-east-1' });
    const head = await sendSigned(endpoint, { method: 'HEAD', path: `/${BUCKET}` });
    expect(head.headers['x-amz-bucket-region']).toBe('us-east-1');
  });
});

describe('DeleteBucket', () => {
  it('takes uploads in progress with it', async () => {
    const { endpoint } = await runStore();
    const query = { uploads: '' };
    await sendSigned(endpoint, { method: 'POST', path: `/${BUCKET}/key`, query });
    const response = await sendSigned(endpoint, { method: 'DELETE', path: `/${BUCKET}` });
    expect(response.status).toBe(204);
  });
});
