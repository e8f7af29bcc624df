/** The judge of repeated commands. */
import type { Asked, Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import type { Heard } from '../restarts.ts';
import { isRepeat } from './answer-rules.ts';
import { judgeSpecial } from './answers.ts';
import { judgement } from './judge.ts';
import type { Judgement } from './judge.ts';
import { findSeqFaults } from './seq-steps.ts';
import { findStreams, hasVerb, isStreaming, readingsOf } from './stream-state.ts';
import type { Stream } from './stream-state.ts';

const NO_REPEAT = 'no command was repeated';
/** A stream that lasts for this many periods, and a little, has to show a reading. */
const PERIODS_MIN = 3;
const FIRST_READING_MS = 500;

const judgeAnswers = judgeSpecial('STL-CMD-008', NO_REPEAT);

/** The judge of `STL-CMD-008`: a repeated command is answered again, and changes nothing. */
export function judgeRepeats(conversation: Conversation): Judgement {
  const answers = judgeAnswers(conversation);
  const violations: Violation[] = [...answers.violations];
  for (const asked of conversation.asked) {
    const message = changedByStop(conversation, asked);
    if (message !== undefined) violations.push({ entry: asked.entry, message });
  }
  for (const stream of findStreams(conversation)) {
    const message = endedByStart(conversation, stream);
    if (message !== undefined) violations.push({ entry: stream.start.entry, message });
  }
  return judgement(answers.chances, violations, NO_REPEAT);
}

/** Says so when readings end at a START that only repeats the one before. */
function endedByStart(conversation: Conversation, stream: Stream): string | undefined {
  const { start, before, rateHz, readings, fromMs, untilMs } = stream;
  if (before === undefined || start.before !== before || !isRepeat(start)) return undefined;
  const isStepwise = conversation.capabilities.options?.includes('STEP') === true;
  const isLong = untilMs - fromMs > (PERIODS_MIN * 1000) / rateHz + FIRST_READING_MS;
  const hadReadings = hasReadingBetween(conversation, before.entry, start.entry);
  return isLong && !isStepwise && hadReadings && readings.length === 0
    ? `No reading came after START ${rateHz} was repeated.`
    : undefined;
}

/** What is wrong with the second of two STOPs between which nothing happened. */
function changedByStop(conversation: Conversation, asked: Asked): string | undefined {
  const [first, second] = [asked.before?.answers[0], asked.answers[0]];
  const isStop = hasVerb(asked, 'stop') && isRepeat(asked) && !isStreaming(conversation, asked);
  if (!isStop || first === undefined || second === undefined) return undefined;
  const [before, after] = [toldBy(first), toldBy(second)];
  if (before === undefined || after === undefined || before === after) return undefined;
  return hasReadingBetween(conversation, first.entry, second.entry) ||
    isKnownToRestart(conversation, after)
    ? undefined
    : `The repeated STOP tells seq ${after}, the first told ${before}.`;
}

/** A STOP that sets seq to 0 breaks the rule of seq. */
function isKnownToRestart(conversation: Conversation, seq: string): boolean {
  return seq === '0' && findSeqFaults(conversation).some(({ rule }) => rule === 'STL-SEQ-003');
}

function toldBy({ meant }: Heard): string | undefined {
  return meant?.kind === 'ok' ? meant.value : undefined;
}

function hasReadingBetween(conversation: Conversation, from: number, to: number): boolean {
  return readingsOf(conversation).some(({ entry }) => entry > from && entry < to);
}
