import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { DemoTable, PolicyVerdict, TableVerdict } from '../api.ts';
import { RowMarks } from './row-marks.ts';
import type { JudgedTable, JudgedZones } from './judge-zones.ts';

/** What is known of a pipeline that has never run to its end, and what it stopped with. */
export function noZones(failure: string, people: number): JudgedZones {
  const nothing: TableVerdict = { rows: 0, due: 0, leaked: 0, wrong: 0, missing: 0 };
  const verdict: PolicyVerdict = {
    tables: ofTables(() => nothing),
    leaked: 0,
    misattributed: 0,
    mismatched: 0,
    rightPairs: 0,
    failure,
  };
  const none = (): JudgedTable => ({ rows: new RowMarks(), missing: new RowMarks() });
  return { tables: ofTables(none), verdict, rowsOf: Array.from({ length: people }, () => 0) };
}

function ofTables<Value>(valueOf: (table: DemoTable) => Value): Record<DemoTable, Value> {
  return Object.fromEntries(ZONE_TABLES.map((table) => [table, valueOf(table)])) as Record<
    DemoTable,
    Value
  >;
}
