import { expect, it } from 'vitest';
import { formatBooks, renderBooks } from '../../presentation/books.ts';
import type { Books } from '../../presentation/books.ts';
import { toPen } from '../../presentation/pen.ts';
import { findOne, parsePage, tableCells, textOf } from './parsed-page.ts';

const BOOKS: Books = {
  landed: { in: 1_234, out: 1_230, filtered: {}, quarantined: 3, duplicates: 1, repeated: 0 },
  kept: {
    in: 1_240,
    out: 5,
    filtered: { 'too-old': 1_000, odd: 235 },
    quarantined: 0,
    duplicates: 0,
    repeated: 10,
  },
};
const RULES = { 'too-old': 'measured <before>' };

it('puts numbers under each other, and below each table what left rows out', () => {
  const lines = formatBooks(BOOKS, RULES, toPen({ color: false, width: 80 }));
  expect(lines.slice(0, 5)).toEqual([
    'Table      In    Out  Filtered  Quarantined  Duplicates  Repeated',
    'landed  1,234  1,230         0            3           1         0',
    'kept    1,240      5     1,235            0           0        10',
    '    1,000 too-old: measured <before>',
    '    235 odd',
  ]);
  expect(lines.slice(5).join(' ')).toContain('In = out + filtered + quarantined + duplicates.');
});

it('writes no line that is wider than the terminal', () => {
  const lines = formatBooks(BOOKS, RULES, toPen({ color: false, width: 30 }));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(30);
});

it('gives a page the same numbers, with the rules in words', () => {
  const page = parsePage(renderBooks(BOOKS, RULES, 'The books'));
  expect(textOf(findOne(page, 'caption'))).toBe('The books');
  expect(tableCells(page)).toEqual([
    ['landed', '1,234', '1,230', 'none', '3', '1', '0'],
    ['kept', '1,240', '5', '1,000 too-old: measured <before>235 odd', '0', '0', '10'],
  ]);
});
