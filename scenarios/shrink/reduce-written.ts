/** The search: from a failing scenario to one of which nothing more can be left out. */
import { reduceValues } from './plainer-values.ts';
import { reduceDevices, reduceFaults, reducePeople, reduceTime } from './reductions.ts';
import type { Trials } from './trials.ts';
import type { Written } from './written-edits.ts';

/** What is reduced, from coarse to fine. */
export type ReducePhase = 'people' | 'devices' | 'time' | 'faults' | 'values';

type Reduce = (written: Written, trials: Trials) => Promise<Written>;

const PHASES: readonly (readonly [ReducePhase, Reduce])[] = [
  ['people', reducePeople],
  ['devices', reduceDevices],
  ['time', reduceTime],
  ['faults', reduceFaults],
  ['values', reduceValues],
];

/**
 * Reduces a failing scenario, phase by phase, until none of them finds anything more to leave out. What one phase takes
 * away may have been all that something else was needed for, which is why all of them begin again. `onPhase` is told
 * what begins, and what is left by then.
 */
export async function reduceWritten(
  failing: Written,
  trials: Trials,
  onPhase?: (phase: ReducePhase, left: Written) => void,
): Promise<Written> {
  let left = failing;
  for (let before: Written | undefined; before !== left;) {
    before = left;
    for (const [phase, reduce] of PHASES) {
      onPhase?.(phase, left);
      const less = await reduce(left, trials);
      if (JSON.stringify(less) !== JSON.stringify(left)) left = less;
    }
  }
  return left;
}
