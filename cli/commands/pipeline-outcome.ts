import { AuditRefusal } from '../../pipeline/index.ts';
import type { PipelineResult } from '../../pipeline/index.ts';

/** What came of a run that ended by itself. */
export interface PipelineOutcome {
  readonly result: PipelineResult;
  /** Why the audit refused to publish, if it did: to be thrown when all is told. */
  readonly refusal: AuditRefusal | undefined;
}

/** Waits for a run; one whose zones the audit refused has a result to show too. Throws all other failures. */
export async function outcomeOf(running: Promise<PipelineResult>): Promise<PipelineOutcome> {
  try {
    return { result: await running, refusal: undefined };
  } catch (error) {
    if (!(error instanceof AuditRefusal)) throw error;
    return { result: error.result, refusal: error };
  }
}
