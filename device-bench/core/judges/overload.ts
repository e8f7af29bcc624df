/** Judges of overload. */
import { READING_AGE_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import type { Heard } from '../restarts.ts';
import { findAges } from './ages.ts';
import { judgeSpecial } from './answers.ts';
import { linesOfFormat, sendsFrames } from './framing.ts';
import { judgeEach, judgement, ms, quote } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { isFlagged } from './seq-steps.ts';
import { wasStreaming } from './stream-state.ts';

/** A boot that nobody has asked for so soon after a reading that was dropped is one of the overload. */
const AFTERMATH_MS = 3_000;

/** The judges of overload. */
export const OVERLOAD_JUDGES: Readonly<Record<RuleId & `STL-OVER-${string}`, Judge>> = {
  'STL-OVER-001': judgeTorn,
  'STL-OVER-002': judgeAges,
  'STL-OVER-003': judgeRecovery,
};

function judgeTorn(conversation: Conversation): Judgement {
  const habits = new Set(
    linesOfFormat(conversation).flatMap(({ breaches }) => breaches.map(({ rule }) => rule)),
  );
  const lines = sendsFrames(conversation) ? conversation.heard : [];
  const torn = lines.filter(
    ({ isTorn, act, breaches }) =>
      isTorn || (act === OVERLOAD_ACT && breaches.some(({ rule }) => !habits.has(rule))),
  );
  const violations = torn.map(({ entry, bytes }) => ({
    entry,
    message: `${quote(bytes)} is a line that was interrupted or lacks bytes.`,
  }));
  return judgement(lines.length, violations, 'the device sends no framed lines');
}

function judgeAges(conversation: Conversation): Judgement {
  const ages = findAges(conversation);
  return judgeEach(ages, 'no readings came whose age is known', ({ ageMs, isOld }) =>
    isOld
      ? `The reading came at least ${ms(ageMs)} after its ticks, at most ${READING_AGE_MS_MAX} ms are due (and ${HOST_ALLOWANCE_MS} ms for the host).`
      : undefined,
  );
}

const judgeAnswersAfter = judgeSpecial('STL-OVER-003', 'the device was not overloaded');

function judgeRecovery(conversation: Conversation): Judgement {
  const answers = judgeAnswersAfter(conversation);
  const violations: Violation[] = [...answers.violations];
  for (const boot of conversation.boots) {
    const { event, cause } = boot;
    if (event === undefined || cause !== 'itself') continue;
    const before = conversation.boots[conversation.boots.indexOf(boot) - 1];
    const last = conversation.heard.findLast(
      (line) => line.entry < event.entry && line.meant?.kind === 'reading',
    );
    const isLoaded = event.act === OVERLOAD_ACT || isAftermath(event, last);
    if (!isLoaded || !(wasStreaming(conversation, before) || event.act === OVERLOAD_ACT)) continue;
    violations.push({
      entry: event.entry,
      message: 'The device has started again under overload, without being asked.',
    });
  }
  return judgement(answers.chances, violations, answers.reason ?? 'the device was not overloaded');
}

function isAftermath(event: Heard, last: Heard | undefined): boolean {
  return (
    event.act === '' &&
    last?.meant?.kind === 'reading' &&
    isFlagged(last.meant) &&
    event.atMs - last.atMs < AFTERMATH_MS
  );
}
