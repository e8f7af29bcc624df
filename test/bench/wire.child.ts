/** A process that plays the cases that it is told, one after the other. */
import { playCase } from './wire-cases.ts';
import type { WireJob } from './wire-jobs.ts';

process.on('message', ({ name, lines, seed }: WireJob) => {
  process.send?.(playCase(name, lines, seed));
});
