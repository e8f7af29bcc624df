import { whyUnsound } from '../audit/index.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { PipelineResult } from '../run-pipeline.ts';

/** AUDIT_FAILED, with all that the run found, so that whoever started it can see why. */
export class AuditRefusal extends PipelineError {
  /** What the zones would have been; none of it was published. */
  readonly result: PipelineResult;

  constructor(message: string, result: PipelineResult) {
    super('AUDIT_FAILED', message);
    this.result = result;
  }
}

/** @throws AuditRefusal when the audit found what must not be in zones */
export function requireSound(result: PipelineResult): void {
  const why = whyUnsound(result.policy, result.audit);
  if (why !== undefined) throw new AuditRefusal(why, result);
}
