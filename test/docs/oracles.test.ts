import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ORACLES } from '../../scenarios/oracles/all-oracles.ts';
import { rowsOf } from './markdown.ts';

const page = await readFile(new URL('../../docs/oracles.md', import.meta.url), 'utf8');

test.each(ORACLES)('the page tells what $id asks, its unit and its chances', ({ id, unit }) => {
  const [, , asks, unitCell, chances, defect] = rowsOf(page, id)[0] ?? [];
  expect(unitCell).toBe(unit);
  for (const cell of [asks, chances, defect]) expect(cell).toMatch(/\w/);
});

test('the page names no oracle that does not exist', () => {
  const named = [...page.matchAll(/^\| `(\w+\.\w+)` +\|/gm)].map((match) => match[1] ?? '');
  const known = ORACLES.map(({ id }) => id as string);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
