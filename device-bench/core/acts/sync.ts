/** The act that synchronises clocks. */
import { wait } from './act.ts';
import type { Act } from './act.ts';
import { ask, reaches } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';

/** The host time that the first SYNC of the kit carries; the device has to give it back, whatever it means. */
const HOST_MS = 1_655_564_444_103;
/** Pauses between exchanges, in ms: fractions of a ms, so that whole ticks are hit at different places. */
const PAUSES_MS: readonly number[] = [20.1, 33.3, 47.5, 12.7, 61.9, 28.4];
/** Host times at the ends of their range, and one that fits into 31 bits. */
const ODD_HOST_MS: readonly number[] = [0, 12_345, Number.MAX_SAFE_INTEGER];

/** True when SYNC is to be tested, and the device says that it knows it. */
export function offersSync(dialogue: Dialogue): boolean {
  return reaches(dialogue, 'L3') && dialogue.options.includes('SYNC');
}

/** A burst of SYNC exchanges; `odd` adds host times that are hard to keep. */
export function* syncBurst(dialogue: Dialogue, odd: boolean): Act {
  for (const [index, pauseMs] of PAUSES_MS.entries()) {
    const answer = yield* ask(dialogue, { kind: 'sync', hostMs: HOST_MS + index * 1_000 });
    // A device that does not know the command will not learn it.
    if (answer?.kind !== 'sync') return;
    yield* wait(pauseMs);
  }
  if (!odd) return;
  for (const hostMs of ODD_HOST_MS) yield* ask(dialogue, { kind: 'sync', hostMs });
}

/** Exchanges with a device at rest. */
export function* synchronise(dialogue: Dialogue, odd: boolean): Act {
  yield { kind: 'act', name: 'sync' };
  yield* syncBurst(dialogue, odd);
}
