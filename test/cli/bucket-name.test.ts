import { expect, it } from 'vitest';
import { checkBucketName } from '../../cli/bucket-name.ts';
import { UsageError } from '../../cli/exit-codes.ts';

it.each(['lake', 'my-bucket', 'a.b.c', '123'])('%s can be a bucket', (name) => {
  expect(checkBucketName(name)).toBe(name);
});

it.each([
  's3://my-bucket/prefix',
  's3://my-bucket',
  'my-bucket/prefix',
  'UPPER_case',
  'ab',
  'a..b',
  '-ab',
  '10.0.0.1',
  '',
])('%s cannot, and is not repeated', (name) => {
  expect(() => checkBucketName(name)).toThrow(UsageError);
  expect(() => checkBucketName(name)).toThrow(/^--bucket takes the name of a bucket alone, such/);
});
