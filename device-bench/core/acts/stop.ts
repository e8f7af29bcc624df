/** How the kit stops a device that streams. */
import { COMMAND_RETRIES, encodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { MeantResponse } from '../meant-line.ts';
import { isReading, responseOf, wait } from './act.ts';
import type { Act } from './act.ts';
import { ask, nextTag, withoutCrc } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';

/** How long the kit watches for readings behind the response to STOP. */
const QUIET_MS = 600;
/** Readings that are still queued come out within this time, or never end. */
const DRAIN_MS_MAX = 16_000;
/** How long the last STOP of the kit waits for its answer: the device may be gone. */
const FAREWELL_WAIT_MS = 500;

/** Waits until readings have ended, and says whether they have. */
export function* waitForQuiet(): Act<boolean> {
  for (let waitedMs = 0; waitedMs <= DRAIN_MS_MAX; waitedMs += QUIET_MS) {
    const { lines } = yield* wait(QUIET_MS);
    if (!lines.some(isReading)) return true;
  }
  return false;
}

/** Sends STOP until the device is quiet, and says whether it is. */
export function* quieten(dialogue: Dialogue): Act<boolean> {
  for (let tries = 0; tries <= COMMAND_RETRIES; tries++) {
    const answer = yield* ask(dialogue, { kind: 'stop' });
    const quiet = yield* wait(QUIET_MS);
    if (!quiet.lines.some(isReading)) return true;
    if (isStopped(answer) && (yield* waitForQuiet())) return true;
  }
  return false;
}

function isStopped(answer: MeantResponse | undefined): boolean {
  return answer?.kind === 'ok' && answer.verb === 'STOP';
}

/** The last words of the kit: STOP until it is answered. Says whether the device goes on streaming all the same. */
export function* sayFarewell(dialogue: Dialogue): Act<boolean> {
  yield { kind: 'act', name: 'farewell' };
  let isAnswered = false;
  for (let tries = 0; tries <= COMMAND_RETRIES && !isAnswered; tries++) {
    const line = encodeHostCommand(nextTag(dialogue), { kind: 'stop' });
    yield { kind: 'send', bytes: dialogue.isTyped ? withoutCrc(line) : line };
    const { met } = yield* wait(FAREWELL_WAIT_MS, (heard) => responseOf(heard) !== undefined);
    isAnswered = met !== undefined;
  }
  const { lines } = yield* wait(QUIET_MS);
  return lines.some(isReading);
}
