/** The parsed rows of the last run: what of them still counts goes into the table, and what is new is kept for the next run. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TABLES } from '../core/catalog.ts';
import { quotePath, quoteText } from '../engine/duckdb.ts';
import { fileSha256 } from '../storage/file-checksum.ts';
import type { LandingObject } from './landing-object.ts';
import { OBJECT_COLUMN, quoteName } from './landing-sink.ts';
import type { LandingSink } from './landing-sink.ts';
import type {
  CachedPart,
  KnownObject,
  KnownTable,
  PreviousLanding,
  StateFile,
} from './landing-state.ts';
import type { ObjectAccount } from './object-batch.ts';
import type { Quarantine } from './quarantine.ts';
import type { QuarantineEntry } from './quarantine.ts';

/** What the last run kept of a table, with local copies of its files. */
export interface CachedTable {
  readonly known: KnownTable;
  readonly parts: readonly string[];
  readonly quarantine: string | undefined;
}

/** What the cache of one table needs. */
export interface CacheOptions {
  readonly sink: LandingSink;
  /** Without it, all objects are new. */
  readonly cached: CachedTable | undefined;
  readonly scratch: string;
}

/** More parts than this are made into one. */
const PARTS_MAX = 8;

/** Fetches what is cached of a table; undefined when nothing is, or when any file of it is gone or damaged. */
export async function fetchCached(
  known: KnownTable | undefined,
  previous: PreviousLanding | undefined,
  signal: AbortSignal | undefined,
): Promise<CachedTable | undefined> {
  if (known === undefined || previous === undefined) return undefined;
  const parts: string[] = [];
  for (const { key } of known.parts) {
    const path = await previous.fetch(key, signal);
    if (path === undefined) return undefined;
    parts.push(path);
  }
  if (known.quarantine === undefined) return { known, parts, quarantine: undefined };
  const quarantine = await previous.fetch(known.quarantine, signal);
  return quarantine === undefined ? undefined : { known, parts, quarantine };
}

/** The cached rows of one landing table. */
export class LandingCache {
  readonly #options: CacheOptions;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** The number of the first object that is new. */
  get nextNumber(): number {
    return this.#options.cached?.known.nextNumber ?? 0;
  }

  /** What is known of those objects that did not change, by name. */
  unchanged(objects: readonly LandingObject[]): ReadonlyMap<string, KnownObject> {
    const known = new Map(
      this.#options.cached?.known.objects.map((object) => [object.name, object]),
    );
    return new Map(
      objects.flatMap(({ name, tag, bytes }) => {
        const before = known.get(name);
        // A storage that gives no tags does not tell what changed.
        const isSame = tag !== '' && before?.tag === tag && before.bytes === bytes;
        return isSame ? [[name, before] as const] : [];
      }),
    );
  }

  /** Puts the cached rows and the quarantine of reused objects where those of the others are. */
  async restore(accounts: readonly ObjectAccount[], quarantine: Quarantine): Promise<void> {
    const { sink, cached } = this.#options;
    const reused = accounts.filter(({ isReread, original }) => !isReread && original === undefined);
    if (cached === undefined || reused.length === 0) return;
    const numbers = reused.filter(({ rows }) => rows > 0).map(({ number }) => number);
    if (numbers.length > 0) {
      await sink.engine.run(`INSERT INTO ${sink.table} SELECT ${columnsOf(sink)}
        FROM read_parquet([${cached.parts.map(quotePath).join(', ')}])
        WHERE ${OBJECT_COLUMN} IN (SELECT UNNEST([${numbers.join(', ')}]))`);
    }
    if (cached.quarantine === undefined) return;
    const names = new Set(reused.map(({ name }) => name));
    const lines = createReadStream(cached.quarantine);
    for await (const line of createInterface({ input: lines })) {
      const entry = JSON.parse(line) as QuarantineEntry;
      if (names.has(entry.file)) await quarantine.addLine(entry, line);
    }
  }

  /** Writes the new rows down for the next run, or all rows when the parts are many or half of what they hold is gone. */
  async keep(
    accounts: readonly ObjectAccount[],
    quarantinePath: string | undefined,
  ): Promise<{ readonly known: KnownTable; readonly files: readonly StateFile[] }> {
    const parts = await this.#keepRows(accounts.filter(({ original }) => original === undefined));
    const quarantine =
      quarantinePath === undefined
        ? []
        : [{ key: await this.#keyOf(quarantinePath, 'ndjson'), path: quarantinePath }];
    return {
      known: {
        objects: accounts.map(toKnown),
        parts: parts.map(({ key, rows }) => ({ key, rows })),
        nextNumber: accounts.reduce(
          (next, { number }) => Math.max(next, number + 1),
          this.nextNumber,
        ),
        ...(quarantine[0] && { quarantine: quarantine[0].key }),
      },
      files: [...parts.map(({ key, path }) => ({ key, path })), ...quarantine],
    };
  }

  /** The parts that hold the rows of these objects; those without a path are there already. */
  async #keepRows(counted: readonly ObjectAccount[]): Promise<(CachedPart & StateFile)[]> {
    const total = sumRows(counted);
    const fresh = sumRows(counted.filter(({ isReread }) => isReread));
    const old = total === fresh ? [] : (this.#options.cached?.known.parts ?? []);
    const oldRows = old.reduce((sum, { rows }) => sum + rows, 0);
    if (old.length >= PARTS_MAX || oldRows > 2 * (total - fresh)) {
      return [{ ...(await this.#writePart(0)), rows: total }];
    }
    if (fresh === 0) return [...old];
    return [...old, { ...(await this.#writePart(this.nextNumber)), rows: fresh }];
  }

  /** Takes the numbers of the objects out of the table: models see the columns of the catalog. */
  async forgetNumbers(): Promise<void> {
    const { engine, table } = this.#options.sink;
    await engine.run(`ALTER TABLE ${table} DROP COLUMN ${OBJECT_COLUMN}`);
  }

  async #writePart(from: number): Promise<{ readonly key: string; readonly path: string }> {
    const { sink, scratch } = this.#options;
    const path = join(scratch, `${sink.table}.part.parquet`);
    await sink.engine.run(`COPY (
      SELECT ${columnsOf(sink)} FROM ${sink.table} WHERE ${OBJECT_COLUMN} >= ${from}
    ) TO ${quoteText(path)} (FORMAT parquet)`);
    return { key: await this.#keyOf(path, 'parquet'), path };
  }

  /** A name that no other content has. */
  async #keyOf(path: string, suffix: string): Promise<string> {
    const { sha256 } = await fileSha256(path);
    return `${this.#options.sink.table}/${sha256.slice(0, 12)}.${suffix}`;
  }
}

function columnsOf({ table }: LandingSink): string {
  const names = TABLES[table].columns.map(({ name }) => quoteName(name));
  return [...names, OBJECT_COLUMN].join(', ');
}

function sumRows(accounts: readonly ObjectAccount[]): number {
  return accounts.reduce((sum, { rows }) => sum + rows, 0);
}

function toKnown(account: ObjectAccount): KnownObject {
  const { name, tag, bytes, sha256 = '', number, original, rows, quarantined } = account;
  const aside = account.isSetAside === true ? ({ isSetAside: true } as const) : {};
  const object = { name, tag, bytes, sha256, rows, quarantined, ...aside };
  return original === undefined ? { ...object, number } : object;
}
