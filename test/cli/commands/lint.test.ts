import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintCommand } from '../../../cli/commands/lint.ts';
import { UsageError } from '../../../cli/exit-codes.ts';
import { RIGHT_FILE } from '../../scenarios/reading/wrong-files.ts';
import { runCommand } from './printed.ts';
import type { Printed } from './printed.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-lint-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

function lint(...args: readonly string[]): Promise<Printed> {
  return runCommand(lintCommand, 'lint', ...args);
}

test('files with nothing wrong are counted', async () => {
  const files = [await write('a.yaml', RIGHT_FILE), await write('b.yaml', RIGHT_FILE)];
  expect(await lint(files[0] as string)).toEqual({
    stdout: '1 scenario: nothing wrong.\n',
    stderr: '',
    exitCode: undefined,
  });
  expect((await lint(folder)).stdout).toBe('2 scenarios: nothing wrong.\n');
});

test('each problem has a line with its place; then the exit code is 2', async () => {
  const file = await write('a.yaml', RIGHT_FILE.replace('lost: 0', 'lost: -1').replace('4', 'x'));
  await write('b.yaml', RIGHT_FILE);
  const { stdout, exitCode } = await lint(folder);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(`${file}:5:14: world.customers: expected a number; found "x"`);
  expect(lines[1]).toMatch(`${file}:9:17: expect.landing.lost: `);
  expect(lines[2]).toBe('2 problems in 1 of 2 files.');
  expect(exitCode).toBe(2);
});

test('a file that is not there is a problem like others, and costs the rest nothing', async () => {
  const file = await write('a.yaml', RIGHT_FILE);
  const { stdout, exitCode } = await lint(file, 'phone-sends-twize', '--json');
  expect(JSON.parse(stdout)).toEqual({
    files: [
      { file, names: ['Four people walk'], problems: [] },
      {
        file: 'phone-sends-twize',
        names: [],
        problems: [
          {
            file: 'phone-sends-twize',
            path: '',
            message: expect.stringContaining('did you mean "phone-sends-twice"?') as string,
          },
        ],
      },
    ],
    problems: 1,
  });
  expect(exitCode).toBe(2);
});

test('where the JSON Schema is', async () => {
  const { stdout } = await lint('--schema');
  expect(stdout).toMatch(/scenarios\/schema\.json\n$/);
  expect(JSON.parse((await lint('--schema', '--json')).stdout)).toEqual({ schema: stdout.trim() });
});

test.each([
  [[], 'Nothing to check. Name scenario files or folders'],
  [['a.yaml', '--schema'], '--schema checks no files'],
])('%j is a wrong command line', async (args, message) => {
  const failure: unknown = await lint(...args).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(failure).toMatchObject({ message: expect.stringContaining(message) as string });
});
