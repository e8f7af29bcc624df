/** One SQL text for three engines: every model is read by the grammars of Spark and Trino, and by DuckDB in other tests. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SparkSQL } from 'dt-sql-parser/dist/parser/spark/index.js';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { portabilityFaults } from './portable-sql.ts';

const SQL_FOLDER = join(import.meta.dirname, '../../../pipeline/sql');
/** Reading 50 models takes a few seconds on a quiet machine. */
const PARSING_MS_MAX = 120_000;

const grammars = { Spark: new SparkSQL(), Trino: new TrinoSQL() };
let models: { readonly file: string; readonly sql: string }[] = [];

beforeAll(async () => {
  const files = (await readdir(SQL_FOLDER, { recursive: true })).filter((file) =>
    file.endsWith('.sql'),
  );
  models = await Promise.all(
    files.sort().map(async (file) => ({
      file,
      // Which number a setting has does not matter to a grammar.
      sql: (await readFile(join(SQL_FOLDER, file), 'utf8')).replace(/:[a-z]\w*/g, '7'),
    })),
  );
});

describe('every model', () => {
  it.each(['Spark', 'Trino'] as const)(
    'is read by the grammar of %s',
    (engine) => {
      const faults = models.flatMap(({ file, sql }) =>
        grammars[engine]
          .validate(sql)
          .map(({ startLine, message }) => `${file}, line ${startLine}: ${message}`),
      );
      expect(models.length).toBeGreaterThan(25);
      expect(faults).toEqual([]);
    },
    PARSING_MS_MAX,
  );

  it('uses only what the three engines understand alike', () => {
    const faults = models.flatMap(({ file, sql }) =>
      portabilityFaults(sql).map((fault) => `${file}, ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});

describe('what no engine reads', () => {
  it.each(['Spark', 'Trino'] as const)('is refused by the grammar of %s', (engine) => {
    for (const sql of ['SELECT a FROM', 'SELECT a.x a.y FROM a', 'SELECT (1 AS x']) {
      expect(grammars[engine].validate(sql), sql).not.toEqual([]);
    }
  });
});

describe('what the engines read differently is found:', () => {
  it.each([
    'SELECT t."user" FROM t',
    'SELECT t.`user` FROM t',
    'SELECT t.a::BIGINT FROM t',
    'SELECT t.a // 3 FROM t',
    'SELECT t.a % 3 FROM t',
    'SELECT t.a FROM t WHERE t.a != 3',
    'SELECT t.a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY t.a) = 1',
    'SELECT COUNT(*) FILTER (WHERE t.a > 1) FROM t',
    'SELECT * EXCLUDE (a) FROM t',
    'SELECT * REPLACE (1 AS a) FROM t',
    'SELECT t.a, COUNT(*) FROM t GROUP BY ALL',
    'SELECT t.a FROM t ORDER BY ALL',
    'SELECT t.a FROM t SEMI JOIN u ON u.a = t.a',
    'SELECT t.a FROM t INNER JOIN u USING (a)',
    'SELECT t.a FROM t ORDER BY t.a LIMIT 3',
    'SELECT DISTINCT ON (t.a) t.b FROM t',
    'SELECT LAG(t.a IGNORE NULLS) OVER (ORDER BY t.b) FROM t',
    'SELECT arg_max(t.a, t.b) FROM t',
    'SELECT max_by(t.a, t.b) FROM t',
    'SELECT first(t.a) FROM t',
    'SELECT median(t.a) FROM t',
    'SELECT quantile_cont(t.a, 0.5) FROM t',
    'SELECT list(t.a) FROM t',
    'SELECT t.a[1] FROM t',
    'SELECT r.n FROM range(3) r',
    'SELECT IF(t.a > 1, 2, 3) FROM t',
    'SELECT LOG(t.a) FROM t',
    'SELECT hash(t.a) FROM t',
    'SELECT CURRENT_DATE FROM t',
    "SELECT t.a FROM t WHERE t.a ILIKE 'b'",
    'SELECT user FROM t',
    'SELECT t.x FROM t ORDER BY timestamp',
    'SELECT CAST(t.a AS VARCHAR) FROM t',
    'SELECT CAST(FLOOR(t.a) AS DECIMAL(9, 2)) FROM t',
    'SELECT CAST(t.a / 3.0 AS BIGINT) FROM t',
    'SELECT t.a / t.b FROM t',
    'SELECT t.a / 2 FROM t',
    'SELECT SUM(t.a / 2.0) FROM t',
    'SELECT AVG(LN(t.a)) FROM t',
  ])('%s', (sql) => {
    expect(portabilityFaults(sql)).not.toEqual([]);
  });

  it('and what they read alike is left in peace', () => {
    const sql = `-- a "comment" with % :: and LIMIT
      SELECT a.user, a.timestamp AS timestamp, a.user AS user, 'user % 3' AS text, COUNT(*) OVER by_user AS n,
        CAST(FLOOR(a.t / 30.0) AS BIGINT) AS slice, a.t / CAST(a.n AS DOUBLE) AS mean, CAST(a.t AS DOUBLE) / a.n AS m,
        SUM(CAST(ROUND(LN(a.t) * 1000) AS BIGINT)) AS evidence, ROUND(a.t / 3e0) AS third
      FROM a WHERE a.m <= 2000.0 WINDOW by_user AS (PARTITION BY a.user ORDER BY a.t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)`;
    expect(portabilityFaults(sql)).toEqual([]);
  });
});
