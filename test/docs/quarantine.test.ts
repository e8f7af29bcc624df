import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { QUARANTINE_REASONS } from '../../bridge/index.ts';
import { rowsOf } from './markdown.ts';

const page = await readFile(new URL('../../docs/quarantine.md', import.meta.url), 'utf8');

test.each(Object.entries(QUARANTINE_REASONS))(
  'the page on quarantine explains %s',
  (code, meaning) => {
    expect(rowsOf(page, code).map((cells) => cells[2])).toEqual([meaning]);
  },
);

test('the page on quarantine explains no reason that does not exist', () => {
  const codes = [...page.matchAll(/^\| `([a-z0-9-]+)` +\|.*\.\s*\|$/gm)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(QUARANTINE_REASONS));
});
