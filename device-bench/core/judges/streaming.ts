/** Judges of streaming. */
import { FLAGS_DEFINED, FLAGS_MAX, HEARTBEAT_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import { judgeSpecial } from './answers.ts';
import { judgeEach, judgement, ms } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { findOldReadings } from './ages.ts';
import { judgeRate, judgeRateChange } from './rate.ts';
import { isRaw } from './raw.ts';
import { judgeToldSeq } from './told-seq.ts';
import { hasVerb, isDone, readingsOf, startsUnasked, wasStreaming } from './stream-state.ts';

/** What the clock of a device and a host may add to the time between two heartbeats. */
const SILENCE_MS_MAX: number = HEARTBEAT_MS_MAX + 2 * HOST_ALLOWANCE_MS;

/** The judges of streaming. */
export const STREAMING_JUDGES: Readonly<Record<RuleId & `STL-STREAM-${string}`, Judge>> = {
  'STL-STREAM-001': judgeUnasked,
  'STL-STREAM-002': judgeRate,
  'STL-STREAM-003': judgeStops,
  'STL-STREAM-004': judgeToldSeq,
  'STL-STREAM-005': judgeRateChange,
  'STL-STREAM-006': judgeSpecial('STL-STREAM-006', 'nothing was asked while the device streamed'),
  'STL-STREAM-007': judgeHeartbeats,
  'STL-STREAM-008': judgeFlags,
};

function judgeUnasked(conversation: Conversation): Judgement {
  const boots = conversation.boots.filter(
    (boot, index) =>
      !wasStreaming(conversation, conversation.boots[index - 1]) &&
      conversation.all.some((line) => line.boot === boot),
  );
  return judgeEach(boots, 'no boot was seen', (boot) => {
    const reading = startsUnasked(conversation, boot);
    return reading === undefined
      ? undefined
      : `Readings came before any START, the first ${ms(reading.atMs - boot.startMs)} after the boot.`;
  });
}

function judgeStops(conversation: Conversation): Judgement {
  const stops = conversation.asked.filter(
    (asked) => hasVerb(asked, 'stop') && isDone(asked, 'STOP'),
  );
  // Readings that were sampled before and are late for their age break another rule.
  const old = findOldReadings(conversation);
  return judgeEach(stops, 'STOP was not answered', ({ answers, boot, entry: asked }) => {
    const entry = answers[0]?.entry ?? asked;
    const next = conversation.asked.find(
      (other) => other.entry > asked && /\bSTART\b/i.test(other.text),
    );
    const late = readingsOf(conversation).filter(
      (line) =>
        line.boot === boot &&
        line.entry > entry &&
        line.entry < (next?.entry ?? Infinity) &&
        !old.has(line.entry),
    );
    return late.length === 0 ? undefined : `${late.length} readings came after STOP was answered.`;
  });
}

function judgeHeartbeats(conversation: Conversation): Judgement {
  const violations: Violation[] = [];
  let chances = 0;
  if (!isRaw(conversation)) {
    for (const boot of conversation.boots) {
      const from = boot.event?.entry ?? 0;
      const lines = conversation.all.filter((line) => line.boot === boot && line.entry >= from);
      const untilMs =
        conversation.boots[conversation.boots.indexOf(boot) + 1]?.startMs ?? conversation.endMs;
      chances += lines.filter(({ meant }) => meant?.kind === 'heartbeat').length;
      lines.forEach((line, index) => {
        const silenceMs = (lines[index + 1]?.fromMs ?? untilMs) - line.atMs;
        // A device that has died shows no life for that reason.
        const isDead = conversation.diedEntry !== undefined && lines[index + 1] === undefined;
        if (silenceMs <= SILENCE_MS_MAX || isDead) return;
        const message = `Nothing came for ${ms(silenceMs)}, a heartbeat at least every ${HEARTBEAT_MS_MAX} ms is due.`;
        violations.push({ entry: lines[index + 1]?.entry ?? line.entry, message });
      });
    }
  }
  return judgement(
    chances,
    violations,
    'the device was never silent for 5 s, and sent no heartbeat',
  );
}

function judgeFlags(conversation: Conversation): Judgement {
  return judgeEach(readingsOf(conversation), 'no reading came', ({ meant }) => {
    if (meant?.kind !== 'reading' || (meant.flags & ~FLAGS_DEFINED) === 0) return undefined;
    // A field that is out of its range is malformed, which has a rule of its own.
    if (meant.flags > FLAGS_MAX) return undefined;
    return `The flags are ${meant.flags}, bits other than those of ${FLAGS_DEFINED} are to be 0.`;
  });
}
