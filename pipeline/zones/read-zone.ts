import { stat } from 'node:fs/promises';
import { TABLES } from '../core/catalog.ts';
import type { ZoneTableName } from '../core/catalog.ts';
import { Engine, quotePath } from '../engine/duckdb.ts';
import { PipelineError } from '../pipeline-error.ts';
import { zonePath } from './workspace.ts';

/** One row of a zone table by column name; epoch ms and other whole numbers are JavaScript numbers. */
export type ZoneRow = Readonly<Record<string, string | number | null>>;

/**
 * All rows of a zone table that `runPipeline` published in `out`, in the order of the table's columns.
 * @throws PipelineError ZONE_NOT_FOUND when there is no such table, ENGINE_FAILED when it cannot be read.
 */
export async function readZone(out: string, table: ZoneTableName): Promise<ZoneRow[]> {
  const path = zonePath(out, table);
  await requireFile(path, table);
  const engine = await Engine.open({ threads: 1 });
  try {
    return (await engine.query(`SELECT * FROM read_parquet(${quotePath(path)})`)) as ZoneRow[];
  } catch (cause) {
    throw new PipelineError(
      'ENGINE_FAILED',
      `${path} cannot be read as ${TABLES[table].grain}. Run the pipeline again to replace it.`,
      { cause },
    );
  } finally {
    engine.close();
  }
}

async function requireFile(path: string, table: ZoneTableName): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    throw new PipelineError(
      'ZONE_NOT_FOUND',
      `There is no ${table} at ${path}. Run the pipeline with this output folder first.`,
      { cause },
    );
  }
}
