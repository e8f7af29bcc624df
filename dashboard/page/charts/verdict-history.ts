/** How many rows were wrong, verdict by verdict: the curve that shows a deed's effect. */
import type { DemoPolicy, Verdict } from '../../api.ts';

/** So many points at most; then every other one goes, so that long runs hold their memory. */
export const POINTS_MAX = 1_200;

/** A point of the curve: time of the world in seconds, and rows of the ML table that are not right. */
export interface HistoryPoint {
  readonly atSeconds: number;
  readonly wrong: Readonly<Record<DemoPolicy, number>>;
}

/** The history with a verdict more. A verdict that is not newer than the last one is not told twice. */
export function withVerdict(history: readonly HistoryPoint[], verdict: Verdict): HistoryPoint[] {
  const atSeconds = verdict.asOfMs / 1_000;
  const last = history.at(-1);
  if (last !== undefined && last.atSeconds >= atSeconds) return [...history];
  const kept =
    history.length < POINTS_MAX ? history : history.filter((_, index) => index % 2 === 0);
  const wrong = { classic: wrongRows(verdict, 'classic'), strict: wrongRows(verdict, 'strict') };
  return [...kept, { atSeconds, wrong }];
}

function wrongRows(verdict: Verdict, policy: DemoPolicy): number {
  const of = verdict.policies[policy];
  return of.tables.machine_learning_curated.rows - of.rightPairs;
}
