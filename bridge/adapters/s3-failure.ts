import type { S3Client } from '@aws-sdk/client-s3';
import { BridgeError } from '../bridge-error.ts';

/** The HTTP status of what the S3 client threw; `undefined` when there was no answer. */
export function httpStatusOf(cause: unknown): number | undefined {
  return (cause as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata
    ?.httpStatusCode;
}

/** What the S3 client threw, in words that name the place and the fix: STORAGE_UNREACHABLE or STORAGE_REFUSED. */
export async function explainS3Failure(
  cause: unknown,
  { client, bucket }: { readonly client: S3Client; readonly bucket: string },
): Promise<BridgeError> {
  const status = httpStatusOf(cause);
  const endpoint = await client.config.endpoint?.();
  const place =
    endpoint === undefined
      ? 'AWS'
      : `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port ?? ''}`;
  if (status === undefined) {
    return new BridgeError(
      'STORAGE_UNREACHABLE',
      `Cannot reach the S3 endpoint ${place}. Check that it runs and that --s3 names it.`,
      { cause },
    );
  }
  return new BridgeError(
    'STORAGE_REFUSED',
    `The S3 endpoint ${place} refused bucket ${bucket} (HTTP ${status}). ${fixFor(status)}`,
    { cause },
  );
}

function fixFor(status: number): string {
  if (status === 404) return 'Create the bucket, or name another one with --bucket.';
  if (status === 429 || status >= 500) {
    return 'It is overloaded or out of order: look at its own logs.';
  }
  return 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and their rights.';
}
