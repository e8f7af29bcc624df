/** Judges of what is refused. */
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Asked, Conversation } from '../conversation.ts';
import type { Due } from '../due-answer.ts';
import type { Violation } from '../kit-report.ts';
import { isResponse } from '../meant-line.ts';
import type { Heard } from '../restarts.ts';
import { isOwnCrc, isSilenceKnown, outcomeOf, rightCommands, verbIn } from './answer-rules.ts';
import { judgeSpecial } from './answers.ts';
import { judgeEach, judgement, quote } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { findSeqFaults, findSteps, isFlagged, missingBetween } from './seq-steps.ts';
import { isTold, readingsOf, startsUnasked } from './stream-state.ts';

/** A stream is watched for so many periods after a refusal. */
const PERIODS_WATCHED = 4;
/** How far the rate may be off after a refusal: what is wrong with it besides has a rule of its own. */
const RATE_FACTOR = 1.6;

/** The judges of errors. */
export const ERROR_JUDGES: Readonly<Record<RuleId & `STL-ERR-${string}`, Judge>> = {
  'STL-ERR-001': (conversation) => judgeRefusals(conversation, ['STL-ERR-001']),
  'STL-ERR-002': (conversation) => judgeRefusals(conversation, ['STL-ERR-002']),
  'STL-ERR-003': (conversation) => judgeRefusals(conversation, ['STL-ERR-003']),
  'STL-ERR-004': (conversation) => judgeRefusals(conversation, ['STL-ERR-004', 'STL-CMD-009']),
  'STL-ERR-005': (conversation) => judgeRefusals(conversation, ['STL-ERR-005']),
  'STL-ERR-006': judgeAftermath,
  'STL-ERR-007': judgeRecovery,
};

function judgeRefusals(conversation: Conversation, rules: readonly RuleId[]): Judgement {
  const unknown = new Set(
    rightCommands(conversation)
      .filter((asked) => outcomeOf(conversation, asked) === 'refused')
      .map(verbIn),
  );
  const doubles = conversation.asked.some(
    ({ due, answers }) => due.kind === 'command' && answers.length > 1,
  );
  const lines = conversation.asked.filter(
    (asked) =>
      asked.due.kind === 'error' &&
      rules.includes(asked.due.rule) &&
      // Of a command that the device does not know at all, it cannot know the arguments.
      !unknown.has(asked.due.verb) &&
      isJudged(conversation, asked),
  );
  return judgeEach(lines, 'no such line was sent', (asked) => wrongRefusal(asked, doubles));
}

/** Whether what became of a line can be held against the device. */
function isJudged(conversation: Conversation, asked: Asked): boolean {
  const { boot, entry, answers, due } = asked;
  if (boot.event !== undefined && entry < boot.event.entry) return false;
  const meant = answers[0]?.meant;
  if (!isResponse(meant)) return isSilenceKnown(conversation, asked);
  const isCrcRight = due.kind === 'error' && due.code > 2;
  return !isCrcRight || !isOwnCrc(conversation, asked, meant);
}

function wrongRefusal({ due, answers, text }: Asked, doubles: boolean): string | undefined {
  if (due.kind !== 'error') return undefined;
  const [first, second] = answers;
  const dueLine = `=ERR,${due.tag},${due.code}`;
  if (first === undefined) return `${quote(text)} is not answered, ${dueLine} is due.`;
  if (isOtherAnswer(first, due, text)) {
    return `${quote(text)} is answered with ${quote(first.bytes)}, ${dueLine} is due.`;
  }
  const isOnce = due.rule === 'STL-ERR-002' || due.rule === 'STL-ERR-003';
  if (second === undefined || doubles || !isOnce) return undefined;
  return `${quote(text)} is answered ${answers.length} times, with ${quote(second.bytes)} in the end; one ${dueLine} is due.`;
}

function isOtherAnswer(answer: Heard, due: Due & { kind: 'error' }, text: string): boolean {
  const { meant, breaches } = answer;
  if (!isResponse(meant)) return false;
  if (meant.kind !== 'error') return due.rule !== 'STL-CMD-009';
  const isReadable = breaches.every(({ rule }) => rule !== 'STL-FRAME-007');
  if (meant.code !== due.code && isReadable) return true;
  // The tag of a line that cannot be believed is not repeated.
  const own = /^@(\S+) /.exec(text)?.[1];
  return due.tag === '' && own !== undefined && meant.tag === own;
}

function judgeAftermath(conversation: Conversation): Judgement {
  const violations: Violation[] = findSeqFaults(conversation)
    .filter(({ rule }) => rule === 'STL-ERR-006')
    .map(({ entry, message }) => ({ entry, message }));
  let chances = 0;
  for (const asked of conversation.asked) {
    const answer = asked.answers[0];
    if (asked.due.kind !== 'error' || answer?.meant?.kind !== 'error') continue;
    chances++;
    const message = isTold(conversation, asked.boot, asked.entry)
      ? changedStream(conversation, asked)
      : begunStream(conversation, asked);
    if (message !== undefined) violations.push({ entry: asked.entry, message });
  }
  return judgement(chances, violations, 'nothing was refused');
}

/** Says so when a stream ended, or got another rate, at a line that was refused. */
function changedStream(conversation: Conversation, asked: Asked): string | undefined {
  const rateHz = rateAt(conversation, asked);
  if (rateHz === undefined) return undefined;
  const fromMs = asked.answers[0]?.atMs ?? asked.atMs;
  const next = conversation.asked.find(({ entry }) => entry > asked.entry);
  const untilMs = next?.atMs ?? conversation.endMs;
  const due = ((untilMs - fromMs) * rateHz) / 1000;
  const count = (from: number, until: number): number =>
    readingsOf(conversation).filter(
      (line) => line.boot === asked.boot && line.atMs > from && line.atMs <= until,
    ).length;
  // What was wrong with the stream before cannot be blamed on the refusal.
  const before = count(asked.atMs - (PERIODS_WATCHED * 1000) / rateHz, asked.atMs);
  if (due < PERIODS_WATCHED || before === 0) return undefined;
  const found = count(fromMs, untilMs) + countDropped(conversation, asked.entry, untilMs);
  if (found >= due / RATE_FACTOR - 1 && found <= due * RATE_FACTOR + 1) return undefined;
  return `After ${quote(asked.text)} was refused ${found} readings came, ${Math.round(due)} were due: streaming goes on at its rate.`;
}

/** Readings behind an entry that are missing, where the device says so: they were due and not forgotten. */
function countDropped(conversation: Conversation, entry: number, untilMs: number): number {
  const dropped = findSteps(conversation).filter(
    (step) =>
      step.entry > entry &&
      (conversation.transcript[step.entry]?.atMs ?? Infinity) <= untilMs &&
      isFlagged(step.after),
  );
  return dropped.reduce((total, step) => total + missingBetween(step), 0);
}

/** The rate of the last START; none for a device that reports steps. */
function rateAt({ asked: all, capabilities }: Conversation, asked: Asked): number | undefined {
  if (capabilities.options?.includes('STEP') === true) return undefined;
  const start = all.findLast(
    (other) => other.entry < asked.entry && verbIn(other) === 'START' && other.answers.length > 0,
  );
  return start?.due.kind === 'command' && start.due.command.kind === 'start'
    ? start.due.command.rateHz
    : undefined;
}

/** Says so when a START that was refused was carried out all the same. */
function begunStream(conversation: Conversation, asked: Asked): string | undefined {
  if (!/\bSTART\b/.test(asked.text)) return undefined;
  const next = conversation.asked.find(
    (other) => other.entry > asked.entry && verbIn(other) === 'START',
  );
  const began = readingsOf(conversation).some(
    (line) =>
      line.boot === asked.boot &&
      line.entry > asked.entry &&
      line.entry < (next?.entry ?? Infinity) &&
      !isTold(conversation, line.boot, line.entry),
  );
  return began && startsUnasked(conversation, asked.boot) === undefined
    ? `${quote(asked.text)} was refused, and readings came all the same.`
    : undefined;
}

const judgeNextCommand = judgeSpecial('STL-ERR-007', 'no garbage was sent');

function judgeRecovery(conversation: Conversation): Judgement {
  const answers = judgeNextCommand(conversation);
  const violations = [...answers.violations];
  for (const asked of conversation.asked) {
    const tag = staleTag(asked);
    if (tag === undefined) continue;
    const message = `The response has the tag "${tag}" of the line before, which was refused.`;
    violations.push({ entry: asked.answers[0]?.entry ?? asked.entry, message });
  }
  return judgement(answers.chances, violations, 'no garbage was sent');
}

/** The tag of an answer, if it is that of a refused line before the command, and not its own. */
function staleTag({ before, due, answers: [first] }: Asked): string | undefined {
  if (before?.due.kind !== 'error' || due.kind !== 'command') return undefined;
  const stale = /@([0-9A-Za-z]+)/.exec(before.text)?.[1];
  const meant = first?.meant;
  const isStale = isResponse(meant) && meant.tag === stale && due.tag !== stale;
  return isStale ? stale : undefined;
}
