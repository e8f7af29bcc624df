/** The acts at the beginning: is anybody there, and who. */
import { BOOT_MS_MAX, COMMAND_RETRIES, LINE_END } from '../../../firmware-protocol/index.ts';
import type { MeantResponse } from '../meant-line.ts';
import { isFramed, isReading, wait } from './act.ts';
import type { Act, ReceivedLine } from './act.ts';
import { ask, askLine } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { countOdd, isNoise } from '../noise.ts';
import { quieten } from './stop.ts';

/** How long a device may take to say that it has booted, with what a host may add. */
const BOOT_WAIT_MS = BOOT_MS_MAX + 500;
/** How long the kit watches whether a device that has just booted sends readings unasked. */
const WATCH_MS = 700;
/** A device that runs already is listened to for so long before the kit says anything. */
const LISTEN_MS = 300;
/** Bytes that are no text, beyond which asking again is no use. */
const NOISE_BYTES_MAX = 256;

/** Waits for a late boot, and quietens a device that streams already. Gives what was heard. */
export function* greet(dialogue: Dialogue): Act<readonly ReceivedLine[]> {
  yield { kind: 'act', name: 'greet' };
  const first = yield* wait(BOOT_WAIT_MS, isFramed);
  // What comes first may be left over from before a restart that opening the port has caused.
  const isRunning = first.met !== undefined && first.met.meant?.kind !== 'boot';
  const second = yield* wait(
    isRunning ? LISTEN_MS : 0,
    (line) => line.meant?.kind === 'boot' && isRunning,
  );
  const hasBooted = first.met?.meant?.kind === 'boot' || second.met !== undefined;
  const third = yield* wait(hasBooted ? WATCH_MS : 0);
  const lines = [...first.lines, ...second.lines, ...third.lines];
  // Ends whatever line the device believes to be in.
  yield { kind: 'send', bytes: LINE_END };
  const last = yield* wait(LISTEN_MS);
  if ([...lines, ...last.lines].some(isReading)) yield* quieten(dialogue);
  return [...lines, ...last.lines];
}

/** What came of asking who is there. */
export interface Introduction {
  /** The answer to `ID?`, if there is any. */
  readonly answer: MeantResponse | undefined;
  readonly lines: readonly ReceivedLine[];
  /** What has come of a line that has not ended. */
  readonly unfinished: string;
}

/** Asks who is there and what it can do; `heard` came before. */
export function* identify(
  dialogue: Dialogue,
  heard: readonly ReceivedLine[] = [],
): Act<Introduction> {
  yield { kind: 'act', name: 'identify' };
  const answer = yield* askWho(dialogue, heard);
  if (answer !== undefined) yield* readCapabilities(dialogue);
  const { lines, unfinished } = yield* wait(answer === undefined ? LISTEN_MS : 0);
  return { answer, lines: [...dialogue.firstLines, ...lines], unfinished };
}

/** Asks again and again, in the end without CRC, unless there is so much noise that it is no use. */
function* askWho(
  dialogue: Dialogue,
  heard: readonly ReceivedLine[],
): Act<MeantResponse | undefined> {
  let answer: MeantResponse | undefined;
  for (let tries = 0; tries <= COMMAND_RETRIES && answer === undefined; tries++) {
    answer = yield* ask(dialogue, { kind: 'identify' });
    const { unfinished } = yield* wait(0);
    if (isMuchNoise([...heard, ...dialogue.firstLines], unfinished)) return answer;
  }
  const isCrcRefused = answer?.kind === 'error' && answer.code === 1;
  if (answer !== undefined && !isCrcRefused) return answer;
  const typed = yield* askLine(dialogue, `ID?${LINE_END}`, '');
  dialogue.isTyped = typed !== undefined;
  return typed ?? answer;
}

/** A ROM may make some noise at a boot. */
function isMuchNoise(heard: readonly ReceivedLine[], unfinished: string): boolean {
  const bytes = heard.map((line) => line.bytes).join('') + unfinished;
  return countOdd(bytes) > NOISE_BYTES_MAX && isNoise(heard, unfinished);
}

function* readCapabilities(dialogue: Dialogue): Act {
  const answer = yield* ask(dialogue, { kind: 'capabilities' });
  if (answer?.kind !== 'caps') return;
  dialogue.maxRateHz = Number.isNaN(answer.maxRateHz) ? 0 : answer.maxRateHz;
  dialogue.options = answer.options;
}
