/** How results look: safe HTML, the pages' common style, tables, text for terminals, and words that were meant. Imports no other room. */
export { AUDIT_STYLE, formatAudit, renderAudit } from './audit.ts';
export type { Finding } from './audit.ts';
export { formatBooks, renderBooks } from './books.ts';
export type { Books, RuleMeanings, TableBooks } from './books.ts';
export { renderTable } from './data-table.ts';
export type { DataColumn, DataRow, DataTable } from './data-table.ts';
export { escapeHtml, Html, html } from './html.ts';
export type { HtmlPart } from './html.ts';
export { renderJunitReport } from './junit.ts';
export type { JunitCase, JunitOutcome, JunitSuite } from './junit.ts';
export { nearestWord } from './nearest-word.ts';
export { renderPage } from './page.ts';
export type { Page } from './page.ts';
export { PAGE_STYLE, PRINT_STYLE } from './page-style.ts';
export { toPen } from './pen.ts';
export type { Ink, Pen, TerminalStyle } from './pen.ts';
export {
  columnsOfText,
  cutText,
  padText,
  takeColumns,
  toAscii,
  withoutControls,
  wrapText,
} from './terminal-text.ts';
export { renderWordList } from './word-list.ts';
