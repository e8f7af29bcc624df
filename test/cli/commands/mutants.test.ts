import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mutantsCommand } from '../../../cli/commands/mutants.ts';
import { EXIT } from '../../../cli/exit-codes.ts';
import { runCommand } from './printed.ts';
import type { Printed } from './printed.ts';

const WALK = `version: 1
name: Three people walk
world: { start: 2022-06-18T15:00:00Z, customers: 3, consent: { research: 100% } }
run: { duration: 4m }
expect: { zones.schema: 0, zones.duplicates: 0 }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-mutants-'));
  await writeFile(join(folder, 'walk.yaml'), WALK);
});
afterEach(() => rm(folder, { recursive: true }));

function runMutants(...args: readonly string[]): Promise<Printed> {
  return runCommand(mutantsCommand, 'mutants', '--workers', '1', ...args);
}

test('chosen scenarios are not blamed for mutants that they do not exercise', async () => {
  const file = join(folder, 'walk.yaml');
  const { stdout, exitCode } = await runMutants(
    '--json',
    '--scenario',
    file,
    '--mutant',
    'm33',
    'M85',
  );
  const sheet = JSON.parse(stdout) as Record<string, unknown>;
  expect(sheet).toMatchObject({
    verdict: 'pass',
    scope: 'chosen',
    survivors: [],
    broken: [],
    mutants: [
      { id: 'M33', status: 'killed', killedBy: [{ oracle: 'zones.schema' }] },
      { id: 'M85', status: 'not exercised', killedBy: [] },
    ],
  });
  expect(exitCode).toBe(EXIT.PASS);
}, 60_000);

test('a mutant that there is not, or that is none of the pipeline, is a wrong command line', async () => {
  await expect(runMutants('--mutant', 'M999')).rejects.toThrow('There is no mutant M999.');
  await expect(runMutants('--mutant', 'M01', '--pipeline', 'classic')).rejects.toThrow(
    'None of these mutants is one of classic.',
  );
});
