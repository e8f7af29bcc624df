import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { namesOf, refusalOf } from '../../../dashboard/server/guard.ts';

const OURS = namesOf('127.0.0.1');

test.each([
  ['127.0.0.1:8642', undefined],
  ['localhost:8642', undefined],
  ['LOCALHOST', undefined],
  ['[::1]:8642', undefined],
  ['localhost:8642', 'http://localhost:8642'],
])('%s with origin %s passes', (host, origin) => {
  expect(refusalOf({ host, origin }, OURS)).toBeUndefined();
});

test.each([
  ['evil.example:8642', undefined],
  ['localhost.evil.example', undefined],
  ['evil@localhost:8642', undefined],
  ['192.0.2.7:8642', undefined],
  ['', undefined],
  [undefined, undefined],
  ['localhost:8642', 'http://evil.example'],
  ['localhost:8642', 'http://localhost:3000'],
  ['localhost:8642', 'https://localhost:8642'],
  ['localhost:8642', 'null'],
])('%s with origin %s is refused', (host, origin) => {
  expect(refusalOf({ host, origin }, OURS)).toEqual(expect.any(String));
});

test('the host that somebody named may be called, and a server on all addresses by those of its machine', () => {
  const named = namesOf('Demo.example');
  expect(refusalOf({ host: 'demo.example:8642', origin: undefined }, named)).toBeUndefined();
  const host = hostname().toLowerCase();
  expect(refusalOf({ host, origin: undefined }, namesOf('0.0.0.0'))).toBeUndefined();
  expect(refusalOf({ host: 'other.example', origin: undefined }, namesOf('::'))).toBeDefined();
});

test('an IPv6 address is called in brackets', () => {
  const names = namesOf('2001:db8::7');
  expect(refusalOf({ host: '[2001:db8::7]:8642', origin: undefined }, names)).toBeUndefined();
});
