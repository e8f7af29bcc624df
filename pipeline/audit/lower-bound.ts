/** Whether counts of rows are all there are. */
import type { Policy } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { loadSqlText } from '../engine/sql-text.ts';
import { numberIn } from './wording.ts';

/**
 * What a title says before a number of rows that are about whoever stepped: classic zones also hold readings of which
 * nobody knows that, and rows of these are not counted, so that there may be more. Strict zones hold none.
 */
export async function lowerBound(engine: Engine, policy: Policy): Promise<'' | 'At least '> {
  if (policy === 'strict') return '';
  const [row] = await engine.query(await loadSqlText('audit/readings-of-nobody'));
  return numberIn(row, 'found') > 0 ? 'At least ' : '';
}
