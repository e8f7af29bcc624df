/** How long to wait before something is tried again. */

const FIRST_PAUSE_MS = 500;
/** The longest pause between two attempts, in ms. */
export const PAUSE_MS_MAX = 30_000;

/**
 * The pause after the `failures`-th failure in a row (from 1), in ms: anything up to 500 ms, doubling up to half a minute.
 * The whole of it is drawn, so that many bridges do not come back at one moment. `random` gives 0 inclusive to 1 exclusive.
 */
export function backoffMs(failures: number, random: () => number): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), PAUSE_MS_MAX);
  return random() * longest;
}
