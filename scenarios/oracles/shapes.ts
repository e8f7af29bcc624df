/** Oracles of schema: the columns and types that the catalog promises, in landing and in the zones. */
import { columnsOf, ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { findShapeFaults } from '../evidence/row-shape.ts';
import type { ShapeFault } from '../evidence/row-shape.ts';
import { firstOffenders, NOBODY_BEHIND, rowOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Landed rows that have not exactly the columns and types of their table. */
export const LANDING_SCHEMA: Oracle = {
  id: 'landing.schema',
  title: 'What lands has the columns and types of the catalog, and no others',
  unit: 'rows',
  measure: ({ landed: { misshapen } }) => ({
    measured: misshapen.rows,
    chances: misshapen.checked,
    offenders: firstOffenders(misshapen.first, ({ table, row, faults }) => ({
      table,
      row,
      truth: `${capitalise(tellFaults(faults))}.`,
      ...NOBODY_BEHIND,
    })),
    sentence: `${formatCount(misshapen.rows)} of ${formatPlural(misshapen.checked, 'landed row')} ${wordFor(misshapen.rows, 'has', 'have')} not the columns and types of their table.`,
  }),
};

/** Columns of the zones that are missing, of another type than promised, or none of their table. */
export const ZONES_SCHEMA: Oracle = {
  id: 'zones.schema',
  title: 'The zones have the columns and types that the policy promises, and no others',
  unit: 'columns',
  measure: (evidence) => {
    const faults = ZONE_TABLES.flatMap((table) => faultsOfTable(evidence, table));
    const chances = ZONE_TABLES.filter((table) => evidence.zones[table].length > 0)
      .map((table) => columnsOf(table, evidence.policy).length)
      .reduce((sum, columns) => sum + columns, 0);
    const names = faults.map(({ table, fault }) => `${table}.${fault.column} ${fault.fault}`);
    return {
      measured: faults.length,
      chances,
      offenders: firstOffenders(faults, ({ table, row, fault }) =>
        rowOffender(evidence, { table, row, why: tellFaults([fault]) }),
      ),
      sentence: `${formatPlural(faults.length, 'column')} of the zones ${wordFor(faults.length, 'is', 'are')} not as the ${evidence.policy} policy promises${names.length === 0 ? '' : `: ${names.join(', ')}`}.`,
    };
  },
};

interface TableFault {
  readonly table: ZoneTableName;
  /** The first row that shows it. */
  readonly row: ZoneRow;
  readonly fault: ShapeFault;
}

/** Each column counts once, however many rows show what is wrong with it. */
function faultsOfTable({ zones, policy }: Evidence, table: ZoneTableName): TableFault[] {
  const columns = columnsOf(table, policy);
  const found = new Map<string, TableFault>();
  for (const row of zones[table]) {
    for (const fault of findShapeFaults(columns, row, 'table')) {
      if (!found.has(fault.column)) found.set(fault.column, { table, row, fault });
    }
  }
  return [...found.values()];
}

function tellFaults(faults: readonly ShapeFault[]): string {
  return faults.map(({ column, fault }) => `the column ${column} ${fault}`).join(', ');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
