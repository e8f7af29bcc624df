import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadModule } from '../../../scenarios/reading/module-scenario.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';

const DEFINE = JSON.stringify(
  new URL('../../../scenarios/define-scenario.ts', import.meta.url).href,
);
const WALK = `{
  version: 1,
  name: 'Four people walk',
  world: { start: '2022-06-18T15:00:00Z', customers: 4, consent: { research: '50%' } },
  run: { duration: '5m' },
  expect: { 'landing.lost': 0 },
}`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-module-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(text: string, name = 'walk.scenario.ts'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function failureOf(file: string): Promise<ScenarioError> {
  const failure: unknown = await loadModule(file).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ScenarioError);
  expect(failure).toMatchObject({ code: 'SCENARIO_INVALID' });
  return failure as ScenarioError;
}

describe('a module', () => {
  test('gives the scenario that it exports, with units converted', async () => {
    const file = await write(
      `import { defineScenario } from ${DEFINE};\nexport default defineScenario(${WALK});`,
    );
    expect(await loadModule(file)).toMatchObject([
      { name: 'Four people walk', run: { duration: 300_000 } },
    ]);
  });

  test('may give several', async () => {
    const file = await write(
      `export default [4, 8].map((customers) => ({ ...${WALK}, world: { ...${WALK}.world, customers } }));`,
      'sizes.mjs',
    );
    const sizes = (await loadModule(file)).map(({ world }) => world.customers);
    expect(sizes).toEqual([4, 8]);
  });

  test('says which of several is wrong', async () => {
    const file = await write(`export default [${WALK}, { ...${WALK}, tag: ['x'] }];`, 'two.mjs');
    const { message } = await failureOf(file);
    expect(message).toBe(`${file}#2: tag: unknown key "tag"; did you mean "tags"?`);
  });

  test('that calls defineScenario() wrongly is told the place of the call', async () => {
    const file = await write(
      `import { defineScenario } from ${DEFINE};\nexport const walk =\n  defineScenario({ ...${WALK}, tag: ['x'] });\nexport default walk;`,
    );
    const { message, problems } = await failureOf(file);
    expect(message).toMatch(/: tag: unknown key "tag"; did you mean "tags"\?$/);
    expect(problems).toMatchObject([{ file, path: 'tag', line: expect.any(Number) }]);
  });

  test.each([
    ['exports nothing', 'export const walk = 1;', 'has no scenario; write: export default'],
    ['exports an empty list', 'export default [];', 'has no scenario; write: export default'],
    ['exports something else', 'export default 7;', 'expected keys with values; found 7'],
    ['throws', 'throw new Error("no luck today");', 'cannot be loaded: no luck today'],
    ['is no program', 'export default {', 'cannot be loaded: '],
  ])('that %s is told so', async (_, text, expected) => {
    const file = await write(text, 'wrong.mjs');
    const { message } = await failureOf(file);
    expect(message.startsWith(`${file}: `)).toBe(true);
    expect(message).toContain(expected);
  });
});
