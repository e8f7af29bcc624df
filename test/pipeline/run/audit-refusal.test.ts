import { expect, it } from 'vitest';
import type { AuditFinding } from '../../../pipeline/audit/index.ts';
import { PipelineError } from '../../../pipeline/pipeline-error.ts';
import { requireSound } from '../../../pipeline/run/audit-refusal.ts';
import type { AuditRefusal } from '../../../pipeline/run/audit-refusal.ts';
import type { PipelineResult } from '../../../pipeline/run-pipeline.ts';

const finding: AuditFinding = {
  id: 'consent-missing',
  rows: 1,
  title: 'One row has no consent.',
  example: 'One.',
  why: 'Because.',
  fix: 'Mend it.',
  breaks: true,
};

const resultOf = (policy: 'strict' | 'classic', breaks: boolean): PipelineResult =>
  ({ policy, audit: [{ ...finding, breaks }] }) as unknown as PipelineResult;

it('refuses what the audit found unsound, with the whole result', () => {
  const result = resultOf('strict', true);
  let refusal: unknown;
  try {
    requireSound(result);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(PipelineError);
  expect(refusal).toMatchObject({
    name: 'PipelineError',
    code: 'AUDIT_FAILED',
    message: expect.stringContaining('One row has no consent.') as string,
  });
  expect((refusal as AuditRefusal).result).toBe(result);
});

it('lets everything else pass', () => {
  for (const result of [resultOf('strict', false), resultOf('classic', true)]) {
    expect(() => requireSound(result)).not.toThrow();
  }
});
