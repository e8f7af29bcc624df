/** Where a reading stands in the tables of one pipeline. */
import { readZonePart } from '../../pipeline/index.ts';
import { maskRow, namePeople } from '../../scenarios/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { DemoPolicy, DemoTable, ReadingLife } from '../api.ts';
import type { Finding } from './judge-policy.ts';
import type { JudgedTable } from './judge-zones.ts';
import { LEAKED, WRONG } from './row-marks.ts';

/** Rows of a table that are shown. */
const ROWS_SHOWN = 3;

const TABLES_OF: Readonly<Record<Truth['kind'], readonly DemoTable[]>> = {
  distance: ['step_trainer_trusted', 'machine_learning_curated'],
  acceleration: ['accelerometer_trusted', 'machine_learning_curated'],
};

/** One stage for each table that can hold it. Throws PipelineError when the zones cannot be read. */
export async function tellZones(
  finding: Finding,
  policy: DemoPolicy,
  truth: Truth,
): Promise<ReadingLife['stages'][number][]> {
  const stages: ReadingLife['stages'][number][] = [];
  for (const table of TABLES_OF[truth.kind]) {
    const judged = finding.judged.tables[table];
    const numbers = numbersOf(judged, truth);
    const text = `${tellNumber(judged, truth, numbers)}${await tellBelieved(finding, table, numbers)}`;
    const rows = await showRows(finding, table, numbers);
    stages.push({ name: `${policy} ${table}`, text, ...(rows !== '' && { bytes: rows }) });
  }
  return stages;
}

function numbersOf({ rows }: JudgedTable, { id, kind }: Truth): number[] {
  const numbers: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const isFirst = rows.firstOf(row) === id;
    if (isFirst || (kind === 'acceleration' && rows.secondOf(row) === id)) numbers.push(row);
  }
  return numbers;
}

function tellNumber({ rows, missing }: JudgedTable, { id }: Truth, numbers: number[]): string {
  if (numbers.length === 0) {
    const isDue = missing
      .pick(undefined, { offset: 0, limit: missing.count })
      .some((row) => missing.firstOf(row) === id || missing.secondOf(row) === id);
    return isDue ? 'It belongs here, and is missing.' : 'It is not here, as it should be.';
  }
  const times = numbers.length === 1 ? 'It is here' : `It is here ${numbers.length} times`;
  const isLeaked = numbers.some((row) => (rows.flagsOf(row) & LEAKED) !== 0);
  const wrong = numbers.filter((row) => (rows.flagsOf(row) & WRONG) !== 0).length;
  if (isLeaked) return `${times}, and may not be used.`;
  if (wrong === 0) return `${times}, as it should be.`;
  return wrong === numbers.length
    ? `${times}, and wrongly so.`
    : `${times}, ${wrong} of them wrong.`;
}

async function tellBelieved(
  { evidence, zones }: Finding,
  table: DemoTable,
  numbers: number[],
): Promise<string> {
  if (table !== 'step_trainer_trusted' || zones === undefined || numbers.length === 0) return '';
  const [row] = await readZonePart(zones, table, { numbers: numbers.slice(0, 1) });
  if (row === undefined) return '';
  return ` It is taken for a reading of ${namePeople(evidence.believedPeople(row))}.`;
}

async function showRows(
  { evidence, zones }: Finding,
  table: DemoTable,
  numbers: number[],
): Promise<string> {
  if (zones === undefined || numbers.length === 0) return '';
  const rows = await readZonePart(zones, table, { numbers: numbers.slice(0, ROWS_SHOWN) });
  return rows.map((row) => JSON.stringify(maskRow(evidence.world, row))).join('\n');
}
