/** A task that leaves something like a run, without one; a test says by the file's name how that goes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScenarioResult } from '../../../scenarios/index.ts';
import type { Perform, RunJob } from '../../../scenarios/sweep/index.ts';

/** What goes wrong with a run: chance has a hand in it, or it cannot be done a second time. */
export type Way = 'same' | 'chance' | 'unrepeatable' | 'deadly';

export const perform: Perform<RunJob, ScenarioResult> = async ({ file, out, trace }) => {
  const way = file as Way;
  const isDouble = out.endsWith('-again');
  if (way === 'unrepeatable' && isDouble) throw new RangeError('The disk is full.');
  if (way === 'deadly' && isDouble) process.exit(9);
  await mkdir(out);
  await writeFile(join(out, 'plan.json'), way);
  if (trace !== undefined) {
    await writeFile(trace, `1 begin\n2 ${way === 'chance' ? Math.random() : 'end'}\n`);
  }
  return {} as ScenarioResult;
};
