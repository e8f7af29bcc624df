import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintFiles } from '../../../scenarios/listing/lint.ts';
import { RIGHT_FILE } from '../reading/wrong-files.ts';

let folder: string;
let two: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-lint-'));
  two = join(folder, 'two.scenario.mjs');
  const common = `version: 1, run: { duration: '5m' }, expect: { 'landing.lost': 0 },
    world: { start: '2022-06-18T15:00:00Z', customers: 4, consent: { research: '50%' } }`;
  await writeFile(
    two,
    `export default ['Four people walk', 'Four people run'].map((name) => ({ name, ${common} }));`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

test('a file that is named twice, by itself and by its folder, is looked over once', async () => {
  const file = join(folder, 'walk.yaml');
  await writeFile(file, RIGHT_FILE);
  expect(await lintFiles([file, folder])).toEqual([
    { file, names: ['Four people walk'], problems: [] },
    { file: two, names: ['Four people walk', 'Four people run'], problems: [] },
  ]);
});

test('an entry of the catalogue is found by its name', async () => {
  const [linted] = await lintFiles(['phone-sends-twice']);
  expect(linted).toMatchObject({
    names: ['Phones send one message in four twice'],
    problems: [],
  });
});

test('one of several scenarios', async () => {
  expect(await lintFiles([`${two}#2`])).toEqual([
    { file: `${two}#2`, names: ['Four people run'], problems: [] },
  ]);
});

test.each([
  ['#9', 'the file has 2, #1 to #2.'],
  ['#0', 'the file has 2, #1 to #2.'],
])('%s of two scenarios is a problem', async (number, message) => {
  const file = `${two}${number}`;
  expect(await lintFiles([file])).toEqual([
    {
      file,
      names: [],
      problems: [{ file, path: '', message: `There is no scenario ${file}: ${message}` }],
    },
  ]);
});

test('the second of a file with one', async () => {
  const file = join(folder, 'walk.yaml');
  await writeFile(file, RIGHT_FILE);
  const [linted] = await lintFiles([`${file}#2`]);
  expect(linted?.problems[0]?.message).toBe(
    `There is no scenario ${file}#2: the file has only one.`,
  );
});

test('what is wrong with a file is told whichever of its scenarios is named', async () => {
  await writeFile(two, 'export default [{}, {}];');
  const [linted] = await lintFiles([`${two}#1`]);
  expect(linted?.names).toEqual([]);
  expect(linted?.problems.map(({ file }) => file)).toContain(`${two}#2`);
});

test('an empty folder is a problem, and so is what is not there', async () => {
  const empty = await mkdtemp(join(folder, 'empty-'));
  const linted = await lintFiles([empty, join(folder, 'none.yaml')]);
  expect(linted.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
    [expect.stringContaining('There are no scenario files')],
    [expect.stringContaining('There is no scenario file')],
  ]);
});
