/** Variants of the models, tried on one landing zone: it is loaded once, and what a variant leaves as it is is made once. */
import { join } from 'node:path';
import { LANDING_TABLES, ZONE_TABLES } from '../core/catalog.ts';
import type { LandingTableName, Policy, TableName, ZoneTableName } from '../core/catalog.ts';
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
  /** Tables that are put in place of landing tables. */
  readonly landing?: readonly Model[];
}

/** What tells apart what a table holds, whatever the order of its rows: equal tables have equal digests. */
export type TableDigest = string;

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
const VARIANT = 'variant';
/** Where landing tables are that were read in another way. */
const MISREAD = 'misread';
/** Landing zones of scenarios are small: more threads only cost more. */
const THREADS = 1;

/** A landing zone in an engine, with the zones of the shipped policies and those of one variant beside them. */
export class VariantLab {
  readonly #engine: Engine;
  readonly #options: VariantLabOptions;
  readonly #shipped = new Map<Policy, readonly Model[]>();
  readonly #digests = new Map<string, TableDigest>();
  #misreads = 0;

  private constructor(engine: Engine, options: VariantLabOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Loads a landing zone. The caller closes the lab. @throws PipelineError those of reading a landing zone, ENGINE_FAILED */
  static async open(options: VariantLabOptions): Promise<VariantLab> {
    const spillFolder = join(options.scratch, 'spill');
    const engine = await Engine.open({ threads: THREADS, spillFolder });
    try {
      await load(engine, options);
    } catch (error) {
      engine.close();
      throw error;
    }
    return new VariantLab(engine, options);
  }

  /**
   * Loads another landing zone, one that a variant takes for that of the lab, and gives the tables of it that are named,
   * to be put in place of the others. What was loaded so before is gone.
   *
   * @throws PipelineError those of reading a landing zone
   */
  async misread(
    landing: Place,
    { tables, quarantineFolder }: { tables: readonly LandingTableName[]; quarantineFolder: string },
  ): Promise<Model[]> {
    const scratch = join(this.#options.scratch, `misread-${++this.#misreads}`);
    await this.#engine.run(`DROP SCHEMA IF EXISTS ${MISREAD} CASCADE`);
    await this.#engine.run(`CREATE SCHEMA ${MISREAD}`);
    // Landing zones are loaded into `main`: what is there makes room for so long.
    await this.#search(['main']);
    for (const name of LANDING_TABLES) await this.#rename(name, `${name}_shipped`);
    try {
      const { signal } = this.#options;
      await load(this.#engine, { landing, scratch, quarantineFolder, signal });
      for (const name of tables) {
        await this.#engine.run(`CREATE TABLE ${MISREAD}.${name} AS FROM main.${name}`);
      }
    } finally {
      for (const name of LANDING_TABLES) {
        await this.#engine.run(`DROP TABLE IF EXISTS main.${name}`);
        await this.#rename(`${name}_shipped`, name);
      }
    }
    return tables.map((name) => ({ name, sql: `FROM ${MISREAD}.${name}` }));
  }

  /**
   * Makes the zones of a variant in place of those of the one before, and gives the digests of its tables that differ from
   * those of the shipped policy, in their columns or in their rows. A table is made only if its model is another one, or
   * reads a table that differs. Errors of the edit are passed on.
   *
   * @throws PipelineError ENGINE_FAILED when a model cannot be made, with its name and what DuckDB says
   */
  async make({ policy, edit, landing = [] }: Variant): Promise<ReadonlyMap<string, TableDigest>> {
    const shipped = await this.#makeShipped(policy);
    const models = edit === undefined ? shipped : await modelsOf(policy, edit);
    const changed = changedModels(shipped, models);
    const own = namesOfOwn(shipped);
    const differences = new Map<string, TableDigest>();
    const differing = new Set<string>();
    await this.#engine.run(`DROP SCHEMA IF EXISTS ${VARIANT} CASCADE`);
    await this.#engine.run(`CREATE SCHEMA ${VARIANT}`);
    await this.#search([VARIANT, policy, 'main']);
    for (const model of [...landing, ...models]) {
      const { name } = model;
      const isOther = landing.includes(model) || changed.has(name);
      if (!isOther && !readsAny(model, differing)) continue;
      await this.#makeModel(model);
      const digest = await this.#digest(`${VARIANT}.${name}`);
      if (digest === (await this.#shippedDigest(`${own.has(name) ? policy : 'main'}.${name}`))) {
        continue;
      }
      differing.add(name);
      differences.set(name, digest);
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
    const own = namesOfOwn(models);
    if (this.#shipped.size === 0) {
      await this.#search(['main']);
      for (const model of models) if (!own.has(model.name)) await this.#makeModel(model);
    }
    await this.#engine.run(`CREATE SCHEMA ${policy}`);
    await this.#search([policy, 'main']);
    for (const model of models) if (own.has(model.name)) await this.#makeModel(model);
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

  async #shippedDigest(table: string): Promise<TableDigest> {
    const known = this.#digests.get(table) ?? (await this.#digest(table));
    this.#digests.set(table, known);
    return known;
  }

  /** Sums of a hash for each row, with the names and types of the columns where there are rows. */
  async #digest(table: string): Promise<TableDigest> {
    const [found] = await this.#engine.query(
      `SELECT CONCAT_WS(' ', COUNT(*), SUM(HASH(t)), BIT_XOR(HASH(t)), ANY_VALUE(TYPEOF(t))) AS digest FROM ${table} t`,
    );
    return String(found?.['digest']);
  }

  async #rename(table: string, name: string): Promise<void> {
    await this.#engine.run(`ALTER TABLE main.${table} RENAME TO ${name}`);
  }
}

async function load(engine: Engine, options: VariantLabOptions): Promise<void> {
  const { landing, scratch, quarantineFolder, signal } = options;
  await loadLanding({
    engine,
    place: landing,
    previous: undefined,
    scratch: join(scratch, 'landing'),
    quarantineFolder: quarantineFolder ?? join(scratch, 'quarantine'),
    signal,
    onProgress: undefined,
  });
}

/** The zone tables of a policy, and what is made from them: the others are the same in all policies. */
function namesOfOwn(models: readonly Model[]): ReadonlySet<string> {
  const own = new Set<string>(ZONE_TABLES);
  for (const model of models) if (readsAny(model, own)) own.add(model.name);
  return own;
}

const modelsByEdit = new WeakMap<SqlEdit, Map<Policy, Promise<Model[]>>>();
const NO_EDIT: SqlEdit = (_path, sql) => sql;

/** The models of a policy. Kept, because the same variants are tried on many landing zones. */
function modelsOf(policy: Policy, edit: SqlEdit = NO_EDIT): Promise<Model[]> {
  const ofEdit = modelsByEdit.get(edit) ?? new Map<Policy, Promise<Model[]>>();
  modelsByEdit.set(edit, ofEdit);
  const made = ofEdit.get(policy) ?? loadWithoutAudit(policy, edit);
  ofEdit.set(policy, made);
  return made;
}

async function loadWithoutAudit(policy: Policy, edit: SqlEdit): Promise<Model[]> {
  const all = await loadModels(policy, undefined, edit);
  return all.filter(({ name }) => !AUDIT_MODELS.has(name));
}
