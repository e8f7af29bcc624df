/** Where a reading stands in the zones, and where it is missing. */
import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { judgePair } from '../evidence/ml-pairs.ts';
import type { JudgedPair } from '../evidence/ml-pairs.ts';
import { namePeople } from '../evidence/person-names.ts';
import { rightPairs } from '../evidence/right-pairs.ts';
import { rowTruth } from '../evidence/row-truth.ts';
import { tellConsent } from '../evidence/truth-words.ts';
import type { LifeStage } from './life.ts';
import type { PersonalView } from './personal-view.ts';

const ROWS_SHOWN = 5;

/** Table by table: the rows that the reading, or its person, stands in. */
export function tellZones(evidence: Evidence, truth: Truth, view: PersonalView): LifeStage[] {
  return ZONE_TABLES.filter((table) => canHold(table, truth)).flatMap((table) =>
    table === 'customer_trusted' || table === 'customer_curated'
      ? [tellCustomer(evidence, table, truth)]
      : tellTable(evidence, { table, truth, view }),
  );
}

function canHold(table: ZoneTableName, { kind, person }: Truth): boolean {
  if (table === 'customer_trusted' || table === 'customer_curated') return person !== NOBODY;
  if (table === 'accelerometer_trusted') return kind === 'acceleration';
  return table !== 'step_trainer_trusted' || kind === 'distance';
}

function tellCustomer(
  evidence: Evidence,
  table: 'customer_trusted' | 'customer_curated',
  { person }: Truth,
): LifeStage {
  const rows = evidence.zones[table].filter((row) => evidence.customerOf(row) === person).length;
  const verb = rows === 0 ? 'is not in' : 'is in';
  const consent = tellConsent(evidence, person);
  const text = `Person ${person} ${verb} ${table}; this person ${consent}.`;
  return { stage: 'zones', place: table, text };
}

function tellTable(
  evidence: Evidence,
  {
    table,
    truth,
    view,
  }: {
    readonly table: Exclude<ZoneTableName, 'customer_trusted' | 'customer_curated'>;
    readonly truth: Truth;
    readonly view: PersonalView;
  },
): LifeStage[] {
  const rows = rowsOf(evidence, table, truth);
  const expected = countExpected(evidence, table, truth);
  if (rows.length === 0) {
    const text =
      expected === 0
        ? `It has no row in ${table}, and should have none.`
        : `It has no row in ${table}, and should have ${expected}.`;
    return [{ stage: 'zones', place: table, text }];
  }
  const different = countDifferent(rows);
  const more = different.length > ROWS_SHOWN ? `; the first ${ROWS_SHOWN} that differ` : '';
  const noun = rows.length === 1 ? 'row' : 'rows';
  const should = expected === 0 ? 'none' : String(expected);
  const judged = rows.length === expected ? ', as it should' : `, and should have ${should}`;
  const heading = `It has ${rows.length} ${noun} in ${table}${judged}${more}:`;
  return [
    { stage: 'zones', place: table, text: heading },
    ...different.slice(0, ROWS_SHOWN).map(({ row, times }): LifeStage => ({
      stage: 'zones',
      place: table,
      text: `${judgeRow(evidence, table, row)}${times === 1 ? '' : ` (${times} times)`}`,
      row: view.row(row),
    })),
  ];
}

/** Rows, each with how often it is there: a join that repeats a row would tell the same again and again. */
function countDifferent(
  rows: readonly ZoneRow[],
): readonly { readonly row: ZoneRow; readonly times: number }[] {
  const different = new Map<string, { readonly row: ZoneRow; times: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    const known = different.get(key);
    if (known === undefined) different.set(key, { row, times: 1 });
    else known.times++;
  }
  return [...different.values()];
}

/** The rows of a table that the reading stands in. */
export function rowsOf(
  evidence: Evidence,
  table: Exclude<ZoneTableName, 'customer_trusted' | 'customer_curated'>,
  truth: Truth,
): ZoneRow[] {
  return evidence.zones[table].filter((row) =>
    rowTruth(evidence, table, row).readings.some(({ id }) => id === truth.id),
  );
}

/** How many rows of a table of readings it should stand in. */
export function countExpected(evidence: Evidence, table: ZoneTableName, truth: Truth): number {
  if (table === 'machine_learning_curated') {
    return rightPairs(evidence).filter(
      ({ distance, acceleration }) => distance.id === truth.id || acceleration.id === truth.id,
    ).length;
  }
  const landed = evidence.landed.readings.get(truth.id);
  return landed !== undefined && evidence.mayBeUsed(truth.person, landed.timeMs) ? 1 : 0;
}

function judgeRow(evidence: Evidence, table: ZoneTableName, row: ZoneRow): string {
  if (table === 'step_trainer_trusted') {
    return `taken for a reading of ${namePeople(evidence.believedPeople(row))}`;
  }
  return table === 'machine_learning_curated' ? tellPair(judgePair(evidence, row)) : 'as it landed';
}

function tellPair({ verdict, distance, acceleration }: JudgedPair): string {
  if (distance === undefined || acceleration === undefined) return 'nobody made this pair';
  const pair = `the step ${distance.id} with the sample ${acceleration.id}`;
  switch (verdict) {
    case 'right':
      return `${pair} of the same step`;
    case 'moved':
      return `${pair} of another step of the same person`;
    default:
      return `${pair}: person ${distance.person} and person ${acceleration.person}`;
  }
}
