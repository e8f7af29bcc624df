import { expect, it } from 'vitest';
import { renderTable } from '../../presentation/data-table.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from './parsed-page.ts';

const PAGE = parsePage(
  renderTable({
    caption: 'Rows of <A>',
    columns: [{ heading: 'Table' }, { heading: 'Rows', numeric: true }],
    rows: [{ cells: ['<t>', '1,000'], failed: true }, { cells: ['u', '2'] }],
  }),
);

it('has a caption, headings for columns and rows, and the cells as they are', () => {
  expect(textOf(findOne(PAGE, 'caption'))).toBe('Rows of <A>');
  expect(findAll(PAGE, 'th').map(({ attributes }) => attributes['scope'])).toEqual([
    'col',
    'col',
    'row',
    'row',
  ]);
  expect(tableCells(PAGE)).toEqual([
    ['<t>', '1,000'],
    ['u', '2'],
  ]);
});

it('stays a table for screen readers, and names the columns, where rows are laid out as blocks', () => {
  expect(findOne(PAGE, 'table').attributes['role']).toBe('table');
  expect(findAll(PAGE, 'td').map(({ attributes }) => attributes)).toEqual([
    { role: 'cell', class: 'numeric', 'data-heading': 'Rows' },
    { role: 'cell', class: 'numeric', 'data-heading': 'Rows' },
  ]);
});

it('marks the rows that failed', () => {
  expect(findAll(PAGE, 'tr', 'failed')).toHaveLength(1);
});
