import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import type { PipelineError } from '../../../pipeline/pipeline-error.ts';
import { NOON, sample } from '../lake.ts';
import { toLines, withTempFolder, writeFiles } from '../temp-folder.ts';
import { LINE, load, loadWith } from './loaded.ts';

const TABLE = 'accelerometer_landing';

describe('loadTable', () => {
  it('reads both spellings, plain and compressed, whatever the name says', async () => {
    const spelled = toLines([sample('b@x', NOON)]);
    const { rows, quarantine } = await load(TABLE, {
      'a.json': `${LINE}\n`,
      'b.ndjson': spelled,
      'c.json.gz': gzipSync(spelled.replace('b@x', 'c@x')),
      'd.json': gzipSync(spelled.replace('b@x', 'd@x')),
      'e.gz': spelled.replace('b@x', 'e@x'),
      'part-00000': Buffer.concat([gzipSync(spelled), gzipSync(spelled)]),
    });
    const users = ['a@x', 'b@x', 'b@x', 'b@x', 'c@x', 'd@x', 'e@x'];
    expect(rows).toEqual(users.map((user) => sample(user, NOON)));
    expect(quarantine.count).toBe(0);
  });

  it('does not believe a compressed file whose checksum is wrong', async () => {
    const damaged = gzipSync(`${LINE}\n`);
    damaged[damaged.length - 8] = (damaged.at(-8) ?? 0) ^ 1;
    const { rows, quarantine } = await load(TABLE, { 'a.json.gz': damaged, 'b.json': LINE });
    expect(rows).toHaveLength(1);
    expect(quarantine.entries).toEqual([
      {
        file: `${TABLE}/a.json.gz`,
        line: 0,
        reason: 'the compressed data is damaged',
        table: TABLE,
      },
    ]);
  });

  it('sets whole files of other kinds aside', async () => {
    const { rows, quarantine, kept } = await load(TABLE, { 'a.csv': 'user,x\n', 'b.json': LINE });
    expect(rows).toHaveLength(1);
    expect(quarantine.entries).toMatchObject([{ file: `${TABLE}/a.csv`, line: 0 }]);
    expect(kept).toMatchObject([{ original: 'user,x\n' }]);
  });

  it('reads a plain file record by record when the engine sees something else in it', async () => {
    // Zeros behind the compressed data are padding to one reader, and an error to the other.
    const odd = Buffer.concat([gzipSync(`${LINE}\n`), Buffer.alloc(20)]);
    const { rows, quarantine } = await load(TABLE, {
      'a.json.gz': odd,
      'b.json.gz': gzipSync(`${LINE}\n`),
    });
    expect(rows).toHaveLength(2);
    expect(quarantine.count).toBe(0);
  });

  it('turns −0 into 0, as the record reader does', async () => {
    const { rows } = await load(TABLE, { 'a.json': LINE.replace('"y":0', '"y":-0.0') });
    expect(rows.map((row) => Object.is(row['y'], 0))).toEqual([true]);
  });

  it('does not believe the engine when it counts other rows than were found', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { [`${TABLE}/a.json`]: LINE, [`${TABLE}/b.json`]: `${LINE}\n` });
      const statements: string[] = [];
      const engine = {
        query: () => Promise.resolve([]),
        run: (sql: string): Promise<number> => {
          statements.push(sql.includes('.ndjson') ? 'CLEAN' : (sql.split(' ')[0] ?? ''));
          if (statements.at(-1) === 'CLEAN') return Promise.resolve(1);
          // The rows of both are not there, and one of two clean copies.
          return Promise.resolve(0);
        },
      };
      await loadWith(engine, folder, TABLE);
      const [, ...transactions] = statements.join(' ').split('BEGIN ');
      expect(transactions.map((text) => text.trim())).toEqual([
        'INSERT ROLLBACK',
        // Both files were read again, record by record.
        'CLEAN COMMIT',
        'CLEAN COMMIT',
      ]);
    });
  });

  it.each([
    ['OUT_OF_MEMORY', new Error('Out of Memory Error: could not allocate block')],
    ['DISK_FULL', new Error('IO Error: No space left on device')],
  ])(
    'passes on what is wrong with the machine (%s), and tries nothing else',
    async (_, failure) => {
      await withTempFolder(async (folder) => {
        await writeFiles(folder, { [`${TABLE}/a.json`]: LINE });
        let inserts = 0;
        const engine = {
          query: () => Promise.resolve([]),
          run: (sql: string): Promise<number> => {
            if (!sql.startsWith('INSERT')) return Promise.resolve(0);
            inserts++;
            return Promise.reject(failure);
          },
        };
        await expect(loadWith(engine, folder, TABLE)).rejects.toBe(failure);
        expect(inserts).toBe(1);
      });
    },
  );

  it.each([
    ['IO Error: Cannot open file "a.parquet": Too many open files', false],
    ['IO Error: Could not read from file "a.parquet": Input/output error', false],
    ['Invalid Error: std::bad_alloc', false],
    ['INTERNAL Error: Assertion triggered', false],
    ['IO Error: Could not read enough bytes from file "a.parquet"', true],
    ['Invalid Input Error: No magic bytes found at end of file', true],
    ['Invalid Error: TProtocolException: Invalid data', true],
  ])('takes "%s" for the fault of the object: %s', async (message, isFault) => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { [`${TABLE}/a.parquet`]: 'PAR1' });
      const failure = new Error(message);
      const loading = loadWith(
        { query: () => Promise.reject(failure), run: () => Promise.resolve(0) },
        folder,
        TABLE,
      );
      const outcome = await loading.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect((outcome as PipelineError).code).toBe(isFault ? 'LANDING_UNREADABLE' : undefined);
      expect(isFault ? (outcome as PipelineError).cause : outcome).toBe(failure);
    });
  });

  it('says which file the engine cannot read at all', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { [`${TABLE}/a.json`]: LINE });
      const engine = { run: () => Promise.resolve(0), query: () => Promise.resolve([]) };
      await expect(loadWith(engine, folder, TABLE)).rejects.toMatchObject({
        code: 'LANDING_UNREADABLE',
        message: expect.stringContaining(`${TABLE}/a.json`) as string,
      });
    });
  });

  it('counts the bytes of one object once, whatever it is called', async () => {
    const { rows, accounts, quarantine } = await load(TABLE, {
      'a.json': `${LINE}\nbroken\n`,
      'b.json': LINE.replace('a@x', 'b@x'),
      'c.json': `${LINE}\nbroken\n`,
      'd.json': LINE.replace('a@x', 'd@x'),
    });
    expect(rows.map(({ user }) => user)).toEqual(['a@x', 'b@x', 'd@x']);
    expect(quarantine.count).toBe(1);
    expect(
      accounts.map(({ name, rows, quarantined, original }) => [
        name.split('/')[1],
        rows,
        quarantined,
        original?.name.split('/')[1],
      ]),
    ).toEqual([
      ['a.json', 1, 1, undefined],
      ['b.json', 1, 0, undefined],
      ['c.json', 0, 0, 'a.json'],
      ['d.json', 1, 0, undefined],
    ]);
  });

  it('gathers small objects, so that they do not cost a statement each', async () => {
    await withTempFolder(async (folder) => {
      const files = Array.from({ length: 700 }, (_, index) => {
        const text = `${LINE.replace('a@x', `${index}@x`)}\n`;
        const content = index % 2 === 0 ? gzipSync(text) : text;
        return [`${TABLE}/${index}.json`, content] as const;
      });
      await writeFiles(folder, Object.fromEntries(files));
      const inserts: string[] = [];
      const engine = await Engine.open({ threads: 2 });
      try {
        const counted = {
          query: (sql: string): Promise<SqlRow[]> => engine.query(sql),
          run: (sql: string): Promise<number> => {
            if (sql.startsWith('INSERT')) inserts.push(sql);
            return engine.run(sql);
          },
        };
        const { accounts } = await loadWith(counted, folder, TABLE);
        expect(accounts.map(({ rows }) => rows)).toEqual(Array(700).fill(1));
        const [users] = await engine.query(`SELECT COUNT(DISTINCT "user") AS n FROM ${TABLE}`);
        expect(users).toEqual({ n: 700 });
        expect(inserts).toHaveLength(1);
      } finally {
        engine.close();
      }
    });
  });

  it('keeps paths that look like patterns or contain quotes apart', async () => {
    const { rows } = await load(TABLE, {
      "it's [1]*?.json": LINE,
      'x[a-z].json': `${LINE}\n${LINE}`,
      'xb.json': `${LINE}\n`,
    });
    expect(rows).toHaveLength(4);
  });
});
