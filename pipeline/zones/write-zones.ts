import { columnsOf, ZONE_TABLES } from '../core/catalog.ts';
import type { Policy } from '../core/catalog.ts';
import { quoteText } from '../engine/duckdb.ts';
import type { Engine } from '../engine/duckdb.ts';
import type { Workspace } from './workspace.ts';

/** Writes the zone tables as Parquet, each in the order of its columns, so that the same rows give the same file. */
export async function writeZones(
  engine: Engine,
  workspace: Workspace,
  policy: Policy,
): Promise<void> {
  for (const table of ZONE_TABLES) {
    const columns = columnsOf(table, policy)
      .map(({ name }) => `"${name}"`)
      .join(', ');
    await engine.run(
      `COPY (SELECT ${columns} FROM ${table} ORDER BY ${columns})
       TO ${quoteText(workspace.tablePath(table))} (FORMAT parquet)`,
    );
  }
}
