import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedPipeline } from '../../../scenarios/run/pipeline-under-test.ts';
import type { PipelineTask } from '../../../scenarios/run/pipeline-under-test.ts';
import { runScenario } from '../../../scenarios/run/run-scenario.ts';
import { smallPlan } from './small-plan.ts';

test('a run asks the pipeline that it is given, twice where an oracle wants to know what that changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-pipeline-'));
  const tasks: PipelineTask[] = [];
  const classic = shippedPipeline('classic');
  try {
    const result = await runScenario({
      plan: smallPlan(),
      file: 'small.yaml',
      out: join(folder, 'out'),
      pipeline: {
        name: 'ours',
        expects: 'classic',
        run: (task) => {
          tasks.push(task);
          return classic.run(task);
        },
      },
    });
    expect(result.pipeline).toBe('ours');
    expect(result.repro).toBe('npx stedi run small.yaml --seed 1 --mode sim --pipeline ours');
    expect(result.oracles.find(({ id }) => id === 'zones.idempotence')).toMatchObject({
      verdict: 'pass',
    });
    expect(tasks).toHaveLength(2);
    expect(tasks[0]).toEqual(tasks[1]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each(['strict', 'classic'] as const)(
  '%s is held to what it promises itself',
  async (policy) => {
    const pipeline = shippedPipeline(policy);
    expect(pipeline).toMatchObject({ name: policy, expects: policy });
    await expect(
      pipeline.run({ landing: join(tmpdir(), 'stedi-no-such-landing'), out: join(tmpdir(), 'x') }),
    ).rejects.toMatchObject({ code: 'LANDING_NOT_FOUND' });
  },
);
