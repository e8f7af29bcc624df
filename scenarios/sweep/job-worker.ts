/** The entry of a worker process: does the jobs that the parent sends, one after the other, in one warm process. */
import { describeFailure } from './job-failure.ts';
import type { Perform } from './job.ts';
import type { WorkerOrder, WorkerReport } from './job-messages.ts';

// Ctrl-C in a terminal reaches every process of the group; the parent alone decides what it means.
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);

let stop = new AbortController();
let working: Promise<void> = Promise.resolve();

process.on('message', (order: WorkerOrder) => {
  if (order.kind === 'stop') stop.abort(new Stopped());
  else working = perform(order);
});
// Without a parent nobody wants the output: the job cleans up after itself, and the process ends.
process.on('disconnect', () => {
  stop.abort(new Stopped());
  void working.then(() => process.exit());
});

/** The reason with which a job is stopped. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  override readonly message = 'Stopped.';
}

async function perform({ module, input }: WorkerOrder & { kind: 'begin' }): Promise<void> {
  stop = new AbortController();
  const { signal } = stop;
  const startMs = performance.now();
  const cost = (): { ms: number; memoryBytes: number } => ({
    ms: performance.now() - startMs,
    memoryBytes: process.memoryUsage.rss(),
  });
  try {
    const task = (await import(module)) as { readonly perform: Perform<unknown, unknown> };
    const value = await task.perform(input, {
      signal,
      onProgress: (stage, share) => tell({ kind: 'progress', stage, share }),
    });
    tell({ kind: 'done', value, ...cost() });
  } catch (error) {
    tell({ kind: 'failed', failure: describeFailure(error), ...cost() });
  }
}

function tell(report: WorkerReport): void {
  // A parent that is gone needs no report.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}
