/** Which rule a missing, refused or late answer breaks: one, by what makes the command special. */
import { ANSWER_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Asked, Conversation } from '../conversation.ts';
import { isDueKind, verbOf } from '../due-answer.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import { isResponse } from '../meant-line.ts';
import type { MeantResponse } from '../meant-line.ts';
import { isFlagged } from './seq-steps.ts';
import { hasVerb, isStreaming, readingsOf } from './stream-state.ts';
import { perConversation } from './per-conversation.ts';

/** What became of a right command. */
export type Outcome = 'silent' | 'refused' | 'late' | 'answered' | 'unknown';

/** The longest time to an answer that no host can be blamed for, in ms. */
export const ANSWER_LIMIT_MS: number = ANSWER_MS_MAX + HOST_ALLOWANCE_MS;

/** Verbs that are answered by an =OK that names them. */
const NAMED: ReadonlySet<string> = new Set(['START', 'STOP', 'PING', 'REBOOT']);

/** The verb of a right command, with its `?`; empty for another line. */
export function verbIn({ due }: Asked): string {
  return due.kind === 'command' ? verbOf(due.command) : '';
}

/** How long an answer took, in ms, without the time of its bytes and those of the command. */
export function latencyOf({ byteMs }: Conversation, asked: Asked): number {
  const answer = asked.answers[0];
  if (answer === undefined) return Number.NaN;
  return answer.atMs - asked.atMs - (asked.bytes + answer.bytes.length) * byteMs;
}

/** What became of a right command; `unknown` when the conversation ended too early, or its CRC is the device's fault. */
export function outcomeOf(conversation: Conversation, asked: Asked): Outcome {
  const response = asked.answers[0]?.meant;
  if (response === undefined) {
    return isSilenceKnown(conversation, asked) ? 'silent' : 'unknown';
  }
  if (isResponse(response) && !isDueKind(asked.due, response)) {
    if (isOwnCrc(conversation, asked, response)) return 'unknown';
    // An =OK that names something else has a rule of its own.
    const isNamed = response.kind === 'ok' && NAMED.has(verbIn(asked));
    if (!isNamed) return 'refused';
  }
  return latencyOf(conversation, asked) > ANSWER_LIMIT_MS ? 'late' : 'answered';
}

/** Whether an answer had its time. Of a device that never answers again, only the first silence counts. */
export function isSilenceKnown({ endMs, diedEntry }: Conversation, asked: Asked): boolean {
  const isLater = diedEntry !== undefined && asked.entry > diedEntry;
  return !isLater && endMs - asked.atMs > ANSWER_LIMIT_MS;
}

/** A device that computes CRCs in its own way refuses right ones, too. */
export function isOwnCrc(
  conversation: Conversation,
  asked: Asked,
  response: MeantResponse,
): boolean {
  const isRefusedCrc = response.kind === 'error' && response.code === 1;
  return conversation.hasWrongCrcs && isRefusedCrc && !isTyped(asked);
}

/** Right commands that can be held against the device. */
export const rightCommands: (conversation: Conversation) => readonly Asked[] = perConversation(
  (conversation) => {
    return conversation.asked.filter(
      (asked) => asked.due.kind === 'command' && !isLost(conversation, asked),
    );
  },
);

/** What makes a command special, by the rule that is about it. */
export function specialRule(conversation: Conversation, asked: Asked): RuleId | undefined {
  return findSpecialRules(conversation).get(asked);
}

const findSpecialRules = perConversation(
  (conversation) =>
    new Map(conversation.asked.map((asked) => [asked, findSpecialRule(conversation, asked)])),
);

function findSpecialRule(conversation: Conversation, asked: Asked): RuleId | undefined {
  if (isAfterOverload(conversation, asked)) return 'STL-OVER-003';
  if (asked.act === OVERLOAD_ACT) return overloadRule(conversation, asked);
  if (isRepeat(asked) && !isTyped(asked)) return 'STL-CMD-008';
  if (asked.before?.due.kind === 'error') return 'STL-ERR-007';
  if (isStreaming(conversation, asked)) return 'STL-STREAM-006';
  return isTyped(asked) ? 'STL-CMD-006' : undefined;
}

/** The verbs that come to an outcome even where nothing is special about the command. */
export function plainOutcomes(conversation: Conversation, outcome: Outcome): ReadonlySet<string> {
  return new Set(
    findPlainOutcomes(conversation)
      .filter((plain) => plain.outcome === outcome)
      .map(({ verb }) => verb),
  );
}

const findPlainOutcomes = perConversation((conversation) =>
  rightCommands(conversation)
    .filter((asked) => specialRule(conversation, asked) === undefined)
    .map((asked) => ({ verb: verbIn(asked), outcome: outcomeOf(conversation, asked) })),
);

/** True for a command that is lost because the device was not ready: it had not booted, or the kit is going. */
function isLost(conversation: Conversation, asked: Asked): boolean {
  const { event } = asked.boot;
  if (event !== undefined && asked.entry < event.entry) return true;
  if (asked.act === 'farewell' || asked.act === 'greet') return asked.answers.length === 0;
  // While a port is being opened, the first tries may be lost as well.
  const isFirst = !conversation.asked.some(
    (other) => other.boot === asked.boot && other.entry < asked.entry && other.answers.length > 0,
  );
  const isLater = conversation.asked.some(
    (other) => other.entry > asked.entry && other.answers.length > 0,
  );
  return asked.act === 'identify' && isFirst && isLater && asked.answers.length === 0;
}

/** True for a line that was typed: without CRC. */
export function isTyped({ text }: Asked): boolean {
  return !text.includes('*');
}

/** True for a command that is the one before once more, after that was answered. */
export function isRepeat(asked: Asked): boolean {
  const { before, due } = asked;
  if (before === undefined || before.answers.length === 0 || due.kind !== 'command') return false;
  return isTyped(before) === isTyped(asked) && commandIn(before.text) === commandIn(asked.text);
}

/** True for what is said after an overload, once STOP was sent. */
export function isAfterOverload(conversation: Conversation, asked: Asked): boolean {
  if (asked.due.kind !== 'command') return false;
  const { boot, act, entry } = asked;
  const isBefore = (other: Asked): boolean =>
    other.boot === boot && other.act === act && other.entry < entry;
  const stop = conversation.asked.findLast((other) => isBefore(other) && hasVerb(other, 'stop'));
  if (act === OVERLOAD_ACT) {
    const restarted = conversation.asked.some(
      (other) => other.act === act && other.boot !== boot && other.entry < entry,
    );
    return stop !== undefined || restarted;
  }
  const last = readingsOf(conversation).findLast(
    (line) => line.boot === boot && line.entry < entry,
  );
  return (
    act === '' &&
    stop !== undefined &&
    last?.meant?.kind === 'reading' &&
    isFlagged(last.meant) &&
    !conversation.asked.some(
      (other) => isBefore(other) && other.entry > stop.entry && hasVerb(other, 'start'),
    )
  );
}

/** A device that never answers again has hung; one that does was only deaf while it streamed. */
function overloadRule(conversation: Conversation, asked: Asked): RuleId {
  const isHung = !conversation.asked.some(
    (other) => other.entry >= asked.entry && other.act === OVERLOAD_ACT && other.answers.length > 0,
  );
  return isHung ? 'STL-OVER-003' : 'STL-STREAM-006';
}

function commandIn(text: string): string {
  return text.replace(/^@\S* /, '').replace(/\*[^*]*$/, '');
}
