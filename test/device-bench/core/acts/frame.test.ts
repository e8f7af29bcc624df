import { expect, it } from 'vitest';
import { frame } from '../../../../device-bench/core/acts/frame.ts';
import { decodeHostCommand } from '../../../../firmware-protocol/index.ts';

it('frame puts the right CRC behind what is right', () => {
  expect(frame('@a PING')).toMatch(/^@a PING\*[0-9A-F]{4}\r\n$/);
  expect(decodeHostCommand(frame('@a PING').trimEnd()).kind).toBe('command');
});

it('frame puts it behind what is wrong as well', () => {
  expect(frame('123456789')).toBe('123456789*29B1\r\n');
  expect(frame('PI\0NG')).toMatch(/^PI\0NG\*[0-9A-F]{4}\r\n$/);
});
