import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundRun } from '../../../scenarios/explain/find-run.ts';
import { readRunLedger } from '../../../scenarios/explain/run-ledger.ts';
import { makeRun } from './explained-run.ts';
import type { ExplainedRun } from './explained-run.ts';

let made: ExplainedRun;
let folder: string;
let lines: readonly string[];
beforeAll(async () => {
  made = await makeRun('strict');
  folder = await mkdtemp(join(tmpdir(), 'stedi-ledger-'));
  const text = await readFile(join(made.run.folder, 'ledger.ndjson'), 'utf8');
  lines = text.split('\n').filter((line) => line !== '');
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await made.remove();
});

/** The run with other lines in its ledger. */
async function runWith(changed: readonly string[]): Promise<FoundRun> {
  await writeFile(join(folder, 'ledger.ndjson'), changed.join('\n'));
  return { ...made.run, folder };
}

test('holds every reading under its id, with its bin, and the people of the run', async () => {
  const { world, entries } = await readRunLedger(made.run);
  expect(world.people).toHaveLength(3);
  expect(entries.map(({ id }) => id)).toEqual(entries.map((_entry, index) => index));
  const { bins, emitted } = made.run.result.ledger;
  expect(entries).toHaveLength(emitted);
  for (const [bin, count] of Object.entries(bins)) {
    expect([bin, entries.filter((entry) => entry.bin === bin).length]).toEqual([bin, count]);
  }
});

test('line ends of another system are line ends', async () => {
  const run = await runWith(lines.map((line) => `${line}\r`));
  expect((await readRunLedger(run)).entries).toHaveLength(lines.length);
});

test.each<readonly [what: string, change: (all: readonly string[]) => string[], told: string]>([
  ['cut in a line', (all) => [...all.slice(0, -1), '{"id":'], 'cannot be read'],
  ['cut between lines', (all) => all.slice(0, -1), ' readings are there'],
  ['without a line in the middle', (all) => all.toSpliced(4, 1), 'line 5 is not of reading 4'],
  ['with a line twice', (all) => all.toSpliced(4, 0, all[3] ?? ''), 'line 5 is not of reading 4'],
  ['empty', () => [], '0 of '],
])(
  'a ledger %s is refused: another reading would be told for the one that is asked for',
  async (_what, change, told) => {
    const run = await runWith(change(lines));
    await expect(readRunLedger(run)).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
      message: expect.stringMatching(
        new RegExp(`ledger\\.ndjson .*${told}.* Make the run again`),
      ) as string,
    });
  },
);

test('a run without a ledger is told with its path', async () => {
  const run = { ...made.run, folder: join(folder, 'none') };
  await expect(readRunLedger(run)).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    message: expect.stringContaining(join(folder, 'none', 'ledger.ndjson')) as string,
  });
});
