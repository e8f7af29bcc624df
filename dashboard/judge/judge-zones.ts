/** Holds the zones of one pipeline against the truth. */
import { readZonePart, ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneRow } from '../../pipeline/index.ts';
import type { Evidence } from '../../scenarios/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { DemoTable, PolicyVerdict, TableVerdict } from '../api.ts';
import type { DueRows } from './due-rows.ts';
import { LEAKED, NONE, RowMarks, WRONG } from './row-marks.ts';
import { TableRules } from './table-rules.ts';
import type { RowFinding } from './table-rules.ts';

/** Rows of a zone that are in memory at once. */
const ROWS_PER_PART = 50_000;

/** What is known of one table. */
export interface JudgedTable {
  /** Of each row that the table has. */
  readonly rows: RowMarks;
  /** What belongs into the table and is not there: readings, pairs or people. */
  readonly missing: RowMarks;
}

/** What is known of all tables of one pipeline. */
export interface JudgedZones {
  readonly tables: Readonly<Record<DemoTable, JudgedTable>>;
  readonly verdict: PolicyVerdict;
  /** Rows about each person, by the number of the person. */
  readonly rowsOf: readonly number[];
}

/** What zones are held against. */
export interface ZonesCase {
  /** Folder that the zones were published in. */
  readonly zones: string;
  /** With the customer tables of these zones, by which others name people. */
  readonly evidence: Evidence;
  readonly due: DueRows;
  readonly usedTrainers: ReadonlySet<string>;
}

/** Judges every row. Throws PipelineError when zones cannot be read. */
export async function judgeZones(zonesCase: ZonesCase): Promise<JudgedZones> {
  const tally = new Tally(zonesCase.evidence.world.people.length);
  const tables: Partial<Record<DemoTable, JudgedTable>> = {};
  const verdicts: Partial<Record<DemoTable, TableVerdict>> = {};
  for (const table of ZONE_TABLES) {
    const rows = await judgeTable(zonesCase, table, tally);
    const missing = findMissing(zonesCase.due, table, rows);
    tables[table] = { rows, missing };
    verdicts[table] = {
      rows: rows.count,
      due: dueKeys(zonesCase.due, table).length,
      leaked: rows.countWith(LEAKED),
      wrong: rows.countWith(WRONG),
      missing: missing.count,
    };
  }
  return {
    tables: tables as Record<DemoTable, JudgedTable>,
    verdict: {
      tables: verdicts as Record<DemoTable, TableVerdict>,
      leaked: Object.values(verdicts).reduce((sum, { leaked }) => sum + leaked, 0),
      misattributed: tally.misattributed,
      mismatched: tally.mismatched,
      rightPairs: tally.rightPairs,
      failure: undefined,
    },
    rowsOf: tally.rowsOf,
  };
}

/** What is counted over all tables. */
class Tally {
  misattributed = 0;
  mismatched = 0;
  rightPairs = 0;
  readonly rowsOf: number[];

  constructor(people: number) {
    this.rowsOf = Array.from({ length: people }, () => 0);
  }

  note(table: DemoTable, { flags, people, isMisattributed, isMixed }: RowFinding): void {
    for (const person of people) {
      if (person !== NOBODY) this.rowsOf[person] = (this.rowsOf[person] ?? 0) + 1;
    }
    if (isMisattributed) this.misattributed++;
    if (isMixed) this.mismatched++;
    if (table === 'machine_learning_curated' && flags === 0) this.rightPairs++;
  }
}

async function judgeTable(
  { zones, evidence, usedTrainers }: ZonesCase,
  table: DemoTable,
  tally: Tally,
): Promise<RowMarks> {
  const marks = new RowMarks();
  const rules = new TableRules(evidence, table, usedTrainers);
  for await (const part of partsOfTable(zones, table)) {
    for (const row of part) {
      const found = rules.judge(row);
      marks.add(found.flags, found.first, found.second);
      tally.note(table, found);
    }
  }
  return marks;
}

async function* partsOfTable(zones: string, table: DemoTable): AsyncGenerator<ZoneRow[]> {
  for (let from = 0; ; from += ROWS_PER_PART) {
    const part = await readZonePart(zones, table, { from, count: ROWS_PER_PART });
    yield part;
    if (part.length < ROWS_PER_PART) return;
  }
}

/** The numbers that stand for what belongs into a table: as {@link RowMarks} has them of the rows that are there. */
function dueKeys(due: DueRows, table: DemoTable): readonly (readonly [number, number])[] {
  const alone = (id: number): readonly [number, number] => [id, NONE];
  switch (table) {
    case 'customer_trusted':
      return due.trusted.map(alone);
    case 'customer_curated':
      return due.curated.map(alone);
    case 'accelerometer_trusted':
      return due.samples.map(({ id }) => alone(id));
    case 'step_trainer_trusted':
      return due.steps.map(({ id }) => alone(id));
    case 'machine_learning_curated':
      return due.pairs.map(({ distance, acceleration }) => [distance.id, acceleration.id]);
  }
}

/**
 * What belongs into a table and has no row. A pair is there when its step stands beside any sample of the same step: which
 * of several is nearest, clocks alone decide.
 */
function findMissing(due: DueRows, table: DemoTable, rows: RowMarks): RowMarks {
  const isPairs = table === 'machine_learning_curated';
  const there = new Map<number, number>();
  for (let row = 0; row < rows.count; row++) {
    if (isPairs && (rows.flagsOf(row) & WRONG) !== 0) continue;
    const first = rows.firstOf(row);
    there.set(first, (there.get(first) ?? 0) + 1);
  }
  const missing = new RowMarks();
  for (const [first, second] of dueKeys(due, table)) {
    const left = there.get(first) ?? 0;
    if (left > 0) there.set(first, left - 1);
    else missing.add(0, first, second);
  }
  return missing;
}
