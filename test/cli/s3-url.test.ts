import { expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { checkS3Url } from '../../cli/s3-url.ts';

test.each(['http://host:9000', 'https://s3.example/path', 'http://[::1]:9000'])(
  '%s is one',
  (url) => {
    expect(checkS3Url(url)).toBe(url);
  },
);

test.each(['host:9000', 'localhost', 's3://bucket', 'ftp://host', '', 'http://'])(
  '%j is none',
  (text) => {
    expect(() => checkS3Url(text)).toThrow(
      new UsageError('--s3 takes the URL of an S3 endpoint, such as http://host:9000.'),
    );
  },
);
