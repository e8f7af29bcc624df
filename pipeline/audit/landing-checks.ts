/** The landing zone: whether all tables are there. */
import { foldersOf } from '../core/landing-file.ts';
import type { MissingTable } from '../landing/missing-tables.ts';
import type { AuditFinding, Check } from './finding.ts';
import { count } from './wording.ts';

/** Landing tables of which nothing landed, which makes zones empty without a word. */
export const checkMissing: Check = (_engine, { missing }) => {
  const [first] = missing;
  if (first === undefined) return Promise.resolve([]);
  const finding: AuditFinding = {
    id: 'landing-table-missing',
    rows: missing.length,
    title: `Nothing landed of ${count(missing.length, 'landing table')}: ${missing.map(({ table }) => table).join(', ')}.`,
    example: missing.map(describe).join(' '),
    why: 'The folder is empty, is not there or has another name. Zones that need the table have no rows, or too few.',
    fix: 'Check the names of the folders in the landing zone, and what should have landed there.',
    breaks: false,
  };
  return Promise.resolve([finding]);
};

function describe({ table, near }: MissingTable): string {
  const folders = foldersOf(table).join(' and ');
  // The name of a folder is not ours, and may tell anything.
  const isPlain = near !== undefined && /^[\w.-]+$/.test(near);
  const hint = isPlain ? `; did you mean ${near}/ to be one of them?` : '.';
  return `No objects are in ${folders}${hint}`;
}
