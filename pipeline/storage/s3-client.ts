import { createRequire } from 'node:module';
import type * as S3 from '@aws-sdk/client-s3';

/** The AWS SDK, loaded when it is first needed: it takes longer to load than a small pipeline takes to run. */
export function loadS3(): typeof S3 {
  return createRequire(import.meta.url)('@aws-sdk/client-s3') as typeof S3;
}

const nothing = (): void => undefined;
/** What is wrong is told by errors; the SDK would write warnings to the terminal. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** How a client behaves where storage does not. */
export interface S3ClientPatience {
  /** How often a call is tried; as often as the environment says, or three times, if absent. */
  readonly maxAttempts?: number;
  /** After how long a connection on which nothing moves is given up; never if absent. */
  readonly silenceMs?: number;
  /** The key pair; without it, the standard ones of the environment. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * A client for AWS, or for the S3-compatible storage at `endpoint`. Credentials and region come from the standard AWS
 * environment variables and files; the caller destroys the client.
 */
export function createS3Client(
  endpoint?: string,
  { maxAttempts, silenceMs, credentials }: S3ClientPatience = {},
): S3.S3Client {
  const { S3Client: Client } = loadS3();
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  // Storage of one's own seldom has a host name for each bucket.
  return new Client({
    region,
    logger: SILENT,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials !== undefined && { credentials }),
    ...(maxAttempts !== undefined && { maxAttempts }),
    ...(silenceMs !== undefined && {
      requestHandler: { connectionTimeout: silenceMs, socketTimeout: silenceMs },
    }),
  });
}
