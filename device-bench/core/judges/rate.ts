/** Judges of the rate of readings. */
import { RATE_TOLERANCE } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Asked, Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import type { MeantReading } from '../meant-line.ts';
import { findTickFaults } from './ages.ts';
import { outcomeOf } from './answer-rules.ts';
import { describe } from './answers.ts';
import { judgeEach, judgement } from './judge.ts';
import type { Judgement } from './judge.ts';
import { measurePace } from './pace.ts';
import { findSeqFaults, isFlagged, missingBetween, seqBetween } from './seq-steps.ts';
import { findStreams, hasVerb, isTold } from './stream-state.ts';
import type { Stream } from './stream-state.ts';
import { ticksBetween } from './ticked-lines.ts';

const NOT_CHANGED = 'the rate was not changed while the device streamed';
const STEPWISE = 'the device sends a reading for each step (option STEP)';
/** A stream that lasts for this many periods, and a little, has to show a reading. */
const PERIODS_MIN = 3;
const FIRST_READING_MS = 500;
/** After a change the rate need only be near the new one: how exact it is has a rule of its own. */
const CHANGE_TOLERANCE = 0.25;
/** Ticks are whole ms, at both ends. */
const TICKS_MARGIN = 2;

/** A rate between two bounds, in Hz. */
interface Measured {
  readonly hz: number;
  readonly lowest: number;
  readonly highest: number;
  readonly readings: number;
  readonly missing: number;
  readonly flagged: number;
}

/** The judge of `STL-STREAM-002`: streams that nothing has disturbed, and those of an overload by their numbers. */
export function judgeRate(conversation: Conversation): Judgement {
  if (isStepwise(conversation)) return judgement(0, [], STEPWISE);
  // What an overload drops is known by seq and ticks only: both have to be right.
  const isCounted =
    measurePace(conversation).fault === undefined &&
    findTickFaults(conversation).length === 0 &&
    findSeqFaults(conversation).length === 0;
  const streams = findStreams(conversation).filter(
    (stream) =>
      stream.before === undefined &&
      !isDisturbed(conversation, stream) &&
      (isCounted || stream.start.act !== OVERLOAD_ACT),
  );
  return judgeStreams(streams, RATE_TOLERANCE, 'no stream was long enough');
}

function judgeStreams(streams: readonly Stream[], tolerance: number, reason: string): Judgement {
  const measured = streams.map((stream) => ({
    stream,
    entry: entryOf(stream),
    rate: stream.start.act === OVERLOAD_ACT ? measureByTicks(stream) : measureByArrival(stream),
  }));
  return judgeEach(
    measured.filter(({ stream, rate }) => rate !== undefined || isOverdue(stream)),
    reason,
    ({ stream, rate }) => wrongRate(stream, rate, tolerance),
  );
}

/** The judge of `STL-STREAM-005`: after START while streaming the rate is the new one, and nothing else has changed. */
export function judgeRateChange(conversation: Conversation): Judgement {
  if (isStepwise(conversation)) return judgement(0, [], STEPWISE);
  const violations: Violation[] = findSeqFaults(conversation)
    .filter(({ rule }) => rule === 'STL-STREAM-005')
    .map(({ entry, message }) => ({ entry, message }));
  const refused = conversation.asked.filter(
    (asked) => isChange(conversation, asked) && outcomeOf(conversation, asked) === 'refused',
  );
  for (const asked of refused) {
    violations.push({ entry: asked.entry, message: describe(conversation, asked) });
  }
  const changed = findStreams(conversation).filter(
    (stream) =>
      stream.before !== undefined &&
      rateIn(stream.before) !== stream.rateHz &&
      !isDisturbed(conversation, stream),
  );
  const judged = judgeStreams(changed, CHANGE_TOLERANCE, NOT_CHANGED);
  return judgement(
    judged.chances + refused.length,
    [...violations, ...judged.violations],
    NOT_CHANGED,
  );
}

function isStepwise({ capabilities }: Conversation): boolean {
  return capabilities.options?.includes('STEP') === true;
}

/** True for a START with another rate while the device streams. */
function isChange(conversation: Conversation, asked: Asked): boolean {
  if (!hasVerb(asked, 'start') || !isTold(conversation, asked.boot, asked.entry)) return false;
  const before = conversation.asked.findLast(
    (other) => other.entry < asked.entry && hasVerb(other, 'start') && other.boot === asked.boot,
  );
  return before !== undefined && rateIn(before) !== rateIn(asked);
}

function rateIn({ due }: Asked): number {
  return due.kind === 'command' && due.command.kind === 'start' ? due.command.rateHz : 0;
}

/** True when something was refused in the stream: what it did to the rate has a rule of its own. */
function isDisturbed({ asked }: Conversation, { entry, untilEntry }: Stream): boolean {
  return asked.some(({ due, entry: at }) => due.kind === 'error' && at > entry && at < untilEntry);
}

function isOverdue({ readings, rateHz, fromMs, untilMs }: Stream): boolean {
  return (
    readings.length === 0 && untilMs - fromMs > (PERIODS_MIN * 1000) / rateHz + FIRST_READING_MS
  );
}

/** Readings between the first and the last of a stream: those that came, and those that are missing by their numbers. */
interface Counted {
  /** The fewest that the device can be said to have had. */
  readonly came: number;
  /** Sent, or dropped: by their numbers where each gap is flagged, otherwise as far as the ticks confirm it. */
  readonly due: number;
  readonly missing: number;
  /** Those of the missing ones that the next reading flags. */
  readonly flagged: number;
}

function countReadings({ readings, rateHz }: Pick<Stream, 'readings' | 'rateHz'>): Counted {
  const pairs = readings.flatMap(({ meant: after }, index) => {
    const before = readings[index - 1]?.meant;
    return before?.kind === 'reading' && after?.kind === 'reading' ? [{ before, after }] : [];
  });
  const sum = (count: (pair: Pair) => number): number =>
    pairs.reduce((total, pair) => total + count(pair), 0);
  const missing = sum(missingBetween);
  const flagged = sum((pair) => (isFlagged(pair.after) ? missingBetween(pair) : 0));
  // Where each gap is flagged, the rate is that of the numbers; what is dropped has rules of its own.
  const isOwnedUp = missing > 0 && missing === flagged;
  const byTicks = sum((pair) => countByTicks(pair, rateHz));
  return isOwnedUp
    ? { came: pairs.length, due: pairs.length + missing, missing, flagged }
    : { came: byTicks, due: byTicks, missing, flagged };
}

interface Pair {
  readonly before: MeantReading;
  readonly after: MeantReading;
}

/** Numbers that do not go on one by one are believed as far as the ticks confirm them. */
function countByTicks(pair: Pair, rateHz: number): number {
  const { before, after } = pair;
  const ahead = seqBetween(pair);
  const periods = Math.round((ticksBetween(before.ticks, after.ticks) * rateHz) / 1000);
  const isDropped = ahead !== 1 && (isFlagged(after) || periods === ahead);
  return isDropped ? Math.max(1, periods) : 1;
}

function measureByArrival(stream: Stream): Measured | undefined {
  // The first reading of a new rate may have been due at the old one.
  const readings = stream.before === undefined ? stream.readings : stream.readings.slice(1);
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < PERIODS_MIN) return undefined;
  const { rateHz } = stream;
  const counted = countReadings({ readings, rateHz });
  return bounds(counted, last.atMs - first.atMs, HOST_ALLOWANCE_MS, readings.length);
}

function measureByTicks(stream: Stream): Measured | undefined {
  const { readings } = stream;
  const [first, last] = [readings[0]?.meant, readings.at(-1)?.meant];
  if (first?.kind !== 'reading' || last?.kind !== 'reading') return undefined;
  const span = ticksBetween(first.ticks, last.ticks);
  if (readings.length < PERIODS_MIN || span <= 0) return undefined;
  return bounds(countReadings(stream), span, TICKS_MARGIN, readings.length);
}

function bounds(counted: Counted, spanMs: number, marginMs: number, readings: number): Measured {
  const { came, due, missing, flagged } = counted;
  return {
    hz: (due * 1000) / spanMs,
    lowest: (came * 1000) / (spanMs + marginMs),
    highest: spanMs > marginMs ? (due * 1000) / (spanMs - marginMs) : Number.POSITIVE_INFINITY,
    readings,
    missing,
    flagged,
  };
}

function wrongRate(
  { rateHz }: Stream,
  measured: Measured | undefined,
  tolerance: number,
): string | undefined {
  if (measured === undefined) return `No reading came, ${rateHz} Hz were asked for.`;
  const { hz, lowest, highest, readings } = measured;
  if (highest >= rateHz * (1 - tolerance) && lowest <= rateHz * (1 + tolerance)) return undefined;
  return (
    `Readings came at ${hz.toFixed(2)} Hz (${lowest.toFixed(2)} to ${highest.toFixed(2)} Hz, by ${readings} readings), ` +
    `${rateHz} Hz within ${tolerance * 100} % are due.${describeMissing(measured)}`
  );
}

function describeMissing({ missing, flagged }: Measured): string {
  if (missing === 0) return '';
  const share = flagged === missing ? 'all' : flagged === 0 ? 'none' : String(flagged);
  return ` By seq ${missing} are missing, ${share} of them flagged as dropped.`;
}

function entryOf({ readings, start }: Stream): number {
  return readings.at(-1)?.entry ?? start.entry;
}
