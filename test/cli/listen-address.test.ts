import { describe, expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { isLoopback, readListenAddress } from '../../cli/listen-address.ts';

describe('an address to listen on', () => {
  test.each([
    ['1883', { host: '127.0.0.1', port: 1883 }],
    ['0', { host: '127.0.0.1', port: 0 }],
    ['0.0.0.0:1883', { host: '0.0.0.0', port: 1883 }],
    ['localhost:65535', { host: 'localhost', port: 65_535 }],
    ['[::1]:9464', { host: '::1', port: 9464 }],
    ['[::]:9464', { host: '::', port: 9464 }],
  ])('%s', (text, address) => {
    expect(readListenAddress('--watch', text)).toEqual(address);
  });

  test.each([
    '',
    ':1883',
    '65536',
    '-1',
    '1883x',
    'host',
    'host:',
    '::1:9464',
    'a b:1',
    'http://h:1',
  ])('"%s" is none', (text) => {
    expect(() => readListenAddress('--watch', text)).toThrow(UsageError);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.2', false],
  ['127.evil.example', false],
])('%s: this machine alone? %s', (host, answer) => {
  expect(isLoopback(host)).toBe(answer);
});
