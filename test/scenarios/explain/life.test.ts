import { expect, test } from 'vitest';
import { showBytes, tellValues } from '../../../scenarios/explain/life.ts';

test.each([
  ['$R\r\n', String.raw`$R\r\n`, '24 52 0d 0a'],
  ['\u0007\u00FD', String.raw`\x07\xfd`, '07 fd'],
  ['\\', String.raw`\\`, '5c'],
  ['', '', ''],
])('%j is shown as text and in hex', (bytes, text, hex) => {
  expect(showBytes(bytes)).toEqual({ length: bytes.length, text, hex });
});

test('of many bytes the first are shown, and how many there are', () => {
  const { length, text, hex } = showBytes('a'.repeat(300));
  expect(length).toBe(300);
  expect(text).toBe(`${'a'.repeat(256)}…`);
  expect(hex.endsWith('61 …')).toBe(true);
});

test('a row is told column by column', () => {
  expect(tellValues({ user: 'e-mail of person 0', x: -1, y: null })).toBe(
    'user e-mail of person 0, x -1, y null',
  );
});
