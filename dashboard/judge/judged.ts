/** What comes of one judgement: the verdict for the page, and what stories are told from. */
import type { DemoPolicy, Verdict } from '../api.ts';

/** A verdict with what stands behind it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly landed: LandedFacts;
  /** How many rows of all tables are about each person, by the number of the person. */
  readonly rowsOf: Readonly<Record<DemoPolicy, readonly number[]>>;
}

/** What had landed when a judgement began. Times are epoch ms of the world. */
export interface LandedFacts {
  readonly objects: number;
  /** Rows of the two tables of readings. */
  readonly rows: number;
  /** Lines and messages in quarantine, without the readings of nobody in front of a trainer: those come all the time. */
  readonly quarantined: number;
  /** Until when the customer feed tells of each person, by the number of the person; `undefined` before the first version. */
  readonly toldUntilMs: readonly (number | undefined)[];
  /** When the last reading was made that has landed; `undefined` before the first. */
  readonly readingsUntilMs: number | undefined;
  /** Rows that stand for no reading that anybody made. */
  readonly unexpected: number;
  /** Distances that landed of each person, by the number of the person. */
  readonly stepsOf: readonly number[];
  /** Phone samples that landed of each person, by the number of the person. */
  readonly samplesOf: readonly number[];
}
