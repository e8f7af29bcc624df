/** Oracles of the zones as tables: rows that stand there twice, and what a second run changes. */
import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import { firstOffenders, rowOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** A row of a table. */
interface Place {
  readonly table: ZoneTableName;
  readonly row: ZoneRow;
}

/** Rows that repeat another row of their table. */
export const ZONES_DUPLICATES: Oracle = {
  id: 'zones.duplicates',
  title: 'No row stands in a zone twice',
  unit: 'rows',
  measure: (evidence) => {
    const { zones } = evidence;
    const repeats: Place[] = [];
    const tables: string[] = [];
    for (const table of ZONE_TABLES) {
      const before = repeats.length;
      // Rows too many can be too many for the arguments of one call.
      for (const row of repeatedRows(zones[table])) repeats.push({ table, row });
      const count = repeats.length - before;
      if (count > 0) tables.push(`${formatCount(count)} in ${table}`);
    }
    const where = tables.length === 0 ? '' : `: ${tables.join(', ')}`;
    return {
      measured: repeats.length,
      chances: ZONE_TABLES.reduce((sum, table) => sum + zones[table].length, 0),
      offenders: firstOffenders(repeats, (place) =>
        rowOffender(evidence, { ...place, why: 'the row repeats another one' }),
      ),
      sentence: `${formatPlural(repeats.length, 'row')} of the zones ${wordFor(repeats.length, 'repeats', 'repeat')} another row${where}.`,
    };
  },
};

/** Rows that a second run of the pipeline on the same landing data adds, takes away or changes. */
export const ZONES_IDEMPOTENCE: Oracle = {
  id: 'zones.idempotence',
  title: 'Running the pipeline again changes nothing',
  unit: 'rows',
  measure: (evidence) => {
    const { zones, zonesAgain } = evidence;
    if (zonesAgain === undefined) {
      const sentence = 'The pipeline was not run a second time.';
      return { measured: 0, chances: 0, offenders: [], sentence };
    }
    const changed = ZONE_TABLES.flatMap((table) => [
      ...rowsBeyond(zonesAgain[table], zones[table]).map((row) => ({ table, row, isNew: true })),
      ...rowsBeyond(zones[table], zonesAgain[table]).map((row) => ({ table, row, isNew: false })),
    ]);
    return {
      measured: changed.length,
      chances: ZONE_TABLES.reduce((sum, table) => sum + zones[table].length, 0),
      offenders: firstOffenders(changed, ({ table, row, isNew }) =>
        rowOffender(evidence, {
          table,
          row,
          why: isNew ? 'the second run has added the row' : 'the second run has taken the row away',
        }),
      ),
      sentence: `${formatPlural(changed.length, 'row')} ${wordFor(changed.length, 'differs', 'differ')} after the pipeline ran a second time.`,
    };
  },
};

/** The rows that stood in the list before. */
function repeatedRows(rows: readonly ZoneRow[]): ZoneRow[] {
  const seen = new Set<string>();
  const keys = rowKeys(rows);
  return rows.filter((_row, index) => {
    const key = keys[index] as string;
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}

/** The rows of a list that another list does not have, or not as often. */
function rowsBeyond(rows: readonly ZoneRow[], others: readonly ZoneRow[]): ZoneRow[] {
  const counts = new Map<string, number>();
  for (const key of rowKeys(others)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const keys = rowKeys(rows);
  return rows.filter((_row, index) => {
    const key = keys[index] as string;
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

const cache = new WeakMap<readonly ZoneRow[], readonly string[]>();

/** What makes two rows of a table the same: all values. Kept, because both oracles ask for it. */
function rowKeys(rows: readonly ZoneRow[]): readonly string[] {
  const known = cache.get(rows);
  if (known !== undefined) return known;
  const keys = rows.map((row) => JSON.stringify(Object.values(row)));
  cache.set(rows, keys);
  return keys;
}
