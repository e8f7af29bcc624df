/** What the acts know about the device, and how they ask it. */
import {
  ANSWER_MS_MAX,
  encodeHostCommand,
  LINE_END,
  MAX_LINE_BYTES,
  RATE_HZ_MAX,
} from '../../../firmware-protocol/index.ts';
import type { HostCommand, Level } from '../../../firmware-protocol/index.ts';
import { ANSWER_WAIT_MS, HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { MeantResponse } from '../meant-line.ts';
import { responseOf, wait } from './act.ts';
import type { Act, Happening, ReceivedLine } from './act.ts';

/** Tags of the last commands, by which a second response to one of them is known. */
const TAGS_REMEMBERED = 4;
/** Bytes of a reading on the line. */
const READING_BYTES = 40;
/** How long the kit listens for a second response, besides the time of its bytes. */
const SETTLE_MS = 20;
/** Lines of either side that are kept to tell what a device is that does not answer. */
const FIRST_LINES = 200;
/** A line of a kind that was not answered so often is waited for shortly. */
const SILENCES_MAX = 2;
const SHORT_WAIT_MS: number = ANSWER_MS_MAX + 1.5 * HOST_ALLOWANCE_MS;
/** What readings may take of the line when it is not to be overloaded. */
const SHARE_OF_LINE = 0.55;
/** What a device is asked for that does not say how fast it can be. */
const UNKNOWN_HZ = 10;

/** Everything that the acts find out and share. */
export interface Dialogue {
  readonly level: Level;
  readonly byteMs: number;
  readonly canReset: boolean;
  readonly seed: string;
  maxRateHz: number;
  options: readonly string[];
  /** True for a device that refuses commands with the right CRC; it is asked without. */
  isTyped: boolean;
  tagNumber: number;
  readonly lastTags: string[];
  /** How many lines in a row were not answered. */
  silentRow: number;
  /** The first lines that came while the kit asked. */
  readonly firstLines: ReceivedLine[];
  /** The first lines that were asked. */
  readonly firstSent: string[];
  /** How often lines of a kind were not answered. */
  readonly silences: Map<string, number>;
}

/** A dialogue that has not begun. */
export function beginDialogue(
  known: Pick<Dialogue, 'level' | 'byteMs' | 'canReset' | 'seed'>,
): Dialogue {
  return {
    ...known,
    maxRateHz: 0,
    options: [],
    isTyped: false,
    tagNumber: 0,
    lastTags: [],
    silentRow: 0,
    firstLines: [],
    firstSent: [],
    silences: new Map(),
  };
}

/** True when the kit tests a level at all. */
export function reaches(dialogue: Dialogue, level: Level): boolean {
  return dialogue.level >= level;
}

/** True for a device that sends a reading for each step. */
export function isStepwise({ options }: Dialogue): boolean {
  return options.includes('STEP');
}

/** A tag that no command of the last ones had: one to four letters and digits. */
export function nextTag(dialogue: Dialogue): string {
  dialogue.tagNumber++;
  return `k${dialogue.tagNumber % 1000}`;
}

/** The rate at which the line has room for commands and answers besides the readings, in Hz. */
export function easyRateHz(dialogue: Dialogue, wishedHz: number): number {
  const roomHz =
    dialogue.byteMs === 0
      ? RATE_HZ_MAX
      : Math.floor((SHARE_OF_LINE * 1000) / (READING_BYTES * dialogue.byteMs));
  return Math.max(1, Math.min(wishedHz, dialogue.maxRateHz || UNKNOWN_HZ, roomHz));
}

/** Asks with tag and CRC, and waits for the answer and a little longer. */
export function* ask(dialogue: Dialogue, command: HostCommand): Act<MeantResponse | undefined> {
  const tag = nextTag(dialogue);
  const line = encodeHostCommand(tag, command);
  return yield* askLine(dialogue, dialogue.isTyped ? withoutCrc(line) : line, tag);
}

/** A command line as somebody would type it. */
export function withoutCrc(line: string): string {
  return line.replace(/\*.*$/s, '') + LINE_END;
}

/** Sends a line and waits for whatever answers it; `tag` is that of the line. */
export function* askLine(
  dialogue: Dialogue,
  bytes: string,
  tag: string,
): Act<MeantResponse | undefined> {
  yield { kind: 'send', bytes };
  const bytesMs = (bytes.length + 2 * MAX_LINE_BYTES) * dialogue.byteMs;
  const kind = kindOf(bytes);
  const silences = dialogue.silences.get(kind) ?? 0;
  // What was not answered twice is not waited for as long again.
  const waitMs = silences < SILENCES_MAX ? ANSWER_WAIT_MS : SHORT_WAIT_MS;
  const { met, lines } = yield* wait(waitMs + bytesMs, (line) => {
    const response = responseOf(line);
    return response !== undefined && isFor(response.tag, tag, dialogue);
  });
  remember(dialogue, tag);
  if (dialogue.firstSent.length < FIRST_LINES) dialogue.firstSent.push(bytes);
  dialogue.firstLines.push(...lines.slice(0, FIRST_LINES - dialogue.firstLines.length));
  dialogue.silentRow = met === undefined ? dialogue.silentRow + 1 : 0;
  dialogue.silences.set(kind, met === undefined ? silences + 1 : 0);
  if (met !== undefined) yield* settle(dialogue);
  return responseOf(met);
}

/** Lines that a device that does not answer one of them mostly does not answer either. */
function kindOf(bytes: string): string {
  const verb = /^(?:@\S* )?([A-Z]+\??)/.exec(bytes)?.[1] ?? '';
  return ['ID?', 'CAPS?', 'START', 'STOP', 'SYNC', 'PING'].includes(verb) ? verb : 'other';
}

/** Waits for as long as a second response would take. */
export function* settle(dialogue: Dialogue): Act<Happening> {
  return yield* wait(SETTLE_MS + MAX_LINE_BYTES * dialogue.byteMs);
}

function isFor(found: string, due: string, { lastTags }: Dialogue): boolean {
  // A wrong tag is an answer too, unless it belongs to an earlier command.
  return found === due || found === '' || !lastTags.includes(found);
}

function remember(dialogue: Dialogue, tag: string): void {
  if (tag === '') return;
  dialogue.lastTags.push(tag);
  if (dialogue.lastTags.length > TAGS_REMEMBERED) dialogue.lastTags.shift();
}
