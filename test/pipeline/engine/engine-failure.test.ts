import { expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { explainEngineFailure } from '../../../pipeline/engine/engine-failure.ts';
import { PipelineError } from '../../../pipeline/pipeline-error.ts';

const WORK = { step: 'claim', scratch: '/scratch' };

it('tells a memory that is too small, as DuckDB really says it', async () => {
  const engine = await Engine.open({ threads: 1, memoryLimit: '20MB' });
  try {
    const failure = await engine
      .run('CREATE TABLE t AS SELECT list(i) AS l FROM range(20000000) r(i)')
      .catch((cause: unknown) => explainEngineFailure(cause, WORK));
    expect(failure).toMatchObject({ code: 'OUT_OF_MEMORY' });
  } finally {
    engine.close();
  }
});

it('tells a full disk and where it is', () => {
  const cause = new TypeError('IO Error: Could not write file "x": No space left on device');
  const failure = explainEngineFailure(cause, WORK);
  expect(failure).toMatchObject({ code: 'DISK_FULL', cause });
  expect(failure.message).toContain('/scratch');
});

it('leaves failures that have a code, and names the step of others', () => {
  const known = new PipelineError('LANDING_CHANGED', 'It changed.');
  expect(explainEngineFailure(known, WORK)).toBe(known);
  expect(explainEngineFailure(new TypeError('Binder Error: x'), WORK)).toMatchObject({
    code: 'ENGINE_FAILED',
    message: 'DuckDB failed at the step "claim": Binder Error: x',
  });
});
