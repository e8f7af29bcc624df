import { expect, it } from 'vitest';
import { checkPlaceOf } from '../../cli/place-argument.ts';

const check = checkPlaceOf('--out');

it.each(['zones', './a:b', 'C:\\zones', 's3://lake/zones', '/tmp/s3://x'])('takes %s', (text) => {
  expect(check(text)).toBe(text);
});

it.each(['http://host:9000/lake', 'HTTPS://lake', 's3a://lake', 'file:///zones'])(
  'refuses %s, which would become a folder of that name',
  (text) => {
    expect(() => check(text)).toThrow(/--out takes a folder or s3:\/\/bucket\/prefix, not .*--s3/);
  },
);

it('does not repeat what may be a password', () => {
  expect(() => check('http://user:secret@host')).toThrow(/^(?!.*secret)/);
});
