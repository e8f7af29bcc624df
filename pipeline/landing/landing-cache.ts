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

/** What the cache of one table needs. */
export interface CacheOptions {
  readonly sink: LandingSink;
  readonly known: KnownTable | undefined;
  readonly previous: PreviousLanding | undefined;
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
}

/** More parts than this are made into one. */
const PARTS_MAX = 8;

/** The cached rows of one landing table. */
export class LandingCache {
  readonly #options: CacheOptions;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** The number of the first object that is new. */
  get nextNumber(): number {
    return this.#options.known?.nextNumber ?? 0;
  }

  /** What is known of those objects that did not change, by name. */
  unchanged(objects: readonly LandingObject[]): ReadonlyMap<string, KnownObject> {
    const known = new Map(this.#options.known?.objects.map((object) => [object.name, object]));
    return new Map(
      objects.flatMap(({ name, tag, bytes }) => {
        const before = known.get(name);
        return before?.tag === tag && before.bytes === bytes ? [[name, before] as const] : [];
      }),
    );
  }

  /** Puts the cached rows and the quarantine of reused objects where those of the others are. */
  async restore(accounts: readonly ObjectAccount[], quarantine: Quarantine): Promise<void> {
    const { sink, known, previous, signal } = this.#options;
    const reused = accounts.filter(({ isReread, original }) => !isReread && original === undefined);
    if (known === undefined || previous === undefined || reused.length === 0) return;
    const paths = await Promise.all(known.parts.map(({ key }) => previous.fetch(key, signal)));
    const numbers = reused.filter(({ rows }) => rows > 0).map(({ number }) => number);
    if (numbers.length > 0) {
      await sink.engine.run(`INSERT INTO ${sink.table} SELECT ${columnsOf(sink)}
        FROM read_parquet([${paths.map(quotePath).join(', ')}])
        WHERE ${OBJECT_COLUMN} IN (SELECT UNNEST([${numbers.join(', ')}]))`);
    }
    if (known.quarantine === undefined) return;
    const names = new Set(reused.map(({ name }) => name));
    const lines = createReadStream(await previous.fetch(known.quarantine, signal));
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
    const { known } = this.#options;
    const counted = accounts.filter(({ original }) => original === undefined);
    const total = sumRows(counted);
    const fresh = sumRows(counted.filter(({ isReread }) => isReread));
    const old = total === fresh ? [] : (known?.parts ?? []);
    const oldRows = old.reduce((sum, { rows }) => sum + rows, 0);
    const isLittered = old.length >= PARTS_MAX || oldRows > 2 * (total - fresh);
    const made =
      total === 0 || (fresh === 0 && !isLittered)
        ? []
        : [await this.#writePart(isLittered ? 0 : this.nextNumber)];
    const parts: CachedPart[] = [
      ...(isLittered ? [] : old),
      ...made.map(({ key }) => ({ key, rows: isLittered ? total : fresh })),
    ];
    const kept: StateFile[] = (isLittered ? [] : old).map(({ key }) => ({ key }));
    const quarantine = quarantinePath && (await this.#keyOf(quarantinePath, 'ndjson'));
    const nextNumber = Math.max(this.nextNumber, ...accounts.map(({ number }) => number + 1));
    return {
      known: {
        objects: accounts.map(toKnown),
        parts,
        nextNumber,
        ...(quarantine && { quarantine }),
      },
      files: [...kept, ...made, ...(quarantine ? [{ key: quarantine, path: quarantinePath }] : [])],
    };
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
  const object = { name, tag, bytes, sha256, rows, quarantined };
  return original === undefined ? { ...object, number } : object;
}
