import { UsageError } from './exit-codes.ts';

/** Checks the S3 endpoint that a user gave with `--s3`. @throws UsageError */
export function checkS3Url(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // What was given may hold a password: it is not repeated.
    throw new UsageError('--s3 takes the URL of an S3 endpoint, such as http://host:9000.');
  }
  return text;
}
