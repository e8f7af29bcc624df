/** Plays cases in two processes. Each draws from a stream of its own, so that its counts hang on nothing else. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { StreamCounts } from './damaged-stream.ts';

const PROCESSES = 2;
const CHILD = new URL('wire.child.ts', import.meta.url);

/** A case by its name, and how many lines of it are wanted: damaged ones, or good ones. */
export interface WireJob {
  readonly name: string;
  readonly lines: number;
  readonly seed: number;
}

/** What each case has come to, by its name. */
export async function playJobs(jobs: readonly WireJob[]): Promise<(name: string) => StreamCounts> {
  const results = new Map<string, StreamCounts>();
  const queue = jobs.values();
  const play = async (): Promise<void> => {
    const child = fork(CHILD);
    // Both take from one queue.
    for (const job of queue) {
      child.send(job);
      const [counts] = (await once(child, 'message')) as [StreamCounts];
      results.set(job.name, counts);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: PROCESSES }, play));
  return (name) => results.get(name) as StreamCounts;
}
