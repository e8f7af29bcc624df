/** What a call did not run, or ran without testing it: a list of results that all pass would hide it. */
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import type { RunDocument } from '../run/result.ts';
import type { SweepSummary, Unexercised } from '../run/sweep-summary.ts';

/** One thing that is not tested. */
export interface Omission {
  readonly kind: 'environment' | 'stopped' | 'unexercised';
  /** What it belongs to: a scenario at a seed, a scenario, or the whole call. */
  readonly subject: string;
  /** What should have held. */
  readonly claim: string;
  /** One sentence. */
  readonly reason: string;
}

/** Everything that a run did not test: the reason why it does not pass although all of its results may. */
export function findOmissions({ notRun = [], sweep }: RunDocument): Omission[] {
  const stopped = sweep?.stopped === true ? [sweep] : [];
  return [
    ...notRun.map(({ file, seed, reason }): Omission => ({
      kind: 'environment',
      subject: `${file} (seed ${seed})`,
      claim: 'The scenario can be run here',
      reason,
    })),
    ...stopped.map((each): Omission => ({
      kind: 'stopped',
      subject: 'The sweep',
      claim: 'All runs were done',
      reason: tellStopped(each),
    })),
    ...(sweep?.unexercised ?? []).map((each): Omission => ({
      kind: 'unexercised',
      subject: each.file,
      claim: `Some seed exercises ${each.oracle}`,
      reason: tellUnexercised(each),
    })),
  ];
}

/** After how many runs a sweep was stopped, as a sentence. */
export function tellStopped({ done, planned }: Pick<SweepSummary, 'done' | 'planned'>): string {
  return `Stopped after ${formatCount(done)} of ${formatPlural(planned, 'run')}.`;
}

/** What no seed of a scenario exercised, as a sentence. */
export function tellUnexercised({ file, oracle }: Unexercised): string {
  return oracle.startsWith('sometimes.')
    ? `In no seed of ${file} there was ${oracle.slice('sometimes.'.length)}.`
    : `No seed of ${file} gave ${oracle} a chance to fail.`;
}
