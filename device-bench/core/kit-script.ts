/** The order of the acts. */
import type { Act, ReceivedLine } from './acts/act.ts';
import { isFramed, isReading, wait } from './acts/act.ts';
import { askCommands, provokeErrors, sendGarbage } from './acts/commands.ts';
import { reaches } from './acts/dialogue.ts';
import type { Dialogue } from './acts/dialogue.ts';
import { greet, identify } from './acts/greet.ts';
import { restart, restartInStream, restartKinds, wrap } from './acts/restarts.ts';
import { idle, overload, restartStream, stream } from './acts/streams.ts';
import { isNoise } from './noise.ts';
import { describeSilence } from './silence.ts';
import { offersSync, synchronise } from './acts/sync.ts';

/** A device that leaves so many lines in a row unanswered has gone silent. */
const SILENCES_MAX = 6;
const SILENT = 'The device has stopped answering.';
/** How long a device that hears nothing is listened to. */
const LISTEN_MS = 6_000;
const RECORD = /^\s*[{[]/;

/** How many acts a device takes that can be restarted in both ways. */
export const ACTS_MAX = 17;

/** One act after the other. Gives the reason when the kit has to end before the last. */
export function* playActs(dialogue: Dialogue): Act<string | undefined> {
  const heard = yield* greet(dialogue);
  const { lines, answer, unfinished } = yield* identify(dialogue, heard);
  const all = [...heard, ...lines];
  if (answer === undefined || isNoise(all, unfinished)) {
    return yield* listen(all, unfinished, dialogue.firstSent);
  }
  for (const act of actsAtRest(dialogue)) {
    yield* act;
    if (dialogue.silentRow >= SILENCES_MAX) return SILENT;
  }
  if (!(yield* stream(dialogue))) {
    return dialogue.silentRow >= SILENCES_MAX
      ? SILENT
      : 'The device does not stop sending readings.';
  }
  yield* restartStream(dialogue);
  if (dialogue.silentRow >= SILENCES_MAX) return SILENT;
  yield* idle();
  if (offersSync(dialogue)) yield* synchronise(dialogue, false);
  if (!(yield* overload(dialogue))) return 'The device cannot be spoken to after an overload.';
  return yield* playRestarts(dialogue);
}

function actsAtRest(dialogue: Dialogue): readonly Act[] {
  return [
    ...(reaches(dialogue, 'L3') ? [synchronise(dialogue, true)] : []),
    ...(reaches(dialogue, 'L2')
      ? [askCommands(dialogue), provokeErrors(dialogue), sendGarbage(dialogue)]
      : []),
  ];
}

function* playRestarts(dialogue: Dialogue): Act<undefined> {
  const kinds = restartKinds(dialogue);
  for (const kind of kinds) yield* restart(dialogue, kind);
  if (kinds.includes('REBOOT')) yield* wrap(dialogue);
  for (const kind of kinds) yield* restartInStream(dialogue, kind);
}

/** Nobody answers: readings are judged by themselves, if there are any. */
function* listen(
  heard: readonly ReceivedLine[],
  unfinished: string,
  sent: readonly string[],
): Act<string | undefined> {
  const isRaw = !heard.some(isFramed) && heard.some(({ bytes }) => RECORD.test(bytes));
  const isHopeful = !isNoise(heard, unfinished) && (isRaw || heard.some(isReading));
  if (!isHopeful) return describeSilence(heard, unfinished, sent);
  yield { kind: 'act', name: isRaw ? 'records' : 'listen' };
  yield* wait(LISTEN_MS);
  return undefined;
}
