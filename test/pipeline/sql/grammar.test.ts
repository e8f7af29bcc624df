/** One SQL text for three engines: every model is read by the grammars of Spark and Trino, and by DuckDB in other tests. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SparkSQL } from 'dt-sql-parser/dist/parser/spark/index.js';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { ddlFor } from '../../../pipeline/engine/ddl.ts';
import { landingViewsFor } from '../../../pipeline/engine/landing-views.ts';
import { splitModel } from './model-step.ts';
import { portabilityFaults } from './portable-sql.ts';

const SQL_FOLDER = join(import.meta.dirname, '../../../pipeline/sql');
/** Reading 70 models takes about ten seconds on a quiet machine. */
const PARSING_MS_MAX = 120_000;

const grammars = { Spark: new SparkSQL(), Trino: new TrinoSQL() };

function faultsOf(engine: keyof typeof grammars, sql: string): string[] {
  const faults: string[] = [];
  const parser = grammars[engine].createParser(sql, ({ startLine, message }) => {
    faults.push(`line ${startLine}: ${message}`);
  });
  parser.buildParseTrees = false;
  parser.program();
  return faults;
}

/** A model in pieces, each step alone: a grammar needs twice the time for what stands deep in parentheses. */
function piecesOf(sql: string): { readonly piece: string; readonly text: string }[] {
  const { steps, result } = splitModel(sql);
  const heads = steps.map(({ name }) => `${name} AS (SELECT 1 AS n)`).join(', ');
  return [
    ...steps.map(({ name, query }) => ({ piece: name, text: query })),
    { piece: 'result', text: heads === '' ? result : `WITH ${heads} ${result}` },
  ];
}

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
        piecesOf(sql).flatMap(({ piece, text }) =>
          faultsOf(engine, text).map((fault) => `${file}, ${piece}, ${fault}`),
        ),
      );
      expect(models.length).toBeGreaterThan(25);
      expect(faults).toEqual([]);
    },
    PARSING_MS_MAX,
  );

  it.each([
    ['Spark', 'spark'],
    ['Trino', 'trino'],
  ] as const)('finds tables and landing views that %s can read', (grammar, engine) => {
    const statements = (['ndjson', 'parquet'] as const).flatMap((format) => [
      ...landingViewsFor(engine, { location: 's3://lake/landing', format }),
      ...ddlFor(engine, 'classic'),
      ...ddlFor(engine, 'strict'),
    ]);
    expect(statements.flatMap(({ sql }) => faultsOf(grammar, sql))).toEqual([]);
  });

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
      expect([sql, ...faultsOf(engine, sql)]).not.toEqual([sql]);
    }
  });
});

describe('what the engines read differently is found:', () => {
  it.each([
    ['"', 'SELECT t."user" FROM t'],
    ['`', 'SELECT t.`user` FROM t'],
    ['::', 'SELECT t.a::BIGINT FROM t'],
    ['//', 'SELECT t.a // 3 FROM t'],
    ['%', 'SELECT t.a % 3 FROM t'],
    ['!=', 'SELECT t.a FROM t WHERE t.a != 3'],
    ['QUALIFY', 'SELECT t.a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY t.a) = 1'],
    ['FILTER', 'SELECT COUNT(*) FILTER (WHERE t.a > 1) FROM t'],
    ['EXCLUDE', 'SELECT * EXCLUDE (a) FROM t'],
    ['REPLACE (', 'SELECT * REPLACE (1 AS a) FROM t'],
    ['GROUP BY ALL', 'SELECT t.a, COUNT(*) FROM t GROUP BY ALL'],
    ['ORDER BY ALL', 'SELECT t.a FROM t ORDER BY ALL'],
    ['SEMI', 'SELECT t.a FROM t SEMI JOIN u ON u.a = t.a'],
    ['USING', 'SELECT t.a FROM t INNER JOIN u USING (a)'],
    ['LIMIT', 'SELECT t.a FROM t ORDER BY t.a LIMIT 3'],
    ['DISTINCT ON', 'SELECT DISTINCT ON (t.a) t.b FROM t'],
    ['IGNORE NULLS', 'SELECT LAG(t.a IGNORE NULLS) OVER (ORDER BY t.b) FROM t'],
    ['arg_max(', 'SELECT arg_max(t.a, t.b) FROM t'],
    ['max_by(', 'SELECT max_by(t.a, t.b) FROM t'],
    ['first(', 'SELECT first(t.a) FROM t'],
    ['median', 'SELECT median(t.a) FROM t'],
    ['quantile_cont', 'SELECT quantile_cont(t.a, 0.5) FROM t'],
    ['list', 'SELECT list(t.a) FROM t'],
    ['[', 'SELECT t.a[1] FROM t'],
    ['range(', 'SELECT r.n FROM range(3) r'],
    ['IF(', 'SELECT IF(t.a > 1, 2, 3) FROM t'],
    ['LOG(', 'SELECT LOG(t.a) FROM t'],
    ['hash(', 'SELECT hash(t.a) FROM t'],
    ['CURRENT_DATE', 'SELECT CURRENT_DATE FROM t'],
    ['ILIKE', "SELECT t.a FROM t WHERE t.a ILIKE 'b'"],
    ['user', 'SELECT user FROM t'],
    ['timestamp', 'SELECT t.x FROM t ORDER BY timestamp'],
    ['AS VARCHAR)', 'SELECT CAST(t.a AS VARCHAR) FROM t'],
    ['AS DECIMAL(9, 2))', 'SELECT CAST(FLOOR(t.a) AS DECIMAL(9, 2)) FROM t'],
    ['CAST(t.a / 3.0 AS BIGINT', 'SELECT CAST(t.a / 3.0 AS BIGINT) FROM t'],
    ['/', 'SELECT t.a / t.b FROM t'],
    ['/', 'SELECT t.a / 2 FROM t'],
    ['/ (', 'SELECT t.a / (t.b) FROM t'],
    ['/ (', 'SELECT EXP(-t.a * t.a / (2.0 * 6 * 6)) FROM t'],
    ['/ (', 'SELECT (t.a + CAST(t.b AS DOUBLE)) / ( t.c) FROM t'],
    ['/ 1000.0', 'SELECT t.a / 1000.0 FROM t'],
    ['/ :hour_ms.0', 'SELECT (CAST(t.a AS DOUBLE) - 1) / :hour_ms.0 FROM t'],
    ['SUM(t.a / 2.0', 'SELECT SUM(t.a / 2.0) FROM t'],
    ['AVG(LN(', 'SELECT AVG(LN(t.a)) FROM t'],
  ])('%s in %s', (found, sql) => {
    expect(portabilityFaults(sql).join()).toContain(`line 1: ${found}: use `);
  });

  it('and what they read alike is left in peace', () => {
    const sql = `-- a "comment" with % :: and LIMIT
      SELECT a.user, a.timestamp AS timestamp, a.user AS user, 'user % 3' AS text, COUNT(*) OVER by_user AS n,
        CAST(FLOOR(a.t / 30.0) AS BIGINT) AS slice, a.t / CAST(a.n AS DOUBLE) AS mean, CAST(a.t AS DOUBLE) / a.n AS m,
        SUM(CAST(ROUND(LN(a.t) * 1000) AS BIGINT)) AS evidence, ROUND(a.t / 3e0) AS third,
        CAST(a.t AS DOUBLE) / 3.0 AS other, (a.t + a.m) / 2.0 AS middle, 1 / (1e0 + a.x) AS x,
        CAST(a.t AS DOUBLE) / (3 * a.n) AS y, a.t / (CAST(a.n AS DOUBLE) * 2) AS z
      FROM a WHERE a.m <= 2000.0 WINDOW by_user AS (PARTITION BY a.user ORDER BY a.t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)`;
    expect(portabilityFaults(sql)).toEqual([]);
  });
});
