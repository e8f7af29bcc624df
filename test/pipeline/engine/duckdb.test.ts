import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Engine, quotePath, quoteText } from '../../../pipeline/engine/duckdb.ts';

describe('Engine', () => {
  it('gives values as JavaScript has them', async () => {
    const engine = await Engine.open({ threads: 1 });
    const rows = await engine.query(
      "SELECT 1655564444103::BIGINT AS t, 0.5::DOUBLE AS x, 'a' AS s, NULL AS n",
    );
    engine.close();
    expect(rows).toEqual([{ t: 1_655_564_444_103, x: 0.5, s: 'a', n: null }]);
  });

  it('shares one database between its connections', async () => {
    const engine = await Engine.open({ threads: 1 });
    const other = await engine.connect();
    await other.run('CREATE TABLE t AS SELECT 1 AS a');
    other.disconnect();
    expect(await engine.query('SELECT a FROM t')).toEqual([{ a: 1 }]);
    engine.close();
  });

  it('says what does not fit when it does not start', async () => {
    await expect(Engine.open({ memoryLimit: 'plenty' })).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('memory limit') as string,
    });
  });
});

describe('quoting', () => {
  it('keeps quotes in texts and patterns in paths from meaning anything', async () => {
    const folder = await mkdtemp(join(tmpdir(), "stedi [a-z] it's *? "));
    const path = join(folder, 'a[1].json');
    await writeFile(path, '{"a":1}');
    await writeFile(join(folder, 'a1.json'), '{"a":2}');
    const engine = await Engine.open({ threads: 1 });
    expect(await engine.query(`SELECT a FROM read_json(${quotePath(path)})`)).toEqual([{ a: 1 }]);
    expect(await engine.query(`SELECT ${quoteText("it's")} AS t`)).toEqual([{ t: "it's" }]);
    engine.close();
    await rm(folder, { recursive: true });
  });
});
