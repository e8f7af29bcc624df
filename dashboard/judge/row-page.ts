/** The rows behind a number of the page, each with its truth beside it. */
import { columnsOf, readZonePart } from '../../pipeline/index.ts';
import type { ZoneRow } from '../../pipeline/index.ts';
import {
  maskRow,
  namePeople,
  rowOfReading,
  tellConsent,
  tellReading,
  tellRow,
} from '../../scenarios/index.ts';
import type { Evidence } from '../../scenarios/index.ts';
import type { DemoTable, RowKind, RowPage, TruthRow } from '../api.ts';
import type { Session } from './court.ts';
import type { Finding } from './judge-policy.ts';
import type { JudgedTable } from './judge-zones.ts';
import type { RowsAsked } from './judge.ts';
import { LEAKED, NONE, WRONG } from './row-marks.ts';

const ROWS_DEFAULT = 50;
const ROWS_MAX = 200;

/** The rows of a page. Throws PipelineError when the zones cannot be read. */
export async function pageOfRows(
  { cycle, findings }: Session,
  { policy, table, what, offset, limit = ROWS_DEFAULT }: RowsAsked,
): Promise<RowPage> {
  const finding = findings[policy];
  const judged = finding.judged.tables[table];
  const columns = columnsOf(table, policy).map(({ name }) => name);
  const span = { offset, limit: Math.min(limit, ROWS_MAX) };
  const shown =
    what === 'missing'
      ? missingRows(finding, { table, judged, span })
      : await presentRows(finding, { table, judged, span, what, columns });
  return { cycle, ...shown, offset, columns };
}

interface PageCase {
  readonly table: DemoTable;
  readonly judged: JudgedTable;
  readonly span: { readonly offset: number; readonly limit: number };
}

async function presentRows(
  { evidence, zones }: Finding,
  page: PageCase & {
    readonly what: Exclude<RowKind, 'missing'>;
    readonly columns: readonly string[];
  },
): Promise<Pick<RowPage, 'total' | 'rows'>> {
  const { table, judged, span, what, columns } = page;
  const flags = { all: undefined, leaked: LEAKED, wrong: WRONG }[what];
  const total = flags === undefined ? judged.rows.count : judged.rows.countWith(flags);
  const numbers = judged.rows.pick(flags, span);
  if (zones === undefined || numbers.length === 0) return { total, rows: [] };
  const rows = await readZonePart(zones, table, { numbers });
  return {
    total,
    rows: rows.map((row, index): TruthRow => {
      const number = numbers[index] ?? 0;
      const isPersonRow = table === 'customer_trusted' || table === 'customer_curated';
      const behind = [judged.rows.firstOf(number), judged.rows.secondOf(number)];
      const masked = maskRow(evidence.world, row);
      return {
        cells: columns.map((name) => toCell(masked[name])),
        truth: tellTruth(evidence, { table, row, flags: judged.rows.flagsOf(number) }),
        readings: isPersonRow ? [] : behind.filter((id) => id !== NONE),
      };
    }),
  };
}

function toCell(value: unknown): string | number | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

/** What really happened behind a row, and what is wrong about it. */
function tellTruth(
  evidence: Evidence,
  {
    table,
    row,
    flags,
  }: { readonly table: DemoTable; readonly row: ZoneRow; readonly flags: number },
): string {
  const parts = [tellRow(evidence, table, row)];
  if (table === 'step_trainer_trusted') {
    parts.push(
      `the pipeline takes it for a reading of ${namePeople(evidence.believedPeople(row))}`,
    );
  }
  if ((flags & LEAKED) !== 0) parts.push(tellLeak(evidence, table, row));
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

/** What the person behind a reading has decided; of customers, it is told already. */
function tellLeak(evidence: Evidence, table: DemoTable, row: ZoneRow): string {
  if (table === 'customer_trusted' || table === 'customer_curated') return '';
  const person = evidence.walkerOf(row) ?? evidence.personOf(row['user']);
  if (person === undefined) return '';
  return `person ${person} ${tellConsent(evidence, person)}`;
}

function missingRows(
  { evidence }: Finding,
  { table, judged: { missing }, span }: PageCase,
): Pick<RowPage, 'total' | 'rows'> {
  const isPersonRow = table === 'customer_trusted' || table === 'customer_curated';
  const rows = missing.pick(undefined, span).map((number): TruthRow => {
    const first = missing.firstOf(number);
    if (isPersonRow) {
      const truth = `Person ${first} ${tellConsent(evidence, first)}, belongs here, and is missing.`;
      return { cells: [], truth, readings: [] };
    }
    const readings = [first, missing.secondOf(number)].filter((id) => id !== NONE);
    return { cells: [], truth: tellMissing(evidence, readings), readings };
  });
  return { total: missing.count, rows };
}

function tellMissing(evidence: Evidence, ids: readonly number[]): string {
  const [step, sample] = ids.map((id) => evidence.readings[id]);
  if (step === undefined) return 'It belongs here, and is missing.';
  const values = Object.entries(rowOfReading(evidence, step))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  const pair = sample === undefined ? '' : ` with the phone sample ${sample.id}`;
  return `${tellReading(evidence, step)} (${values})${pair}; it landed, may be used, and is missing.`;
}
