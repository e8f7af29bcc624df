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

test.each(['garbled-serial-line', 'phone-sends-twice'])(
  '%s, run by two processes',
  async (scenario) => {
    const folders = [await temporaryFolder(), await temporaryFolder()];
    const outcomes = await Promise.all(
      folders.map((out) => runStedi(['run', scenario, '--seed', '7', '--out', out, '--json'])),
    );
    const [first, second] = outcomes;
    expect(first?.code).toBe(0);
    expect(second?.stdout).toBe(first?.stdout);
    const name = `${scenario}-strict-sim-seed7`;
    const [left, right] = await Promise.all(folders.map((out) => exactFiles(join(out, name))));
    const names = [...(left ?? [])].map(([path]) => path);
    expect(names).toEqual(expect.arrayContaining(['ledger.ndjson', 'plan.json', 'result.json']));
    expect(names.filter((path) => path.startsWith('landing')).length).toBeGreaterThan(5);
    expect(right).toEqual(left);
  },
);

test('--check-determinism passes through the command, and keeps one of the two runs', async () => {
  const out = await temporaryFolder();
  const args = ['run', 'phone-sends-twice', '--check-determinism', '--out', out];
  const { code, stdout } = await runStedi(args);
  expect(code).toBe(0);
  expect(stdout).toContain('passed');
  expect((await readdir(out)).toSorted()).toEqual([
    'phone-sends-twice-strict-sim-seed1',
    'report.html',
  ]);
});
