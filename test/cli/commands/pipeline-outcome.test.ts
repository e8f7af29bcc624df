import { expect, it } from 'vitest';
import { outcomeOf } from '../../../cli/commands/pipeline-outcome.ts';
import { AuditRefusal, PipelineError } from '../../../pipeline/index.ts';
import type { PipelineResult } from '../../../pipeline/index.ts';

const RESULT = { policy: 'strict' } as PipelineResult;

it('has the result of a run that published, and of one that the audit refused', async () => {
  expect(await outcomeOf(Promise.resolve(RESULT))).toEqual({ result: RESULT, refusal: undefined });
  const refusal = new AuditRefusal('Refused.', RESULT);
  expect(await outcomeOf(Promise.reject(refusal))).toEqual({ result: RESULT, refusal });
});

it('passes other failures on', async () => {
  const failure = new PipelineError('DISK_FULL', 'Full.');
  await expect(outcomeOf(Promise.reject(failure))).rejects.toBe(failure);
});
