import type { Engine } from '../engine/duckdb.ts';
import type { Model } from '../engine/models.ts';

/** How a list of models is made. */
export interface ModelRun {
  readonly engine: Engine;
  readonly models: readonly Model[];
  /** Tables that are needed when all models are made. */
  readonly kept: ReadonlySet<string>;
  /** Does the work of one model, around which the caller measures and reports. */
  readonly each: (model: Model, work: () => Promise<number>) => Promise<number>;
}

/** Makes the tables of models in their order; one that no later model reads is removed at once, unless it is kept. */
export async function runModels({ engine, models, kept, each }: ModelRun): Promise<void> {
  const lastReader = lastReadersOf(models);
  for (const model of models) {
    const { name, sql } = model;
    await each(model, async () => {
      // DuckDB answers with the rows that it put into the table: a run that counts them again plans as many queries more.
      const [made] = await engine.query(`CREATE TABLE ${name} AS ${sql}`);
      return Number(made?.['Count']);
    });
    for (const { name: made } of models) {
      if (lastReader.get(made) === name && !kept.has(made)) await engine.run(`DROP TABLE ${made}`);
    }
  }
}

/** The tables whose names occur in some text of SQL. */
function tablesIn(sql: string, tables: readonly string[]): string[] {
  const words = new Set(sql.replace(/--.*$/gm, '').match(/\w+/g));
  return tables.filter((table) => words.has(table));
}

/** For each model the last one that reads it: itself when none does. */
function lastReadersOf(models: readonly Model[]): Map<string, string> {
  const names = models.map(({ name }) => name);
  const last = new Map<string, string>(names.map((name) => [name, name]));
  for (const { name, sql } of models) {
    for (const table of tablesIn(sql, names)) last.set(table, name);
  }
  return last;
}
