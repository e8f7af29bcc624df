/** Many runs: jobs in child processes, and what a sweep over seeds shows. */
export { moduleBeside, taskAt } from './job.ts';
export { describeFailure } from './job-failure.ts';
export { workerExecArgv } from './worker-process.ts';
export type { JobEvent, JobFailure, JobOutcome, Perform, Task, TaskSurroundings } from './job.ts';
export { defaultWorkers, runJobs } from './run-jobs.ts';
export type { RunJobsOptions } from './run-jobs.ts';
export type { RunJob } from './run-task.ts';
export { runSweep } from './sweep.ts';
export type { SweepEvent, SweepOptions } from './sweep.ts';
export { SweepTally } from './sweep-tally.ts';
