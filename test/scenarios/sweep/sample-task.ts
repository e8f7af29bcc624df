/** A task of which a test can say how it ends. */
import type { Perform } from '../../../scenarios/sweep/index.ts';

/** What the task does: gives a number back, with the process that did it, or ends in one of the bad ways. */
export interface SampleJob {
  readonly number: number;
  readonly way?: 'fail' | 'crash' | 'kill' | 'never' | undefined;
}

/** Who did it. */
export interface SampleOutput {
  readonly number: number;
  readonly pid: number;
}

/** A failure with a code. */
class SampleError extends Error {
  override readonly name = 'SampleError';
  readonly code = 'SAMPLE';
}

export const perform: Perform<SampleJob, SampleOutput> = async ({ number, way }, surroundings) => {
  surroundings.onProgress('half', 0.5);
  if (way === 'fail') throw new SampleError(`Job ${number} cannot be done.`);
  if (way === 'crash') {
    process.stderr.write('Out of ideas.\n');
    process.exit(9);
  }
  if (way === 'kill') process.kill(process.pid, 'SIGKILL');
  if (way !== undefined) {
    await new Promise((_, reject) => {
      const { signal } = surroundings;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }
  return { number, pid: process.pid };
};
