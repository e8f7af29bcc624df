/** Oracles of the zones as tables: rows that stand there twice, and what a second run changes. */
import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneRow } from '../../pipeline/index.ts';
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** Rows that repeat another row of their table. */
export const ZONES_DUPLICATES: Oracle = {
  id: 'zones.duplicates',
  title: 'No row stands in a zone twice',
  unit: 'rows',
  measure: ({ zones }) => {
    let rows = 0;
    let repeated = 0;
    const tables: string[] = [];
    for (const table of ZONE_TABLES) {
      const repeats = zones[table].length - new Set(rowKeys(zones[table])).size;
      rows += zones[table].length;
      repeated += repeats;
      if (repeats > 0) tables.push(`${formatCount(repeats)} in ${table}`);
    }
    const where = tables.length === 0 ? '' : `: ${tables.join(', ')}`;
    return {
      measured: repeated,
      chances: rows,
      offenders: [],
      sentence: `${formatCount(repeated)} rows of the zones repeat another row${where}.`,
    };
  },
};

/** Rows that a second run of the pipeline on the same landing data adds, takes away or changes. */
export const ZONES_IDEMPOTENCE: Oracle = {
  id: 'zones.idempotence',
  title: 'Running the pipeline again changes nothing',
  unit: 'rows',
  measure: ({ zones, zonesAgain }) => {
    if (zonesAgain === undefined) {
      return {
        measured: 0,
        chances: 0,
        offenders: [],
        sentence: 'The pipeline was not run a second time.',
      };
    }
    let changed = 0;
    let rows = 0;
    for (const table of ZONE_TABLES) {
      changed += countDifferences(zones[table], zonesAgain[table]);
      rows += zones[table].length;
    }
    return {
      measured: changed,
      chances: rows,
      offenders: [],
      sentence: `${formatCount(changed)} rows differ after the pipeline ran a second time.`,
    };
  },
};

function countDifferences(first: readonly ZoneRow[], second: readonly ZoneRow[]): number {
  const counts = new Map<string, number>();
  for (const key of rowKeys(first)) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const key of rowKeys(second)) counts.set(key, (counts.get(key) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
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
