/** The zones themselves: pairs of two people, personal data, and rows that repeat others. */
import { TABLES, ZONE_TABLES } from '../core/catalog.ts';
import type { TableName } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { countRepeatedRows } from '../engine/repeated-rows.ts';
import { loadSqlText } from '../engine/sql-text.ts';
import type { Check } from './finding.ts';
import { lowerBound } from './lower-bound.ts';
import { count, moment, numberIn, verb } from './wording.ts';

/** Rows for machine learning that pair the step of one person with the phone of another. */
export const checkPairs: Check = async (engine, { policy }) => {
  const [row] = await engine.query(await loadSqlText('audit/ml-pairs-two-people'));
  const rows = numberIn(row, 'found');
  if (rows === 0) return [];
  const atLeast = await lowerBound(engine, policy);
  return [
    {
      id: 'ml-pairs-two-people',
      rows,
      title: `${atLeast}${count(rows, 'row')} of ${numberIn(row, 'of_rows').toLocaleString('en-US')} in machine_learning_curated ${verb(rows, 'pairs', 'pair')} the step of one person with the phone of another.`,
      example: `The first such pair is of ${moment(row?.['first_moment'])}.`,
      why: 'The tables are joined on the timestamp alone, and two people moved at the same moment.',
      fix: "Attribute each step to a person and join it with that person's phone only.",
      breaks: true,
    },
  ];
};

/** Columns of the table for machine learning that tell who somebody is, whatever the catalog says it should have. */
export const checkPersonalData: Check = async (engine) => {
  const personal = (await columnsIn(engine, 'machine_learning_curated')).filter((name) =>
    PERSONAL_NAMES.has(name.toLowerCase()),
  );
  if (personal.length === 0) return [];
  const isFilled = personal.map((name) => `m."${name}" IS NOT NULL`).join(' OR ');
  const [row] = await engine.query(
    `SELECT COUNT(*) AS found FROM machine_learning_curated m WHERE ${isFilled}`,
  );
  const rows = numberIn(row, 'found');
  if (rows === 0) return [];
  return [
    {
      id: 'personal-data-in-ml',
      rows,
      title: `${count(rows, 'row')} in machine_learning_curated ${verb(rows, 'names', 'name')} the person.`,
      example: `The table has ${personal.length === 1 ? 'the column' : 'the columns'} ${personal.join(', ')}.`,
      why: 'A model learns from this table, and nothing in it may tell who somebody is.',
      fix: 'Leave e-mail, name, phone and birthday out of the last join.',
      breaks: true,
    },
  ];
};

const PERSONAL_NAMES: ReadonlySet<string> = new Set(
  Object.values(TABLES)
    .flatMap(({ columns }) => columns)
    .filter(({ personal }) => personal)
    .map(({ name }) => name.toLowerCase()),
);

/** Rows of the zones that say the same as another row. */
export const checkDuplicates: Check = async (engine) => {
  const found: { readonly table: TableName; readonly rows: number }[] = [];
  for (const table of ZONE_TABLES) {
    const rows = await countRepeatedRows(engine, table, await columnsIn(engine, table));
    if (rows > 0) found.push({ table, rows });
  }
  const rows = found.reduce((sum, repeated) => sum + repeated.rows, 0);
  if (rows === 0) return [];
  const perTable = found.map(
    (repeated) => `${repeated.rows.toLocaleString('en-US')} in ${repeated.table}`,
  );
  const most = found.reduce((left, right) => (right.rows > left.rows ? right : left));
  return [
    {
      id: 'duplicate-rows',
      rows,
      title: `${count(rows, 'row')} of the zones ${verb(rows, 'repeats', 'repeat')} another row: ${perTable.join(', ')}.`,
      example: `In ${most.table}, one row is ${TABLES[most.table].grain}; ${count(most.rows, 'row')} ${verb(most.rows, 'is', 'are')} there once too often.`,
      why: 'Messages arrive more than once, or a join finds several partners for one row.',
      fix: 'Keep distinct rows, and join on keys that are unique on one side.',
      breaks: true,
    },
  ];
};

async function columnsIn(engine: Engine, table: TableName): Promise<string[]> {
  return (await engine.query(`DESCRIBE ${table}`)).map((column) => String(column['column_name']));
}
