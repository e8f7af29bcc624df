/** Tables of the report. On a narrow page each row becomes a block, and each cell carries the heading of its column. */
import { html } from './html.ts';
import type { Html, HtmlPart } from './html.ts';

/** One column. */
export interface DataColumn {
  readonly heading: string;
  /** Numbers stand to the right, digit under digit. */
  readonly numeric?: boolean;
}

/** One row. The first cell says what the row is about. */
export interface DataRow {
  readonly cells: readonly HtmlPart[];
  readonly failed?: boolean;
}

/** A table. */
export interface DataTable {
  /** For those who step from table to table without the text around them; not shown. */
  readonly caption: string;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly DataRow[];
}

const NUMERIC = html` class="numeric"`;
const FAILED = html` class="failed"`;

/** Writes a table. The roles repeat what the elements mean, because some browsers forget it when rows become blocks. */
export function renderTable({ caption, columns, rows }: DataTable): Html {
  return html`<table role="table">
    <caption>
      <span class="unseen">${caption}</span>
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(renderHeading)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => renderRow(row, columns))}
    </tbody>
  </table>`;
}

function renderHeading({ heading, numeric }: DataColumn): Html {
  return html`<th role="columnheader" scope="col" ${numeric === true ? NUMERIC : undefined}>
    ${heading}
  </th>`;
}

function renderRow({ cells, failed }: DataRow, columns: readonly DataColumn[]): Html {
  const rendered = cells.map((cell, index) => {
    const column = columns[index];
    if (index === 0) return html`<th role="rowheader" scope="row">${cell}</th>`;
    return html`<td
      role="cell"
      ${column?.numeric === true ? NUMERIC : undefined}
      data-heading="${column?.heading}"
    >
      ${cell}
    </td>`;
  });
  return html`<tr role="row" ${failed === true ? FAILED : undefined}>
    ${rendered}
  </tr>`;
}
