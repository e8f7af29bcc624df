/** The books: whether they balance, and what of the landing zone they say cannot be read or landed twice. */
import { imbalanceOf } from '../accounting.ts';
import type { TableAccounting } from '../accounting.ts';
import { LANDING_TABLES } from '../core/catalog.ts';
import type { AuditFinding, AuditSubject, Check } from './finding.ts';
import { count, describeEntry } from './wording.ts';

/** What the books tell without another look at the data. */
export const checkBooks: Check = (_engine, subject) =>
  Promise.resolve([...unbalanced(subject), ...unreadable(subject), ...landedTwice(subject)]);

function unbalanced({ accounting }: AuditSubject): AuditFinding[] {
  const wrong = Object.entries(accounting).flatMap(([table, books]: [string, TableAccounting]) => {
    const missing = imbalanceOf(books);
    const isNegative = [...Object.values(books.filtered), books.duplicates].some(
      (rows) => rows < 0,
    );
    return missing === 0 && !isNegative ? [] : [{ table, missing }];
  });
  const [first] = wrong;
  if (first === undefined) return [];
  const { table, missing } = first;
  return [
    {
      id: 'unbalanced-books',
      rows: wrong.reduce((sum, books) => sum + Math.max(Math.abs(books.missing), 1), 0),
      title: `The books of ${count(wrong.length, 'table')} do not balance: ${wrong.map((books) => books.table).join(', ')}.`,
      example:
        missing === 0
          ? `Of ${table}, more came out than went in.`
          : `Of ${table}, ${count(Math.abs(missing), 'row')} ${missing > 0 ? 'went in and are neither in the table nor left out by a rule' : 'came out and never went in'}.`,
      why: 'Rows got lost, or were made up, between the landing zone and the zones: a model does not do what it says.',
      fix: 'Do not use these zones. If the models are not your own, report it with the landing data.',
      breaks: true,
    },
  ];
}

function unreadable({ accounting, quarantine, setAside }: AuditSubject): AuditFinding[] {
  const perTable = LANDING_TABLES.map((table) => ({
    table,
    rows: accounting[table].quarantined - (setAside?.[table].objects ?? 0),
  }));
  const rows = perTable.reduce((sum, lines) => sum + lines.rows, 0);
  if (rows === 0) return [];
  const first = setAside === undefined ? quarantine[0] : quarantine.find(({ line }) => line > 0);
  const tables = perTable
    .filter((lines) => lines.rows > 0)
    .map((lines) => `${lines.rows.toLocaleString('en-US')} in ${lines.table}`);
  return [
    {
      id: 'quarantined-lines',
      rows,
      title: `${count(rows, 'line')} of the landing zone cannot be read: ${tables.join(', ')}.`,
      example: first === undefined ? 'See the quarantine folder.' : describeEntry(first),
      why: 'A line was cut off or garbled, a value has the wrong type, or an object is damaged. What is in it is in no zone.',
      fix: 'Look into quarantine/ of the output, mend the lines where they come from, and land them again.',
      breaks: false,
    },
  ];
}

function landedTwice({ accounting }: AuditSubject): AuditFinding[] {
  const lines = LANDING_TABLES.reduce((sum, table) => sum + accounting[table].duplicates, 0);
  if (lines === 0) return [];
  const most = LANDING_TABLES.reduce((left, right) =>
    accounting[right].duplicates > accounting[left].duplicates ? right : left,
  );
  return [
    {
      id: 'objects-landed-twice',
      rows: lines,
      title: `${count(lines, 'line')} landed again in objects that are there under another name.`,
      example: `Most are in ${most}: ${accounting[most].duplicates.toLocaleString('en-US')} of ${accounting[most].in.toLocaleString('en-US')} lines.`,
      why: 'An upload was repeated or a folder was copied. These lines count once.',
      fix: 'Name objects by what they hold, so that a repeated upload replaces the first; remove the copies.',
      breaks: false,
    },
  ];
}
