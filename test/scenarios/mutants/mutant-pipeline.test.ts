import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { mutantPipeline } from '../../../scenarios/mutants/mutant-pipeline.ts';
import type { Mutant } from '../../../scenarios/mutants/mutant.ts';
import { runScenario } from '../../../scenarios/run/run-scenario.ts';
import { smallPlan } from '../run/small-plan.ts';

const APPENDING = MUTANTS.find(({ appends, base }) => appends && base === 'strict') as Mutant;

test('a mutant runs as a pipeline of its own, and one that appends is not the same after a second run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-mutant-'));
  try {
    const result = await runScenario({
      plan: smallPlan(),
      file: 'small.yaml',
      out: join(folder, 'out'),
      pipeline: mutantPipeline(APPENDING),
    });
    expect(result.pipeline).toBe(`mutant:${APPENDING.id}`);
    const failed = result.oracles.filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ id }) => id)).toEqual(['zones.idempotence']);
    const rows = Object.entries(result.tables)
      .filter(([table]) => !table.endsWith('_landing'))
      .reduce((sum, [, table]) => sum + table.rows, 0);
    // The second run leaves every row twice: as many as there were are too many.
    expect(failed[0]?.measured).toBe(rows);
  } finally {
    await rm(folder, { recursive: true });
  }
});
