/** The judge of the number that STOP tells. */
import { SEQ_MAX } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Asked, Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import type { MeantReading } from '../meant-line.ts';
import type { Heard } from '../restarts.ts';
import { findOldReadings } from './ages.ts';
import { judgement } from './judge.ts';
import type { Judgement } from './judge.ts';
import { findSeqFaults, isFlagged, seqBetween } from './seq-steps.ts';
import { hasVerb, isDone, readingsOf } from './stream-state.ts';

/** The judge of `STL-STREAM-004`: the number is that of the next reading, by the last one or by the next. */
export function judgeToldSeq(conversation: Conversation): Judgement {
  const violations: Violation[] = [];
  let chances = 0;
  for (const asked of conversation.asked) {
    const answer = asked.answers[0];
    if (!hasVerb(asked, 'stop') || !isDone(asked, 'STOP') || answer === undefined) continue;
    const due = findDue(conversation, asked, answer);
    if (due.length === 0) continue;
    chances++;
    const value = toldBy(answer);
    if (due.includes(value === '' ? Number.NaN : Number(value))) continue;
    const message = `STOP tells seq "${value}", ${[...new Set(due)].join(' or ')} is due.`;
    violations.push({ entry: answer.entry, message });
  }
  return judgement(chances, violations, 'no readings came before or after a STOP');
}

function toldBy({ meant }: Heard): string {
  return meant?.kind === 'ok' ? meant.value : '';
}

/** The numbers that may be right; none when nobody knows. */
function findDue(conversation: Conversation, asked: Asked, answer: Heard): readonly number[] {
  if (answer.breaches.some(({ rule }) => rule === 'STL-FRAME-007')) return [];
  const old = findOldReadings(conversation);
  const readings = readingsOf(conversation).filter((line) => line.boot === asked.boot);
  // Readings that come far too late were sampled before the STOP.
  const next = readings.find(({ entry }) => entry > answer.entry && !old.has(entry));
  const last = readings.findLast(
    ({ entry }) => entry < (next?.entry ?? Infinity) && (entry < answer.entry || old.has(entry)),
  );
  const due: number[] = [];
  const [lastReading, nextReading] = [readingIn(last), readingIn(next)];
  if (lastReading !== undefined) due.push((lastReading.seq + 1) % (SEQ_MAX + 1));
  if (nextReading !== undefined) due.push(nextReading.seq);
  const told = Number(toldBy(answer));
  if (isAmongDropped(told, lastReading, nextReading)) due.push(told);
  // What was dropped in the end, or forgotten at an error, shows in the next reading only.
  const isKnown = nextReading !== undefined || isLastOf(conversation, last, answer);
  return isKnown ? due : [];
}

/** Readings may have been dropped in front of the STOP and behind it. */
function isAmongDropped(
  told: number,
  last: MeantReading | undefined,
  next: MeantReading | undefined,
): boolean {
  if (last === undefined || next === undefined || !isFlagged(next)) return false;
  const ahead = seqBetween({ before: last, after: { ...last, seq: told } });
  return ahead >= 1 && ahead <= seqBetween({ before: last, after: next });
}

function readingIn(line: Heard | undefined): MeantReading | undefined {
  return line?.meant?.kind === 'reading' ? line.meant : undefined;
}

function isLastOf(conversation: Conversation, last: Heard | undefined, answer: Heard): boolean {
  if (last === undefined || last.act === OVERLOAD_ACT) return false;
  const isRefused = conversation.asked.some(
    ({ answers: [first] }) =>
      first?.meant?.kind === 'error' && first.entry > last.entry && first.entry < answer.entry,
  );
  return !isRefused && findSeqFaults(conversation).length === 0;
}
