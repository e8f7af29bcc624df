import { UsageError } from './exit-codes.ts';

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** Checks that what a user gave with `--bucket` can be the name of a bucket of S3. @throws UsageError */
export function checkBucketName(text: string): string {
  if (NAME.test(text) && !text.includes('..') && !IPV4.test(text)) return text;
  // What was given may be an address that holds a password: it is not repeated.
  throw new UsageError(
    '--bucket takes the name of a bucket alone, such as my-bucket, without s3:// and without a folder: 3 to 63 lower-case ' +
      'letters, digits, dots and hyphens, with a letter or digit at both ends.',
  );
}
