import type { NotRun, ScenarioResult } from '../run/result.ts';
import type { JobOutcome } from './job.ts';
import type { RunJob } from './run-task.ts';

/** What is told of a run that came to no result. */
export function describeNotRun(
  outcome: Extract<JobOutcome<RunJob, ScenarioResult>, { status: 'failed' | 'crashed' }>,
): NotRun {
  const { file, plan } = outcome.job;
  const run = { file, seed: plan.seed };
  if (outcome.status === 'crashed') return { ...run, reason: outcome.reason, code: 'CRASHED' };
  const { message, code, stack } = outcome.failure;
  // What has no code is no failure that anybody foresaw: its stack is what there is to report.
  if (code === undefined) return { ...run, reason: stack ?? message, code: 'CRASHED' };
  return { ...run, reason: message, code };
}
