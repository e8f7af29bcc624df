/** The acts in which the device streams. */
import { COMMAND_RETRIES, HEARTBEAT_MS_MAX } from '../../../firmware-protocol/index.ts';
import { isReading, wait } from './act.ts';
import type { Act } from './act.ts';
import { askWrong } from './commands.ts';
import { ask, askLine, easyRateHz, isStepwise, nextTag } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { frame } from './frame.ts';
import { quieten, waitForQuiet } from './stop.ts';
import { offersSync, syncBurst } from './sync.ts';

/** How long a stream is measured. */
const STREAM_MS = 5_000;
const SHORT_STREAM_MS = 1_500;
/** How long a device may take from step to step. */
const STEP_MS_MAX = 5_000;
const OVERLOAD_MS = 1_500;
/** How long a refusal is watched in a stream, at the slow rate. */
const WATCH_MS = 700;
const SLOW_HZ = 10;
const CHANGED_HZ = 25;
/** A device that does not say what it can is asked for this rate at most. */
const UNKNOWN_HZ = 50;
const HEARTBEATS = 2;
const IDLE_MS_MAX = 2.5 * HEARTBEAT_MS_MAX;
const SILENCE_MS_MAX = HEARTBEAT_MS_MAX + 600;

/** Waits for `ms`, or for a few readings of a device that sends them step by step. */
export function* watchReadings(dialogue: Dialogue, ms: number, readings: number): Act<number> {
  let count = 0;
  if (!isStepwise(dialogue)) {
    const { lines } = yield* wait(ms);
    return lines.filter(isReading).length;
  }
  for (; count < readings; count++) {
    const { met } = yield* wait(STEP_MS_MAX, isReading);
    if (met === undefined) break;
  }
  return count;
}

/** A stream at a rate that the line has room for, with questions in it. Says whether it could be stopped. */
export function* stream(dialogue: Dialogue): Act<boolean> {
  yield { kind: 'act', name: 'stream' };
  yield* ask(dialogue, { kind: 'start', rateHz: exactRateHz(dialogue) });
  yield* watchReadings(dialogue, STREAM_MS, 3);
  yield* ask(dialogue, { kind: 'ping' });
  yield* ask(dialogue, { kind: 'identify' });
  if (offersSync(dialogue)) yield* syncBurst(dialogue, false);
  yield* ask(dialogue, { kind: 'capabilities' });
  return yield* quieten(dialogue);
}

/** The rate near the greatest easy one at which a period that is cut to whole ms is furthest from right. */
function exactRateHz(dialogue: Dialogue): number {
  const most = easyRateHz(dialogue, 80);
  let best = most;
  for (let rateHz = most; rateHz > most / 2; rateHz--) {
    if (cutShare(rateHz) > cutShare(best)) best = rateHz;
  }
  return best;
}

function cutShare(rateHz: number): number {
  return 1000 / rateHz / Math.floor(1000 / rateHz);
}

/** START, the same START again, another rate, refusals in between, STOP twice, and START once more. */
export function* restartStream(dialogue: Dialogue): Act {
  yield { kind: 'act', name: 'restart-stream' };
  const slow = easyRateHz(dialogue, SLOW_HZ);
  const tag = nextTag(dialogue);
  const start = frame(`@${tag} START ${slow}`);
  yield* dialogue.isTyped
    ? ask(dialogue, { kind: 'start', rateHz: slow })
    : askLine(dialogue, start, tag);
  yield* watchReadings(dialogue, SHORT_STREAM_MS, 1);
  yield* dialogue.isTyped
    ? ask(dialogue, { kind: 'start', rateHz: slow })
    : askLine(dialogue, start, tag);
  yield* watchReadings(dialogue, SHORT_STREAM_MS, 1);
  const fast = Math.max(
    1,
    easyRateHz(dialogue, CHANGED_HZ) === slow ? slow - 1 : easyRateHz(dialogue, CHANGED_HZ),
  );
  yield* ask(dialogue, { kind: 'start', rateHz: fast });
  yield* watchReadings(dialogue, SHORT_STREAM_MS, 1);
  yield* quieten(dialogue);
  yield* ask(dialogue, { kind: 'stop' });
  yield* ask(dialogue, { kind: 'start', rateHz: slow });
  yield* watchReadings(dialogue, WATCH_MS, 1);
  for (const text of ['JUMP', 'PING 1', 'START 1001']) {
    yield* askWrong(dialogue, text);
    yield* watchReadings(dialogue, WATCH_MS, 0);
  }
  yield* askLine(dialogue, `STOP*${WRONG_CRC}\r\n`, '');
  yield* watchReadings(dialogue, WATCH_MS, 0);
  yield* quieten(dialogue);
}

/** A CRC that STOP does not have. */
const WRONG_CRC = '0000';

/** The greatest rate, with one question after the other. Says whether the device can be spoken to afterwards. */
export function* overload(dialogue: Dialogue): Act<boolean> {
  yield { kind: 'act', name: 'overload' };
  const rateHz = dialogue.maxRateHz > 0 ? dialogue.maxRateHz : UNKNOWN_HZ;
  const { nowMs } = yield* wait(0);
  yield* ask(dialogue, { kind: 'start', rateHz });
  for (let silent = 0; silent < 2;) {
    const answer = yield* ask(dialogue, { kind: 'identify' });
    if (answer === undefined) silent++;
    const happening = yield* wait(0);
    if (happening.nowMs - nowMs > OVERLOAD_MS) break;
  }
  yield* ask(dialogue, { kind: 'stop' });
  yield* ask(dialogue, { kind: 'ping' });
  yield* waitForQuiet();
  for (let tries = 0; tries <= COMMAND_RETRIES; tries++) {
    const answer = yield* ask(dialogue, { kind: 'identify' });
    if (answer !== undefined) return yield* quieten(dialogue);
  }
  return false;
}

/** Nothing at all, until two heartbeats have come or should have. */
export function* idle(): Act {
  yield { kind: 'act', name: 'idle' };
  let waitedMs = 0;
  for (let beats = 0; beats < HEARTBEATS && waitedMs < IDLE_MS_MAX; beats++) {
    const before = yield* wait(0);
    const { met, nowMs } = yield* wait(SILENCE_MS_MAX, (line) => line.meant?.kind === 'heartbeat');
    waitedMs += nowMs - before.nowMs;
    if (met === undefined) return;
  }
}
