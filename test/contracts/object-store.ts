/** What an S3 endpoint must do for the bridge and the pipeline, as one suite for any endpoint. */
import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../simulator/object-store/signed-request.ts';
import { bucketFeatures } from './object-store-buckets.ts';
import { checksumFeatures } from './object-store-checksums.ts';
import { keyFeatures } from './object-store-keys.ts';
import { listingFeatures } from './object-store-listings.ts';
import { objectFeatures } from './object-store-objects.ts';
import { signatureFeatures } from './object-store-signatures.ts';
import { uploadFeatures } from './object-store-uploads.ts';
import type { Stage } from './object-store-stage.ts';

const FEATURES: typeof bucketFeatures &
  typeof objectFeatures &
  typeof keyFeatures &
  typeof checksumFeatures &
  typeof listingFeatures &
  typeof uploadFeatures &
  typeof signatureFeatures = {
  ...bucketFeatures,
  ...objectFeatures,
  ...keyFeatures,
  ...checksumFeatures,
  ...listingFeatures,
  ...uploadFeatures,
  ...signatureFeatures,
};

/** A feature by the sentence that says what it is. */
export type S3Feature = keyof typeof FEATURES;

/** What a server is known to lack, and why. */
export type Lacking = Readonly<Partial<Record<S3Feature, string>>>;

/** An endpoint under test, and how to let go of it. */
export interface OpenedEndpoint extends Endpoint {
  readonly close?: () => Promise<void>;
}

/** A server as the suite speaks of it. */
export interface Subject {
  readonly name: string;
  readonly lacking: Lacking;
  /** False shows every feature as skipped. */
  readonly runs: boolean;
}

/**
 * Runs every feature against an endpoint.
 *
 * A feature that the server lacks is run too, and must fail: when the server learns it, its entry has to go.
 */
export function describeObjectStore(
  { name, lacking, runs }: Subject,
  open: () => Promise<OpenedEndpoint>,
): void {
  describe.runIf(runs)(`${name}`, () => {
    let stage: Stage;
    let opened: OpenedEndpoint;

    beforeAll(async () => {
      opened = await open();
      const { url, region, credentials } = opened;
      const s3 = new S3Client({
        endpoint: url,
        region,
        credentials,
        maxAttempts: 1,
        forcePathStyle: true,
      });
      stage = { endpoint: { url, region, credentials }, s3, bucket: `contract-${randomUUID()}` };
      await s3.send(new CreateBucketCommand({ Bucket: stage.bucket }));
    });

    afterAll(async () => {
      await emptyBucket(stage);
      await stage.s3.send(new DeleteBucketCommand({ Bucket: stage.bucket }));
      stage.s3.destroy();
      await opened.close?.();
    });

    for (const [sentence, feature] of Object.entries(FEATURES)) {
      const reason = lacking[sentence as S3Feature];
      const [run, title] =
        reason === undefined ? [it, sentence] : [it.fails, `lacks: ${sentence} (${reason})`];
      run(title, async () => {
        expect.hasAssertions();
        await feature(stage);
      });
    }
  });
}

async function emptyBucket({ s3, bucket }: Stage): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    for (const { Key } of page.Contents ?? []) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    }
    if (page.IsTruncated !== true) return;
  }
}
