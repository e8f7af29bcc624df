import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeLedger } from '../../../scenarios/run/ledger-file.ts';
import type { Bin } from '../../../scenarios/evidence/bins.ts';
import type { Truth } from '../../../simulator/index.ts';
import { smallReadings } from '../small-world.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-ledger-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(readings: readonly Truth[], bins: readonly Bin[]): Promise<unknown[]> {
  const path = join(folder, 'ledger.ndjson');
  await writeLedger(path, readings, bins);
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as unknown);
}

test('each reading stands on a line of its own with what is known of it and its bin', async () => {
  const readings = smallReadings();
  const bins = readings.map(({ kind }): Bin => (kind === 'distance' ? 'landed' : 'lost'));
  const lines = await write(readings, bins);
  expect(lines).toEqual(readings.map((truth, id) => ({ ...truth, bin: bins[id] })));
});

test('a ledger longer than what is written in one go is complete and in order', async () => {
  const [first] = smallReadings();
  const readings = Array.from({ length: 2_500 }, (_, id) => ({ ...(first as Truth), id }));
  const lines = await write(
    readings,
    readings.map(() => 'landed'),
  );
  expect(lines.map((line) => (line as Truth).id)).toEqual(readings.map(({ id }) => id));
});

test('an empty ledger is an empty file', async () => {
  const path = join(folder, 'ledger.ndjson');
  await writeLedger(path, [], []);
  expect(await readFile(path, 'utf8')).toBe('');
});
