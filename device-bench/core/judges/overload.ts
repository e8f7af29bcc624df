/** Judges of overload. */
import { READING_AGE_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import type { Heard } from '../restarts.ts';
import { judgeSpecial } from './answers.ts';
import { isFramed, linesOfFormat } from './framing.ts';
import { judgeEach, judgement, ms, quote } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { measurePace } from './pace.ts';
import { isFlagged } from './seq-steps.ts';
import { wasStreaming } from './stream-state.ts';
import { findTickFaults, tickedLines, ticksBetween } from './ticked-lines.ts';
import { perConversation } from './per-conversation.ts';

/** Lines so near in time tell how far the clocks are apart, in ms. */
const NEAR_MS = 15_000;
/** How far two clocks may run apart meanwhile. */
const DRIFT_SHARE = 0.02;
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
  const lines = conversation.all.some(isFramed) ? conversation.heard : [];
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

/** How late a reading came. */
export interface Age {
  readonly entry: number;
  readonly ageMs: number;
  readonly isOld: boolean;
}

/** The ages of readings, measured against the line of their boot that came soonest after its ticks. */
export const findAges: (conversation: Conversation) => readonly Age[] = perConversation(
  (conversation) => {
    if (measurePace(conversation).fault !== undefined) return [];
    const odd = new Set(findTickFaults(conversation).map(({ entry }) => entry));
    let stretch = 0;
    const points = tickedLines(conversation, 'line').map((ticked, index, all) => {
      const before = all[index - 1];
      // Where the ticks jump, other lines tell nothing about those behind.
      if (before?.boot !== ticked.boot || odd.has(ticked.line.entry)) stretch++;
      return { ...ticked, stretch };
    });
    const ages: Age[] = [];
    let nearFrom = 0;
    points.forEach((point, index) => {
      const { line } = point;
      while ((points[nearFrom]?.line.atMs ?? 0) < line.atMs - NEAR_MS) nearFrom++;
      if (line.meant?.kind !== 'reading') return;
      let ageMs = 0;
      for (let near = nearFrom; near < points.length; near++) {
        const other = points[near];
        if (other === undefined || other.line.atMs > line.atMs + NEAR_MS) break;
        if (other.stretch !== point.stretch || near === index) continue;
        const apartMs = line.atMs - other.line.atMs;
        const laterMs = apartMs - ticksBetween(other.ticks, point.ticks);
        ageMs = Math.max(ageMs, laterMs - Math.abs(apartMs) * DRIFT_SHARE);
      }
      ages.push({
        entry: line.entry,
        ageMs,
        isOld: ageMs > READING_AGE_MS_MAX + HOST_ALLOWANCE_MS,
      });
    });
    return ages;
  },
);

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
