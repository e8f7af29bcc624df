/** The clock of a world and the way to have something done at a time of that world. Times are epoch ms, fractions allowed. */
export interface Timers {
  now(): number;
  /** Calls `action` once, at `timeMs` or as soon after as possible; a time in the past means now. */
  at(timeMs: number, action: () => void): void;
}
