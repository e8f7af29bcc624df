import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadWritten } from '../../../scenarios/shrink/load-written.ts';

const WALK = {
  version: 1,
  name: 'Somebody walks across the room',
  world: { start: '2022-06-18T15:00:00Z', customers: 1, consent: { research: '100%' } },
  run: { duration: '4m' },
  expect: { 'landing.lost': 0 },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-written-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a file is read as it was written, beside the scenario that it is', async () => {
  const path = await write('walk.yaml', JSON.stringify(WALK));
  const { written, scenario, ...rest } = await loadWritten(path);
  expect(written).toEqual(WALK);
  expect(scenario.run.duration).toBe(240_000);
  expect(rest).toEqual({ path });
});

test('a scenario of the catalogue is known by its name', async () => {
  const { path, scenario } = await loadWritten('one-person-walks');
  expect(path).toMatch(/one-person-walks\.yaml$/);
  expect(scenario.world.customers).toBe(1);
});

test('one of several in a module is named by its number, and has to be', async () => {
  const second = { ...WALK, name: 'Somebody else walks across the room' };
  const path = await write('walks.mjs', `export default ${JSON.stringify([WALK, second])};`);
  expect((await loadWritten(`${path}#2`)).written).toEqual(second);
  await expect(loadWritten(path)).rejects.toMatchObject({
    code: 'SCENARIO_AMBIGUOUS',
    message: expect.stringContaining('#1 to #2'),
  });
});

test('what cannot be found, or is more than one, is refused', async () => {
  await write('a.yaml', JSON.stringify(WALK));
  await write('b.yaml', JSON.stringify(WALK));
  await expect(loadWritten(folder)).rejects.toMatchObject({ code: 'SCENARIO_AMBIGUOUS' });
  await expect(loadWritten('no-such-scenario')).rejects.toMatchObject({
    code: 'SCENARIO_NOT_FOUND',
  });
});
