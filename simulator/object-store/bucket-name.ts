const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * True for a name that S3 allows for a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a
 * letter or digit, no two dots in a row, no IPv4 address. Such a name is also a safe file name.
 */
export function isBucketName(name: string): boolean {
  return NAME.test(name) && !name.includes('..') && !IPV4.test(name);
}
