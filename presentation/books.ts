/** The books of a run, as a table for terminals and for pages: what became of the rows that went into each table. */
import { renderTable } from './data-table.ts';
import type { DataRow } from './data-table.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Pen } from './pen.ts';
import { columnsOfText, cutText, padText, wrapText } from './terminal-text.ts';

/** The books of one table: `in` = `out` + all of `filtered` + `quarantined` + `duplicates`, if they balance. */
export interface TableBooks {
  readonly in: number;
  readonly out: number;
  readonly filtered: Readonly<Record<string, number>>;
  readonly quarantined: number;
  readonly duplicates: number;
  /** How many of `in` a join made of rows that were there already. */
  readonly repeated: number;
}

/** The books of all tables by name, in the order in which they are shown. */
export type Books = Readonly<Record<string, TableBooks>>;
/** What the rules mean that leave rows out, by their names. */
export type RuleMeanings = Readonly<Record<string, string>>;

const HEADINGS = [
  'Table',
  'In',
  'Out',
  'Filtered',
  'Quarantined',
  'Duplicates',
  'Repeated',
] as const;
/** What the columns mean. */
const MEANING =
  'In = out + filtered + quarantined + duplicates. Repeated: rows of In that a join made of rows that were there already.';
const GAP = '  ';

/** The lines of the table for a terminal: numbers under each other, and below each table what left rows out. */
export function formatBooks(books: Books, rules: RuleMeanings, pen: Pen): string[] {
  const rows = Object.entries(books).map(([table, of]) => [table, ...numbersOf(of).map(format)]);
  const widths = HEADINGS.map((heading, index) =>
    Math.max(columnsOfText(heading), ...rows.map((row) => columnsOfText(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, index) =>
      padText(cell, widths[index] ?? 0, index === 0 ? 'left' : 'right'),
    );
    return cutText(padded.join(GAP), pen.width, pen.ellipsis);
  };
  return [
    pen.paint('quiet', line(HEADINGS)),
    ...Object.values(books).flatMap((of, index) => [
      line(rows[index] ?? []),
      ...detailsOf(of, rules).flatMap((detail) =>
        wrapText(pen.plain(detail), pen.width - 4).map((text) => pen.paint('quiet', `    ${text}`)),
      ),
    ]),
    ...wrapText(MEANING, pen.width).map((text) => pen.paint('quiet', text)),
  ];
}

/** The table for a page. */
export function renderBooks(books: Books, rules: RuleMeanings, caption: string): Html {
  const rows: DataRow[] = Object.entries(books).map(([table, of]) => {
    const [into, out, , ...others] = numbersOf(of).map(format);
    return { cells: [table, into, out, renderDetails(of, rules), ...others] };
  });
  const table = renderTable({
    caption,
    columns: HEADINGS.map((heading) => ({
      heading,
      numeric: heading !== 'Table' && heading !== 'Filtered',
    })),
    rows,
  });
  return html`${table}
    <p class="origin">${MEANING}</p>`;
}

function renderDetails(of: TableBooks, rules: RuleMeanings): Html {
  const details = detailsOf(of, rules);
  if (details.length === 0) return html`<span class="quiet">none</span>`;
  return html`<ul>
    ${details.map((detail) => html`<li>${detail}</li>`)}
  </ul>`;
}

function numbersOf(of: TableBooks): [number, number, number, number, number, number] {
  const filtered = Object.values(of.filtered).reduce((sum, rows) => sum + rows, 0);
  return [of.in, of.out, filtered, of.quarantined, of.duplicates, of.repeated];
}

function detailsOf({ filtered }: TableBooks, rules: RuleMeanings): string[] {
  return Object.entries(filtered).map(([rule, rows]) =>
    rules[rule] === undefined
      ? `${format(rows)} ${rule}`
      : `${format(rows)} ${rule}: ${rules[rule]}`,
  );
}

function format(rows: number): string {
  return rows.toLocaleString('en-US');
}
