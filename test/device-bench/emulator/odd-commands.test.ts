/** What docs/protocol.md says about odd lines is what the codec and the committed firmware do. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeHostCommand } from '../../../firmware-protocol/index.ts';
import { powerReference } from './reference-board.ts';

const PAGE = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
/** A line and its response, both in backquotes, at the beginning of a row. */
const ROW = /^\| `([^`]+)`[^|]*\| `(=ERR,\w*,\d)` +\|/gm;
const ROWS = [...PAGE.matchAll(ROW)].map(([, line = '', response = '']) => [line, response]);

const { ask, say } = powerReference();

test('the page has its table of odd lines', () => {
  expect(ROWS.length).toBeGreaterThan(15);
});

test.each(ROWS)('%j is answered with %s', (line, response) => {
  const decoded = decodeHostCommand(line ?? '');
  const told = decoded.kind === 'rejected' ? `=ERR,${decoded.tag},${decoded.code}` : decoded.kind;
  expect([told, ask(line ?? '')]).toEqual([response, response]);
});

test('only a line without any byte is empty', () => {
  expect(['', '\r'].map((line) => decodeHostCommand(line).kind)).toEqual(['nothing', 'nothing']);
  expect(['', '\r', '\r\r'].map(ask)).toEqual(['', '', '=ERR,,2']);
  expect(decodeHostCommand('\r\r')).toMatchObject({ code: 2 });
});

test('a rate above that of =CAPS is refused and changes nothing', () => {
  expect([ask('START 20'), ask('START 201')]).toEqual(['=OK,,START,20', '=ERR,,4']);
  const readings = say('', 1_000).filter(({ line }) => line.kind === 'reading');
  expect(Math.abs(readings.length - 20)).toBeLessThanOrEqual(1);
  expect(ask('STOP')).toMatch(/^=OK,,STOP,/);
});

test('half a command waits for the rest, however long', () => {
  expect(say('@1 PI', 10_000).filter(({ text }) => text.startsWith('='))).toEqual([]);
  expect(ask('NG')).toBe('=OK,1,PING,');
});
