import { expect, it } from 'vitest';
import { escapeBytes } from '../../../device-bench/report/escape-bytes.ts';

it('shows line ends, and leaves printable bytes alone', () => {
  expect(escapeBytes('=OK,9,START,50*D2DD\r\n')).toBe('=OK,9,START,50*D2DD\\r\\n');
});

it('gives every byte an escape of its own, all of them printable', () => {
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  const escaped = bytes.map(escapeBytes);
  expect(new Set(escaped).size).toBe(256);
  expect(escaped.join('')).toMatch(/^[ -~]*$/);
  expect(escapeBytes('\u0000\u00FF\\')).toBe('\\x00\\xff\\\\');
});
