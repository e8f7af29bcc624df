import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LANDING_TABLES } from '../../../pipeline/core/catalog.ts';
import { Engine, quoteText } from '../../../pipeline/engine/duckdb.ts';
import { landingViewsFor } from '../../../pipeline/engine/landing-views.ts';
import { customer, NOON, reading, sample, withLake } from '../lake.ts';
import { toLines, withTempFolder, writeFiles } from '../temp-folder.ts';

const CUSTOMERS = [customer('ann@x'), customer('bob@x', { serialNumber: null })];
const SAMPLES = [sample('ann@x', NOON), sample('ann@x', NOON + 7)];
const STEPS = [reading('box 1', NOON)];

async function readAll(location: string, format: 'ndjson' | 'parquet'): Promise<unknown[]> {
  const engine = await Engine.open({ threads: 1 });
  try {
    for (const { sql } of landingViewsFor('duckdb', { location, format })) await engine.run(sql);
    return await Promise.all(
      LANDING_TABLES.map((table) => engine.query(`SELECT * FROM ${table} ORDER BY ALL`)),
    );
  } finally {
    engine.close();
  }
}

describe('landingViewsFor DuckDB', () => {
  it('reads lines of JSON, packed or not, in whatever folders; what is left out is NULL', async () => {
    await withTempFolder(async (folder) => {
      const { shareWithPublicAsOfDate: _left, ...bare } = CUSTOMERS[1] ?? {};
      await writeFiles(folder, {
        'customer_landing/2022/a.json': toLines(CUSTOMERS.slice(0, 1)),
        'customer_landing/2023/b.json.gz': gzipSync(toLines([bare])),
        'accelerometer_landing/c.ndjson': toLines(SAMPLES).replace('"y":0', '"y":-0.0'),
        'step_trainer_landing/d.ndjson.gz': gzipSync(toLines(STEPS)),
      });
      expect(await readAll(folder, 'ndjson')).toEqual([CUSTOMERS, SAMPLES, STEPS]);
    });
  });

  it('reads Parquet', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(
        folder,
        Object.fromEntries(LANDING_TABLES.map((table) => [`${table}/x`, ''])),
      );
      const rows = { customers: CUSTOMERS, accelerometer: SAMPLES, steps: STEPS };
      await withLake('strict', rows, async (engine) => {
        for (const table of LANDING_TABLES) {
          await engine.run(`COPY ${table} TO ${quoteText(join(folder, table, 'a.parquet'))}`);
        }
      });
      expect(await readAll(folder, 'parquet')).toEqual([CUSTOMERS, SAMPLES, STEPS]);
    });
  });
});

describe('landingViewsFor Spark and Trino', () => {
  it.each(['spark', 'trino'] as const)(
    'makes a table of the objects and a view in %s',
    (engine) => {
      const source = { location: 's3://lake/landing', format: 'ndjson' } as const;
      const statements = landingViewsFor(engine, source);
      expect(statements.map(({ name }) => name)).toEqual(
        LANDING_TABLES.flatMap((table) => [`${table}_object`, table]),
      );
      for (const { sql } of statements) expect(sql).toMatch(/^CREATE (TABLE|VIEW) \w+/);
      expect(statements[4]?.sql).toContain("'s3://lake/landing/step_trainer_landing/'");
    },
  );

  it.each(['ndjson', 'parquet'] as const)('has Spark look into folders: %s', (format) => {
    const tables = landingViewsFor('spark', { location: '/lake', format }).filter(({ name }) =>
      name.endsWith('_object'),
    );
    expect(tables).toHaveLength(LANDING_TABLES.length);
    for (const { sql } of tables) expect(sql).toContain("recursiveFileLookup 'true'");
  });
});
