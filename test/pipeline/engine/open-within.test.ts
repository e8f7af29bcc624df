import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { memoryOf, openWithin } from '../../../pipeline/engine/open-within.ts';

const OWN_BYTES = 200_000_000;
const LESS_BYTES = 60_000_000;

it('gives the engine its share of what the process may hold', async () => {
  const opened = await openWithin(4e9, { threads: 1 });
  const rows = await opened.engine.query("SELECT current_setting('memory_limit') AS bytes");
  await opened.close();
  expect(rows).toEqual([{ bytes: '2.3 GiB' }]);
});

it('lowers what an engine counts while a statement holds more, and the statement ends well', async () => {
  const spillFolder = await mkdtemp(join(tmpdir(), 'stedi-spill-'));
  const engine = await Engine.open({ threads: 2, memoryLimit: `${OWN_BYTES}B`, spillFolder });
  const control = await engine.connect();
  const { countedBytes, setLimit } = memoryOf(control);
  let isRunning = true;
  const running = engine
    .run('CREATE TEMP TABLE sorted AS SELECT i, hash(i) AS h FROM range(6_000_000) r(i) ORDER BY h')
    .finally(() => (isRunning = false));
  while (isRunning && (await countedBytes()) < 2 * LESS_BYTES);
  expect(isRunning).toBe(true);
  await setLimit(LESS_BYTES);
  expect(await countedBytes()).toBeLessThanOrEqual(LESS_BYTES);
  await running;
  expect(await engine.query('SELECT count(*) AS n FROM sorted')).toEqual([{ n: 6_000_000 }]);
  control.disconnect();
  engine.close();
  await rm(spillFolder, { recursive: true });
});
