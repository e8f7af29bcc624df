/** Judges of seq and ticks. */
import { SEQ_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import { findTickFaults } from './ages.ts';
import { judgement } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { measurePace } from './pace.ts';
import { findSeqFaults, findSteps } from './seq-steps.ts';
import type { SeqStep } from './seq-steps.ts';
import { tickedLines, TICKS_MODULUS } from './ticked-lines.ts';

/** Ticks in the upper half have more than 31 bits. */
const UPPER_HALF = TICKS_MODULUS / 2;

type CounterRuleId = RuleId & `STL-${'SEQ' | 'TICK'}-${string}`;

/** The judges of seq and ticks. */
export const COUNTER_JUDGES: Readonly<Record<CounterRuleId, Judge>> = {
  'STL-SEQ-001': judgeSeq('STL-SEQ-001', () => true, 'there were no two readings in a row'),
  'STL-SEQ-002': judgeSeq(
    'STL-SEQ-002',
    ({ before, after }) => before.seq > after.seq && before.seq > SEQ_MAX - 64,
    'seq did not come to 65535',
  ),
  'STL-SEQ-003': judgeSeq(
    'STL-SEQ-003',
    ({ between }) => between.starts || between.stops,
    'there were no readings before and after a START',
  ),
  'STL-SEQ-004': judgeSeq('STL-SEQ-004', () => true, 'there were no two readings in a row'),
  'STL-TICK-001': judgeTicksForward,
  'STL-TICK-002': judgeTicksWrap,
  'STL-TICK-003': judgePace,
};

function judgeSeq(
  rule: CounterRuleId,
  isChance: (step: SeqStep) => boolean,
  reason: string,
): Judge {
  return (conversation) => {
    const faults = findSeqFaults(conversation).filter((fault) => fault.rule === rule);
    const chances = findSteps(conversation).filter(isChance).length;
    return judgement(
      chances,
      faults.map(({ entry, message }) => ({ entry, message })),
      reason,
    );
  };
}

function judgeTicksForward(conversation: Conversation): Judgement {
  const faults = findTickFaults(conversation).filter(({ rule }) => rule === 'STL-TICK-001');
  const lines = (['line', 'sync'] as const).flatMap((clock) => tickedLines(conversation, clock));
  return judgement(
    Math.max(0, lines.length - 1),
    faults.map(({ entry, message }) => ({ entry, message })),
    'there were no two lines with ticks',
  );
}

function judgeTicksWrap(conversation: Conversation): Judgement {
  const faults = findTickFaults(conversation).filter(({ rule }) => rule === 'STL-TICK-002');
  const lines = tickedLines(conversation, 'line');
  const wraps = lines.filter((after, index) => {
    const before = lines[index - 1];
    return before?.boot === after.boot && before.ticks >= UPPER_HALF && after.ticks < UPPER_HALF;
  });
  return judgement(
    wraps.length,
    faults.map(({ entry, message }) => ({ entry, message })),
    'ticks did not come to 4294967295',
  );
}

function judgePace(conversation: Conversation): Judgement {
  const { chances, fault } = measurePace(conversation);
  return judgement(
    chances,
    fault === undefined ? [] : [fault],
    'there were not enough lines with ticks',
  );
}
