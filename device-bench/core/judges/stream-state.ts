/** When a device streams, by what it was told and by what it does. */
import type { Asked, Conversation } from '../conversation.ts';
import type { Boot, Heard } from '../restarts.ts';
import { perConversation } from './per-conversation.ts';

/** A device that has sent a reading this recently is taken to stream. */
const RECENT_MS = 400;

/** The time from a START that was accepted to the next START, STOP or restart. */
export interface Stream {
  readonly start: Asked;
  readonly rateHz: number;
  /** The START of a stream that this one has changed. */
  readonly before: Asked | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Index of the entry from which on readings belong to it. */
  readonly entry: number;
  /** Index of the entry with which it ended. */
  readonly untilEntry: number;
  readonly readings: readonly Heard[];
}

/** True for a command that was answered by `=OK` with this verb, whether it should have been or not. */
export function isDone({ answers: [first] }: Asked, verb: 'START' | 'STOP'): boolean {
  return first?.meant?.kind === 'ok' && first.meant.verb === verb;
}

/** True for a command with a verb that may be answered by `=OK`. */
export function hasVerb(asked: Asked, kind: 'start' | 'stop' | 'ping' | 'reboot'): boolean {
  return asked.due.kind === 'command' && asked.due.command.kind === kind;
}

/** The lines that are readings, with values that can be believed. */
export const readingsOf: (conversation: Conversation) => readonly Heard[] = perConversation(
  ({ values }) => {
    return values.filter((line) => line.meant?.kind === 'reading');
  },
);

/** Whether the device was told to stream before this entry of a boot, and said that it would. */
export function isTold(conversation: Conversation, boot: Boot, entry: number): boolean {
  const last = conversation.asked.findLast(
    (asked) =>
      asked.boot === boot &&
      asked.entry < entry &&
      (asked.answers[0]?.entry ?? Infinity) < entry &&
      (isDone(asked, 'START') || isDone(asked, 'STOP')),
  );
  return last !== undefined && isDone(last, 'START');
}

/** Whether the device streams when it is asked something, told or untold. */
export function isStreaming(conversation: Conversation, asked: Asked): boolean {
  return findAskedInStream(conversation).has(asked);
}

const findAskedInStream = perConversation((conversation) => {
  const readings = readingsOf(conversation);
  const isRecent = ({ boot, entry, atMs }: Asked): boolean => {
    const last = readings.findLast((line) => line.entry < entry);
    return last?.boot === boot && atMs - last.atMs < RECENT_MS;
  };
  return new Set(
    conversation.asked.filter(
      (asked) => isTold(conversation, asked.boot, asked.entry) || isRecent(asked),
    ),
  );
});

/** Whether the device streamed until a boot ended. */
export function wasStreaming(conversation: Conversation, boot: Boot | undefined): boolean {
  return boot !== undefined && isTold(conversation, boot, Number.POSITIVE_INFINITY);
}

/** The first reading of a boot that nobody has asked for, if there is one. */
export function startsUnasked(conversation: Conversation, boot: Boot): Heard | undefined {
  const reading = readingsOf(conversation).find((line) => line.boot === boot);
  if (reading === undefined) return undefined;
  const isAsked = conversation.asked.some(
    ({ boot: of, entry, text }) => of === boot && entry < reading.entry && /\bSTART\b/i.test(text),
  );
  // A port may have been opened in the middle of a stream.
  const isNew = boot.event !== undefined || boot.cause !== 'open';
  const wasSilent = conversation.asked.some(
    (asked) => asked.boot === boot && (asked.answers[0]?.entry ?? Infinity) < reading.entry,
  );
  return isAsked || !(isNew || wasSilent) ? undefined : reading;
}

/** All streams of a conversation that were asked for in the right way. */
export const findStreams: (conversation: Conversation) => readonly Stream[] = perConversation(
  (conversation) => {
    const commands = conversation.asked.filter(
      (asked) => isDone(asked, 'START') || isDone(asked, 'STOP'),
    );
    return commands.flatMap((start, index) => {
      if (start.due.kind !== 'command' || start.due.command.kind !== 'start') return [];
      const { rateHz } = start.due.command;
      const [before, next] = [commands[index - 1], commands[index + 1]].map((command) =>
        command?.boot === start.boot ? command : undefined,
      );
      return [describeStream(conversation, start, rateHz, before, next)];
    });
  },
);

function describeStream(
  conversation: Conversation,
  start: Asked,
  rateHz: number,
  before: Asked | undefined,
  next: Asked | undefined,
): Stream {
  const entry = answerEntry(start);
  const untilEntry = next === undefined ? Infinity : answerEntry(next);
  return {
    start,
    rateHz,
    before: before !== undefined && isDone(before, 'START') ? before : undefined,
    fromMs: start.answers[0]?.atMs ?? start.atMs,
    untilMs: next?.atMs ?? endOf(conversation, start.boot),
    entry,
    untilEntry,
    readings: readingsOf(conversation).filter(
      (line) => line.boot === start.boot && line.entry > entry && line.entry < untilEntry,
    ),
  };
}

function answerEntry({ answers, entry }: Asked): number {
  return answers[0]?.entry ?? entry;
}

/** When a boot ended, or the conversation. */
export function endOf({ boots, endMs }: Conversation, boot: Boot): number {
  return boots[boots.indexOf(boot) + 1]?.startMs ?? endMs;
}
