import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Engine, quoteText } from '../../../pipeline/engine/duckdb.ts';
import { NOON, reading, sample } from '../lake.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { loadFolder } from './loaded.ts';
import type { Loaded } from './loaded.ts';

const TABLE = 'accelerometer_landing';
const GOOD = `'a@x' AS "user", ${NOON} AS "timestamp", 1.0::DOUBLE AS x, -0.0::DOUBLE AS y, 2 AS z`;

/** Loads objects that a query each has written, by their names in the folder of the table. */
async function load(
  queries: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string | Uint8Array>> = {},
  table: typeof TABLE | 'step_trainer_landing' = TABLE,
): Promise<Loaded> {
  return withTempFolder(async (folder) => {
    const engine = await Engine.open({ threads: 2 });
    for (const [name, query] of Object.entries(queries)) {
      const path = join(folder, table, name);
      await mkdir(dirname(path), { recursive: true });
      await engine.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`);
    }
    engine.close();
    await writeFiles(
      folder,
      Object.fromEntries(
        Object.entries(others).map(([name, content]) => [`${table}/${name}`, content] as const),
      ) as Record<string, string>,
    );
    return loadFolder(folder, table);
  });
}

describe('a Parquet object', () => {
  it('lands whatever the case, order and types of its columns, and whatever its name', async () => {
    const { rows, quarantine } = await load({
      'a.parquet': `SELECT ${GOOD}`,
      "it's [b].snappy.parquet": `SELECT 2::FLOAT AS Z, 1.5::DECIMAL(9, 2) AS X, 0 AS y,
        'b@x' AS USER, ${NOON}.0::DOUBLE AS TIMESTAMP, 'more' AS more`,
      'part-00000': `SELECT ${GOOD.replace('a@x', 'c@x').replace('"timestamp"', '"timeStamp"')}`,
    });
    expect(quarantine.entries).toEqual([]);
    expect(rows).toEqual([
      { ...sample('a@x', NOON), z: 2 },
      { ...sample('b@x', NOON, 1.5), z: 2 },
      { ...sample('c@x', NOON), z: 2 },
    ]);
    expect(rows.every(({ y }) => Object.is(y, 0))).toBe(true);
  });

  it('sets bad rows aside with their number, reason and values, and lands the others', async () => {
    const bad: readonly (readonly [string, string, string])[] = [
      [`'a@x'`, 'NULL', 'user is missing'],
      [`'a@x'`, `''`, 'user is empty'],
      [`${NOON}`, 'NULL', 'timeStamp is missing'],
      [`${NOON}`, '-1', 'timeStamp is not a date in ms since 1970 up to the year 9999'],
      [
        `${NOON}`,
        '253402300800000',
        'timeStamp is not a date in ms since 1970 up to the year 9999',
      ],
      [`${NOON}`, '9007199254740993', 'timeStamp is not a whole number'],
      ['1.0::DOUBLE', `'nan'::DOUBLE`, 'x is not a finite number'],
      ['1.0::DOUBLE', `'-inf'::DOUBLE`, 'x is not a finite number'],
    ];
    const rows = bad.flatMap(([from, to]) => [GOOD, GOOD.replace(from, to)]);
    const loaded = await load({
      'a.parquet': rows.map((row) => `SELECT ${row}`).join(' UNION ALL '),
      'b.parquet': `SELECT ${GOOD.replace('a@x', 'b@x')}`,
    });
    expect(loaded.rows).toHaveLength(bad.length + 1);
    expect(loaded.quarantine.entries).toEqual(
      bad.map(([, , reason], index) => ({
        file: `${TABLE}/a.parquet`,
        line: 2 * index + 2,
        reason,
        table: TABLE,
      })),
    );
    expect(JSON.parse(String(loaded.kept[0]?.['original']))).toMatchObject({ user: null, z: 2 });
    expect(loaded.accounts.map(({ rows, quarantined }) => [rows, quarantined])).toEqual([
      [8, 8],
      [1, 0],
    ]);
  });

  it('tells a fraction from a whole number in a column of doubles', async () => {
    const row = (distance: string): string =>
      `SELECT ${NOON} AS sensorreadingtime, 's' AS serialnumber, ${distance}::DOUBLE AS distancefromobject`;
    const { rows, quarantine } = await load(
      { 'a.parquet': ['250', '250.5', `'inf'`].map(row).join(' UNION ALL ') },
      {},
      'step_trainer_landing',
    );
    expect(rows).toEqual([reading('s', NOON)]);
    expect(quarantine.entries.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'distanceFromObject is not a whole number'],
      [3, 'distanceFromObject is not a finite number'],
    ]);
  });

  it('is set aside as a whole when a column is missing, there twice, or of another kind', async () => {
    const { rows, quarantine } = await load({
      'a.parquet': `SELECT ${GOOD.replace('1.0::DOUBLE AS x, ', '')}`,
      'b.parquet': `SELECT ${GOOD}, 1 AS "timeStamp_", 2 AS "X_"`,
      'c.parquet': `SELECT ${GOOD.replace('2 AS z', `'2' AS z`)}`,
      'd.parquet': `SELECT ${GOOD.replace(`${NOON} AS`, `TIMESTAMP '2022-06-18 12:00:00' AS`)}`,
    });
    expect(rows).toHaveLength(1);
    expect(quarantine.entries.map(({ file, line, reason }) => [file.at(-9), line, reason])).toEqual(
      [
        ['a', 0, 'it has no column x'],
        ['c', 0, 'its column z is VARCHAR, not a number'],
        ['d', 0, 'its column timestamp is TIMESTAMP, not a number'],
      ],
    );
  });

  it('ends the loading with its name wherever its bytes are damaged', async () => {
    const whole = await withTempFolder(async (folder) => {
      const engine = await Engine.open({ threads: 2 });
      const path = join(folder, 'whole.parquet');
      await engine.run(
        `COPY (SELECT 'u' || i AS "user", ${NOON} + i AS "timestamp", i * 0.37 AS x, i AS y, 0 AS z
          FROM range(9000) AS r(i)) TO ${quoteText(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048, COMPRESSION zstd)`,
      );
      engine.close();
      return readFile(path);
    });
    const good = { 'good.parquet': `SELECT ${GOOD}` };
    const outcomeOf = (name: string, bytes: Uint8Array): Promise<unknown> =>
      load(good, { [name]: bytes }).then(
        ({ rows }) => rows.length,
        (error: unknown) => error,
      );
    const refusal = (name: string): unknown =>
      expect.objectContaining({
        code: 'LANDING_UNREADABLE',
        message: expect.stringMatching(`^The landing object ${TABLE}/${name} .*Upload it again`),
      }) as unknown;
    const damaged: unknown[] = [];
    for (let part = 0; part < 6; part++) {
      const cut = whole.subarray(0, Math.floor((whole.length * part) / 6) + 4);
      expect(await outcomeOf('cut.parquet', cut)).toEqual(refusal('cut.parquet'));
      // A run of wrong bytes in the data, which ends before the description of it. All of it lands where nobody can tell.
      const wrong = Buffer.from(whole);
      wrong.fill(0xa5, 200 + part * 1_800, 500 + part * 1_800);
      damaged.push(await outcomeOf('wrong.parquet', wrong));
    }
    const refused = damaged.filter((outcome) => outcome !== 9_001);
    expect(refused.length).toBeGreaterThan(2);
    expect(refused).toEqual(refused.map(() => refusal('wrong.parquet')));
  });
});
