/** Two processes, one plan: everything that must be the same is, to the byte. CI checks the whole catalogue by the command. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runStedi, temporaryFolder } from './stedi.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** The files of a run that are promised to be the same, by path. Of the zones only the rows are, not the files. */
async function exactFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const exact = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('zones'))
    .toSorted();
  const contents = await Promise.all(exact.map((name) => readFile(join(folder, name), 'latin1')));
  return new Map(exact.map((name, index) => [name, contents[index] ?? '']));
}

test('--check-determinism keeps one of two runs: what a process without it leaves', async () => {
  const [checked, plain] = [await temporaryFolder(), await temporaryFolder()];
  const args = ['run', 'garbled-serial-line', '--seed', '7', '--json', '--out'];
  const [check, run] = await Promise.all([
    runStedi([...args, checked, '--check-determinism']),
    runStedi([...args, plain]),
  ]);
  expect(check.code).toBe(0);
  expect(check.stdout).toBe(run.stdout);
  expect(check.stderr).toContain('and nothing differed');
  const name = 'garbled-serial-line-strict-sim-seed7';
  expect((await readdir(checked)).toSorted()).toEqual([name, 'report.html']);
  const [left, right] = [
    await exactFiles(join(checked, name)),
    await exactFiles(join(plain, name)),
  ];
  const names = [...left.keys()];
  expect(names).toEqual(expect.arrayContaining(['ledger.ndjson', 'plan.json', 'result.json']));
  expect(names.filter((path) => path.startsWith('landing')).length).toBeGreaterThan(5);
  expect(right).toEqual(left);
});
