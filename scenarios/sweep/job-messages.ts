/** What the parent process and a worker tell each other. */
import type { JobFailure } from './job.ts';

/** From the parent to a worker, which does one job at a time. */
export type WorkerOrder =
  | { readonly kind: 'begin'; readonly module: string; readonly input: unknown }
  | { readonly kind: 'stop' };

/** From a worker to the parent, about the job that it was given last. */
export type WorkerReport =
  | { readonly kind: 'progress'; readonly stage: string; readonly share: number }
  | {
      readonly kind: 'done';
      readonly value: unknown;
      readonly ms: number;
      /** What the worker's process holds in memory now, in bytes. */
      readonly memoryBytes: number;
    }
  | {
      readonly kind: 'failed';
      readonly failure: JobFailure;
      readonly ms: number;
      readonly memoryBytes: number;
    };
