import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createS3Client } from '../../../pipeline/storage/s3-client.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('createS3Client', () => {
  it('addresses buckets of a given endpoint by path, and those of AWS by host', async () => {
    const own = createS3Client('http://localhost:9000');
    const aws = createS3Client();
    expect(own).toBeInstanceOf(S3Client);
    expect(own.config.forcePathStyle).toBe(true);
    expect(await own.config.endpoint?.()).toMatchObject({ hostname: 'localhost', port: 9_000 });
    expect(aws.config.forcePathStyle).toBe(false);
    own.destroy();
    aws.destroy();
  });

  it('takes the region from the environment', async () => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    const client = createS3Client();
    expect(await client.config.region()).toBe('eu-central-1');
    client.destroy();
  });

  it('tries a call as often as it is told, and three times by itself', async () => {
    const once = createS3Client(undefined, { maxAttempts: 1 });
    const usual = createS3Client();
    expect([await once.config.maxAttempts(), await usual.config.maxAttempts()]).toEqual([1, 3]);
    once.destroy();
    usual.destroy();
  });
});
