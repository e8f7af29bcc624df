import { expect, test } from 'vitest';
import { checkS3Url } from '../../cli/s3-url.ts';

test.each(['http://127.0.0.1:9000', 'https://s3.example'])('%s is an S3 endpoint', (url) => {
  expect(checkS3Url(url)).toBe(url);
});

test.each(['', 'nonsense', 'localhost:9000', 's3://bucket', 'http://'])('"%s" is none', (url) => {
  expect(() => checkS3Url(url)).toThrow('--s3 takes the URL of an S3 endpoint');
});
