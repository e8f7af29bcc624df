import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runVariant } from '../../../pipeline/index.ts';
import { findOddOne, findZoneDifference } from '../../../scenarios/run/determinism-zones.ts';
import { stageRun } from '../../../scenarios/run/stage-run.ts';
import { smallPlan } from './small-plan.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-determinism-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Zones of a pipeline with another text for the samples that may be used. */
async function makeZones(
  landing: string,
  name: string,
  change: (sql: string) => string,
): Promise<string> {
  const edit = (path: string, sql: string): string =>
    path === 'strict/accelerometer_trusted' ? change(sql) : sql;
  const out = join(folder, name);
  await runVariant({ landing, out, variant: { policy: 'strict', edit } });
  return out;
}

async function setAside(name: string, ...entries: readonly string[]): Promise<string> {
  const table = join(folder, name, 'quarantine', 'accelerometer_landing');
  await mkdir(table, { recursive: true });
  await writeFile(join(table, `${name}.ndjson`), entries.map((entry) => `${entry}\n`).join(''));
  return join(folder, name);
}

test('of zones the order of rows may differ, and a number that a pipeline draws is found', async () => {
  const landing = join(folder, 'landing');
  await mkdir(landing);
  await stageRun({ plan: smallPlan(), landing });
  const [sorted, turned, drawn] = [
    await makeZones(landing, 'sorted', (sql) => `${sql} ORDER BY ALL`),
    await makeZones(landing, 'turned', (sql) => `${sql} ORDER BY ALL DESC`),
    await makeZones(landing, 'drawn', (sql) => sql.replace('a.x,', 'a.x + random() AS x,')),
  ];
  expect(await findZoneDifference(sorted, turned)).toBeUndefined();
  expect(await findZoneDifference(sorted, drawn)).toMatch(
    /^First different row of accelerometer_trusted:\n {2}\{.*"x":.*\}\n {2}\{.*"x":-?\d\.\d+.*\}$/,
  );
});

describe('the quarantine', () => {
  test('may be in another order and in other files', async () => {
    const [left, right] = [await setAside('a', '1', '2', '2'), await setAside('b', '2', '1', '2')];
    expect(await findZoneDifference(left, right)).toBeUndefined();
  });

  test('has every entry as often in both', async () => {
    const [left, right] = [await setAside('c', '1', '2', '2'), await setAside('d', '2', '1', '1')];
    expect(await findZoneDifference(left, right)).toBe(
      'First different entry of the quarantine:\n  accelerometer_landing 2\n  accelerometer_landing 1',
    );
  });
});

test.each([
  [[], [], undefined],
  [['b', 'a'], ['a', 'b'], undefined],
  [['c', 'b', 'a'], ['a'], 'First different row:\n  b\n  (nothing)'],
  [['a'], ['a', 'a'], 'First different row:\n  (nothing)\n  a'],
])('the odd one of %j and %j', (first, second, difference) => {
  expect(findOddOne('row', first, second)).toBe(difference);
});
