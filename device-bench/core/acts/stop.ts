/** How the kit stops a device that streams. */
import { COMMAND_RETRIES, encodeHostCommand } from '../../../firmware-protocol/index.ts';
import { isReading, responseOf, wait } from './act.ts';
import type { Act } from './act.ts';
import { ask, nextTag } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';

/** How long the kit watches for readings behind the response to STOP. */
const QUIET_MS = 600;
/** How long the last STOP of the kit waits for its answer: the device may be gone. */
const FAREWELL_WAIT_MS = 500;

/** Sends STOP until the device is quiet, and says whether it is. */
export function* stopStream(dialogue: Dialogue): Act<boolean> {
  for (let tries = 0; tries <= COMMAND_RETRIES; tries++) {
    yield* ask(dialogue, { kind: 'stop' });
    const { lines } = yield* wait(QUIET_MS);
    if (!lines.some(isReading)) return true;
  }
  return false;
}

/** The last words of the kit: STOP until it is answered. Says whether the device goes on streaming all the same. */
export function* sayFarewell(dialogue: Dialogue): Act<boolean> {
  yield { kind: 'act', name: 'farewell' };
  let isAnswered = false;
  for (let tries = 0; tries <= COMMAND_RETRIES && !isAnswered; tries++) {
    const line = encodeHostCommand(nextTag(dialogue), { kind: 'stop' });
    yield { kind: 'send', bytes: dialogue.isTyped ? 'STOP\r\n' : line };
    const { met } = yield* wait(FAREWELL_WAIT_MS, (heard) => responseOf(heard) !== undefined);
    isAnswered = met !== undefined;
  }
  const { lines } = yield* wait(QUIET_MS);
  return lines.some(isReading);
}
