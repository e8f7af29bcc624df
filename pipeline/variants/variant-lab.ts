/** Variants of the models, tried on one landing zone: it is loaded once, and what a variant leaves as it is is made once. */
import { join } from 'node:path';
import { ZONE_TABLES } from '../core/catalog.ts';
import type { Policy, TableName, ZoneTableName } from '../core/catalog.ts';
import { Engine, quotePath, quoteText } from '../engine/duckdb.ts';
import { loadModels } from '../engine/models.ts';
import type { Model } from '../engine/models.ts';
import type { SqlEdit } from '../engine/sql-text.ts';
import { loadLanding } from '../landing/index.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Place } from '../storage/place.ts';
import type { ZoneRow } from '../zones/read-zone.ts';
import { changedModels, readsAny } from './changed-models.ts';

/** Other models than the shipped ones of a policy. */
export interface Variant {
  readonly policy: Policy;
  /** Gives the text of each model. */
  readonly edit?: SqlEdit;
  /** Tables that are put in place of landing tables; their texts read what landed as `main.<name>`. */
  readonly landing?: readonly Model[];
}

/** How a landing zone is loaded for trying out variants. */
export interface VariantLabOptions {
  readonly landing: Place;
  /** Folder for local files. */
  readonly scratch: string;
  /** Folder for the quarantine of each landing table; without it, in `scratch`. */
  readonly quarantineFolder?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Models that only the audit reads. */
const AUDIT_MODELS: ReadonlySet<string> = new Set(['session_outcome', 'ml_pairing']);
const ZONES: ReadonlySet<string> = new Set(ZONE_TABLES);
const VARIANT = 'variant';
/** Landing zones of scenarios are small: more threads only cost more. */
const THREADS = 1;

/** A landing zone in an engine, with the zones of the shipped policies and those of one variant beside them. */
export class VariantLab {
  readonly #engine: Engine;
  readonly #shipped = new Map<Policy, readonly Model[]>();

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Loads a landing zone. The caller closes the lab. @throws PipelineError those of reading a landing zone, ENGINE_FAILED */
  static async open(options: VariantLabOptions): Promise<VariantLab> {
    const { landing, scratch, quarantineFolder, signal } = options;
    const engine = await Engine.open({ threads: THREADS, spillFolder: join(scratch, 'spill') });
    try {
      await loadLanding({
        engine,
        place: landing,
        previous: undefined,
        scratch: join(scratch, 'landing'),
        quarantineFolder: quarantineFolder ?? join(scratch, 'quarantine'),
        signal,
        onProgress: undefined,
      });
    } catch (error) {
      engine.close();
      throw error;
    }
    return new VariantLab(engine);
  }

  /**
   * Makes the zones of a variant in place of those of the one before, and tells by how many rows its tables differ from
   * those of the shipped policy: all rows, where their columns differ. What differs in nothing is left out. A table is
   * made only if its model is another one, or reads a table that differs. Errors of the edit are passed on.
   *
   * @throws PipelineError ENGINE_FAILED when a model cannot be made, with its name and what DuckDB says
   */
  async make({ policy, edit, landing = [] }: Variant): Promise<ReadonlyMap<string, number>> {
    const shipped = await this.#makeShipped(policy);
    const models = edit === undefined ? shipped : await modelsOf(policy, edit);
    const changed = changedModels(shipped, models);
    const differences = new Map<string, number>();
    const differing = new Set<string>();
    await this.#engine.run(`DROP SCHEMA IF EXISTS ${VARIANT} CASCADE`);
    await this.#engine.run(`CREATE SCHEMA ${VARIANT}`);
    await this.#search([VARIANT, policy, 'main']);
    for (const model of [...landing, ...models]) {
      const { name } = model;
      const isOther = landing.includes(model) || changed.has(name);
      if (!isOther && !readsAny(model, differing)) continue;
      await this.#makeModel(model);
      const rows = await this.#countDifferences(name, ZONES.has(name) ? policy : 'main');
      if (rows === 0) continue;
      differing.add(name);
      differences.set(name, rows);
    }
    return differences;
  }

  /** How many rows a table of the variant has. */
  async countRows(table: TableName): Promise<number> {
    const [found] = await this.#engine.query(`SELECT COUNT(*) AS found FROM ${table}`);
    return Number(found?.['found']);
  }

  /** The rows of a zone table of the variant, with the columns that it has. */
  async readZone(table: ZoneTableName): Promise<ZoneRow[]> {
    return (await this.#engine.query(`SELECT * FROM ${table}`)) as ZoneRow[];
  }

  /** Writes a zone table of the variant as Parquet, behind the rows of another such file if one is given. */
  async writeZone(table: ZoneTableName, path: string, behind?: string): Promise<void> {
    const before =
      behind === undefined
        ? ''
        : ` UNION ALL BY NAME SELECT * FROM read_parquet(${quotePath(behind)})`;
    await this.#engine.run(
      `COPY (SELECT * FROM ${table}${before}) TO ${quoteText(path)} (FORMAT parquet)`,
    );
  }

  close(): void {
    this.#engine.close();
  }

  /** The models of a policy, whose tables are there when this is done: those of all policies in `main`, the others apart. */
  async #makeShipped(policy: Policy): Promise<readonly Model[]> {
    const made = this.#shipped.get(policy);
    if (made !== undefined) return made;
    const models = await modelsOf(policy);
    const zones = models.filter(({ name }) => ZONES.has(name));
    if (this.#shipped.size === 0) {
      await this.#search(['main']);
      for (const model of models) if (!zones.includes(model)) await this.#makeModel(model);
    }
    await this.#engine.run(`CREATE SCHEMA ${policy}`);
    await this.#search([policy, 'main']);
    for (const model of zones) await this.#makeModel(model);
    this.#shipped.set(policy, models);
    return models;
  }

  async #makeModel({ name, sql }: Model): Promise<void> {
    try {
      await this.#engine.run(`CREATE TABLE ${name} AS ${sql}`);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new PipelineError('ENGINE_FAILED', `The model ${name} cannot be made: ${why}`, {
        cause,
      });
    }
  }

  async #search(schemas: readonly string[]): Promise<void> {
    await this.#engine.run(`SET search_path = ${quoteText(schemas.join(','))}`);
  }

  async #countDifferences(table: string, schema: string): Promise<number> {
    const [ours, theirs] = [`${VARIANT}.${table}`, `${schema}.${table}`];
    const [columns, others] = [await this.#columnsOf(ours), await this.#columnsOf(theirs)];
    const isComparable = JSON.stringify(columns) === JSON.stringify(others);
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const different = isComparable
      ? `SELECT ABS(SUM(in_variant)) AS row_count FROM (
           SELECT *, 1 AS in_variant FROM ${ours} UNION ALL SELECT *, -1 AS in_variant FROM ${theirs}
         ) GROUP BY ${names}`
      : `SELECT COUNT(*) AS row_count FROM ${ours} UNION ALL SELECT COUNT(*) AS row_count FROM ${theirs}`;
    const [found] = await this.#engine.query(
      `SELECT COALESCE(SUM(row_count), 0) AS found FROM (${different})`,
    );
    return Number(found?.['found']);
  }

  async #columnsOf(table: string): Promise<{ readonly name: string; readonly type: string }[]> {
    const columns = await this.#engine.query(`DESCRIBE ${table}`);
    return columns.map((column) => ({
      name: String(column['column_name']),
      type: String(column['column_type']),
    }));
  }
}

async function modelsOf(policy: Policy, edit?: SqlEdit): Promise<Model[]> {
  const models = await loadModels(policy, undefined, edit);
  return models.filter(({ name }) => !AUDIT_MODELS.has(name));
}
