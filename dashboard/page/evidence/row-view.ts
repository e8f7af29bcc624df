/** Rows of a table with what really happened beside each. */
import type { RowKind, RowPage, TruthRow } from '../../api.ts';
import { element } from '../elements.ts';
import { fetchRows } from '../live/requests.ts';
import type { RowQuery } from '../live/requests.ts';
import { TABLE_WORDS } from '../words/conditions.ts';
import { countText } from '../words/numbers.ts';
import type { View } from './evidence-dialog.ts';
import { viewReading } from './reading-view.ts';

const KIND_WORDS: Readonly<Record<RowKind, string>> = {
  all: 'all rows',
  leaked: 'leaked rows',
  wrong: 'wrong rows',
  missing: 'missing rows',
};

type Open = (view: View) => void;

/** A page of rows. */
export function viewRows(query: RowQuery): View {
  const { policy, table, what } = query;
  return {
    title: `${TABLE_WORDS[table]}, ${policy}: ${KIND_WORDS[what]}`,
    load: async (open) => {
      const page = await fetchRows(query);
      return [
        kindChoice(query, open),
        summary(query, page),
        rowTable(page, open),
        pager(query, page, open),
      ];
    },
  };
}

function kindChoice(query: RowQuery, open: Open): Node {
  const kinds = Object.keys(KIND_WORDS) as RowKind[];
  const buttons = kinds.map((what) => {
    const pressed = String(what === query.what);
    const button = element('button', { type: 'button', 'aria-pressed': pressed }, KIND_WORDS[what]);
    button.addEventListener('click', () => {
      open(viewRows({ ...query, what, offset: 0 }));
    });
    return button;
  });
  return element('p', { class: 'kinds', role: 'group', 'aria-label': 'Which rows' }, ...buttons);
}

function summary({ table }: RowQuery, { total, offset, rows, cycle }: RowPage): Node {
  const text =
    total === 0
      ? `Verdict ${cycle} found none in ${table}.`
      : `${table}: ${countText(offset + 1)} to ${countText(offset + rows.length)} of ${countText(total)}, as of verdict ${cycle}.`;
  return element('p', { class: 'quiet' }, text);
}

function rowTable({ columns, rows }: RowPage, open: Open): Node {
  if (rows.length === 0) return element('p', { class: 'empty' }, 'There are no such rows.');
  const heads = ['What really happened', ...columns, 'Readings'].map((heading) =>
    element('th', { scope: 'col' }, heading),
  );
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { class: 'rows' },
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows.map((row) => tableRow(row, columns.length, open))),
    ),
  );
}

function tableRow({ cells, truth, readings }: TruthRow, width: number, open: Open): Node {
  const values =
    cells.length === 0
      ? [element('td', { colspan: String(width), class: 'quiet' }, 'not in the table')]
      : cells.map((cell) => element('td', {}, cell === null ? '–' : String(cell)));
  const links = readings.map((reading) => {
    const button = element(
      'button',
      { type: 'button', class: 'number', 'aria-label': `The life of reading ${reading}` },
      `#${reading}`,
    );
    button.addEventListener('click', () => {
      open(viewReading(reading));
    });
    return button;
  });
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, truth),
    ...values,
    element('td', { class: 'links' }, ...links),
  );
}

function pager(query: RowQuery, { total, offset, rows }: RowPage, open: Open): Node {
  const step = (label: string, to: number, isThere: boolean): Node => {
    const button = element('button', { type: 'button', disabled: isThere ? undefined : '' }, label);
    button.addEventListener('click', () => {
      open(viewRows({ ...query, offset: to }));
    });
    return button;
  };
  const next = offset + rows.length;
  // A last page may be short: then the step back is too, and shows some rows twice.
  const previous = Math.max(0, offset - Math.max(rows.length, 1));
  return element(
    'p',
    { class: 'pager' },
    step('Previous rows', previous, offset > 0),
    step('Next rows', next, next < total),
  );
}
