import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import { LandingCache } from '../../../pipeline/landing/landing-cache.ts';
import { LandingSink } from '../../../pipeline/landing/landing-sink.ts';
import { loadLanding } from '../../../pipeline/landing/index.ts';
import type {
  LandingCounts,
  LoadedLanding,
  PreviousLanding,
} from '../../../pipeline/landing/index.ts';
import { makeFolders } from '../../../pipeline/make-folders.ts';
import { NOON, sample } from '../lake.ts';
import { toLines } from '../temp-folder.ts';
import { withBucket } from './landing-bucket.ts';
import type { LandingBucket } from './landing-bucket.ts';

const TABLE = 'accelerometer_landing';

/** Runs after each other on one bucket, each given what the one before left. */
class Runs {
  readonly #bucket: LandingBucket;
  readonly #committed = new Map<string, string>();
  #state: unknown;
  #count = 0;
  /** Whether what was committed is damaged. */
  isDamaged = false;

  constructor(bucket: LandingBucket) {
    this.#bucket = bucket;
  }

  get keys(): readonly string[] {
    return [...this.#committed.keys()];
  }

  /** Loads, commits what is to be kept, and gives the rows and the books. */
  async next(
    prefix = '',
  ): Promise<LoadedLanding & { rows: SqlRow[]; counts: LandingCounts; kept: string }> {
    const folder = join(this.#bucket.folder, `run-${this.#count++}`);
    const engine = await Engine.open({ threads: 2 });
    try {
      const loaded = await loadLanding({
        engine,
        place: this.#bucket.place(prefix),
        previous: this.#previous(),
        scratch: join(folder, 'scratch'),
        quarantineFolder: join(folder, 'quarantine'),
        signal: undefined,
        onProgress: undefined,
      });
      const kept = await readFile(
        join(folder, `quarantine/${TABLE}/quarantine.ndjson`),
        'utf8',
      ).catch(() => '');
      await this.#commit(loaded);
      const rows = await engine.query(`SELECT * FROM ${TABLE} ORDER BY ALL`);
      return { ...loaded, rows, counts: loaded.tables[TABLE], kept };
    } finally {
      engine.close();
    }
  }

  /** Makes the state that of a run whose readers were others. */
  changeReader(): void {
    this.#state = { ...(this.#state as object), reader: '0-of-another-catalog' };
  }

  #previous(): PreviousLanding | undefined {
    if (this.#state === undefined) return undefined;
    return {
      state: this.#state,
      fetch: (key) => {
        return Promise.resolve(this.isDamaged ? undefined : this.#committed.get(key));
      },
    };
  }

  async #commit({ state, stateFiles }: LoadedLanding): Promise<void> {
    const before = new Map(this.#committed);
    this.#committed.clear();
    for (const { key, path } of stateFiles) {
      const target = join(this.#bucket.folder, 'committed', `${this.#count}`, key);
      makeFolders(join(target, '..'));
      if (path !== undefined) await copyFile(path, target);
      this.#committed.set(key, path === undefined ? (before.get(key) ?? 'missing') : target);
    }
    this.#state = JSON.parse(JSON.stringify(state));
    await rm(join(this.#bucket.folder, `run-${this.#count - 1}`), { recursive: true });
  }
}

const file = (...users: string[]): string => toLines(users.map((user) => sample(user, NOON)));
const never = (): Promise<never> => Promise.reject(new Error('The engine is not asked.'));
const usersOf = (rows: readonly SqlRow[]): unknown[] => rows.map(({ user }) => user);

describe('landing objects of a bucket', () => {
  it('are read once; what is new, overwritten, removed or copied counts as it lies there now', async () => {
    await withBucket(async (bucket) => {
      const runs = new Runs(bucket);
      await bucket.put(`${TABLE}/a.json`, `${file('a')}broken\n`);
      await bucket.put(`${TABLE}/b.json`, file('b', 'b'));
      const first = await runs.next();
      expect(first.counts).toEqual({
        objects: 2,
        reread: 2,
        reused: 0,
        lines: 4,
        rows: 3,
        quarantined: 1,
        duplicates: 0,
      });

      const same = await runs.next();
      expect(same.counts).toEqual({ ...first.counts, reread: 0, reused: 2 });
      expect([same.rows, same.kept, same.entries]).toEqual([first.rows, first.kept, first.entries]);
      expect(same.state).toEqual(first.state);

      await bucket.put(`${TABLE}/b.json`, file('B'));
      await bucket.put(`${TABLE}/c.json`, file('c'));
      await bucket.put(`${TABLE}/copy.json`, file('c'));
      const changed = await runs.next();
      expect(usersOf(changed.rows)).toEqual(['B', 'a', 'c']);
      expect(changed.counts).toMatchObject({
        reread: 3,
        reused: 1,
        rows: 3,
        duplicates: 1,
        quarantined: 1,
      });

      await bucket.remove(`${TABLE}/a.json`);
      await bucket.remove(`${TABLE}/c.json`);
      const removed = await runs.next();
      // The copy counts now that what it was a copy of is gone.
      expect(usersOf(removed.rows)).toEqual(['B', 'c']);
      expect(removed.counts).toMatchObject({ objects: 2, reread: 1, reused: 1, quarantined: 0 });
      expect(removed.kept).toBe('');
    });
  });

  it('are read again when they come from another place', async () => {
    await withBucket(async (bucket) => {
      const runs = new Runs(bucket);
      await bucket.put(`x/${TABLE}/a.json`, file('a'));
      await bucket.put(`y/${TABLE}/a.json`, file('a'));
      await runs.next('x/');
      expect((await runs.next('y/')).counts).toMatchObject({ reread: 1, reused: 0, rows: 1 });
    });
  });

  it.each([
    ['the cache is damaged', (runs: Runs) => (runs.isDamaged = true)],
    ['another version read them', (runs: Runs) => runs.changeReader()],
  ])('are read again when %s', async (_, harm) => {
    await withBucket(async (bucket) => {
      const runs = new Runs(bucket);
      await bucket.put(`${TABLE}/a.json`, `${file('a')}broken\n`);
      await bucket.put(`${TABLE}/b.json`, file('b'));
      const first = await runs.next();
      expect((await runs.next()).counts.reused).toBe(2);
      harm(runs);
      const { rows, counts, kept } = await runs.next();
      expect([rows, kept]).toEqual([first.rows, first.kept]);
      expect(counts).toEqual(first.counts);
      runs.isDamaged = false;
      expect((await runs.next()).counts.reused).toBe(2);
    });
  });

  it('are counted when nothing of them can be read, also when they were so before', async () => {
    await withBucket(async (bucket) => {
      const runs = new Runs(bucket);
      await bucket.put(`${TABLE}/a.json`, file('a'));
      await bucket.put(`${TABLE}/b.csv`, 'user,x\n');
      await bucket.put(`${TABLE}/c.csv`, 'user,x\n');
      await bucket.put(`${TABLE}/d.pdf`, 'no');
      for (const reused of [0, 4]) {
        const { setAside, counts } = await runs.next();
        expect(setAside[TABLE]).toEqual({ objects: 2, bytes: 9 });
        expect(counts).toMatchObject({ quarantined: 2, duplicates: 1, reused });
      }
    });
  });

  it('never count as unchanged when the storage gives no tags', () => {
    const known = { name: 'a', bytes: 1, sha256: '', number: 0, rows: 1, quarantined: 0 };
    const object = { table: TABLE, name: 'a', kind: 'records', bytes: 1 } as const;
    for (const tag of ['', 'x']) {
      const cache = new LandingCache({
        sink: new LandingSink({ run: never, query: never }, TABLE, true),
        cached: {
          known: { objects: [{ ...known, tag }], parts: [], nextNumber: 1 },
          parts: [],
          quarantine: undefined,
        },
        scratch: '',
      });
      expect(cache.unchanged([{ ...object, tag }]).size).toBe(tag === '' ? 0 : 1);
    }
  });

  it('give the same rows and books as read afresh, whatever happened to them, in few files', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const text = fc.constantFrom(file('u'), file('v', 'v'), file('w'), `${file('u')}no\n`, 'no\n');
    const change = fc.record({ name, text: fc.option(text) });
    await withBucket(async (bucket) => {
      let prefix = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
          async (steps) => {
            const place = `${prefix++}/`;
            const runs = new Runs(bucket);
            await bucket.put(`${place}customer_landing/a.json`, 'x');
            for (const changes of steps) {
              for (const { name, text } of changes) {
                const key = `${place}${TABLE}/${name}.json`;
                await (text === null ? bucket.remove(key) : bucket.put(key, text));
              }
              const reused = await runs.next(place);
              const afresh = await new Runs({
                ...bucket,
                folder: join(bucket.folder, 'afresh'),
              }).next(place);
              expect(reused.rows).toEqual(afresh.rows);
              const { reread, reused: _, ...books } = reused.counts;
              expect(afresh.counts).toMatchObject(books);
              expect(reread).toBeLessThanOrEqual(afresh.counts.reread);
              expect(reused.kept.split('\n').sort()).toEqual(afresh.kept.split('\n').sort());
              expect(runs.keys.filter((key) => key.startsWith(TABLE)).length).toBeLessThanOrEqual(
                10,
              );
            }
          },
        ),
        { numRuns: 6 },
      );
    });
  });
});
