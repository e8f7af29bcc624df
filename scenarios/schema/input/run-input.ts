/** The key `run` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Duration } from './quantities.ts';

/** How long the world lasts, and how it is run. */
export type RunInput = {
  /** How long the world lasts: at least 30 s plus 180 s for each session of a household. */
  readonly duration: Duration;
  /** Virtual time with links in memory, or real time with real links. */
  readonly mode?: 'sim' | 'live' | undefined;
  /** Range of seeds, both ends included; a run without --seed takes the first. */
  readonly seeds?: string | undefined;
  /** How many times faster than real time a live run goes; without effect in sim. */
  readonly speed?: number | undefined;
};
