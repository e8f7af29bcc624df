/**
 * Whether a reading can follow what its device has sent before. One damaged line in 65,536 has a CRC that is right by
 * chance; what it then says about seq and ticks mostly cannot be.
 *
 * Within a boot, seq counts readings and ticks count ms, both only forwards and in step. A reading that does not follow
 * is doubted. If the next one follows it, the two prove each other, and it was what came before that was wrong: so one
 * wrong reading that got through costs at most one right one, and never the rest of a boot.
 */
import { RATE_HZ_MAX, SEQ_MAX, TICKS_MAX } from '../../firmware-protocol/index.ts';
import type { Reading } from '../../firmware-protocol/index.ts';

const SEQ_MODULUS = SEQ_MAX + 1;
const TICKS_MODULUS = TICKS_MAX + 1;
/** Devices keep their rate within 5 %; this is for those that do not, and for readings in a bunch. */
const RATE_SLACK = 2;
const READINGS_SLACK = 2;
/** A reading cannot be from later than it arrived. The rest is for clocks that are set and fits that are young. */
const AHEAD_MS_MAX = 1_000;
/** Readings that are recognised when they come again: over two seconds at 50 Hz, more than two ports are apart. */
const READINGS_KNOWN = 128;

/** Where a reading stood, the highest rate at which its device may have been reading then, and how far it was ahead. */
interface ReadingMark {
  readonly seq: number;
  readonly ticks: number;
  readonly rateHz: number;
  readonly aheadMs: number;
}

/** What is remembered of the readings of one boot. */
export interface ReadingOrder {
  readonly boot: string;
  /** The last reading that was believed. */
  readonly last: ReadingMark | undefined;
  /** A later one that did not follow it. */
  readonly doubted: ReadingMark | undefined;
  /** The last readings that were believed, each as one number. */
  readonly known: readonly number[];
  /** Readings between those that were believed that never came. */
  readonly missing: number;
  /** Readings that came again. */
  readonly repeated: number;
  /** True while `last` is from before the bridge was started, and nothing has followed it yet. */
  readonly isRecalled?: true;
}

/** What is remembered before the first reading. */
export const NOTHING_READ: ReadingOrder = {
  boot: '',
  last: undefined,
  doubted: undefined,
  known: [],
  missing: 0,
  repeated: 0,
};

/** What a reading is held against. */
export interface ReadingContext {
  /** The rate that the device was started with; `undefined` when it was not, and may run at any. */
  readonly rateHz: number | undefined;
  /** How far, in ms, the reading lies in the future of its arrival, beyond what the clock fit may be wrong. */
  readonly aheadMs: number;
}

/** What a reading is: one that follows, one that was there already, or one that cannot be. */
export type ReadingPlace = 'follows' | 'repeated' | 'implausible';

/** Places a reading, and remembers it. */
export function placeReading(
  before: ReadingOrder | undefined,
  { boot, seq, ticks }: Reading,
  { rateHz = RATE_HZ_MAX, aheadMs }: ReadingContext,
): { readonly place: ReadingPlace; readonly order: ReadingOrder } {
  const mark = { seq, ticks, rateHz, aheadMs };
  const isKnown = before?.boot === boot && !isOutdated(before, mark);
  const order = isKnown ? before : newOrder(boot);
  const { last, doubted } = order;
  if (last === undefined) {
    if (aheadMs <= AHEAD_MS_MAX) return believe(order, mark, undefined);
  } else if (canFollow(last, mark) && isInTime(last, mark)) {
    return believe(order, mark, last);
  } else if (order.known.includes(keyOf(mark))) {
    return { place: 'repeated', order: { ...order, repeated: order.repeated + 1 } };
  }
  if (doubted !== undefined && canFollow(doubted, mark)) return believe(order, mark, doubted);
  return { place: 'implausible', order: { ...order, doubted: mark } };
}

/** What is remembered of a boot when all that is known is its last reading, which an earlier start of the bridge took. */
export function recallOrder({
  boot,
  seq,
  ticks,
}: Pick<Reading, 'boot' | 'seq' | 'ticks'>): ReadingOrder {
  return { ...newOrder(boot), last: { seq, ticks, rateHz: 0, aheadMs: 0 }, isRecalled: true };
}

/** A boot id may be drawn twice: what cannot follow a reading of an earlier start is of another boot. */
function isOutdated({ last, isRecalled }: ReadingOrder, mark: ReadingMark): boolean {
  return isRecalled === true && last !== undefined && !canFollow(last, mark);
}

function newOrder(boot: string): ReadingOrder {
  return { ...NOTHING_READ, boot };
}

/** Of readings that were missing for a whole round of seq or longer, the rounds are not counted: nobody knows the pace. */
function believe(
  order: ReadingOrder,
  mark: ReadingMark,
  follows: ReadingMark | undefined,
): { readonly place: ReadingPlace; readonly order: ReadingOrder } {
  const { boot, known, repeated } = order;
  const missing = order.missing + (follows === undefined ? 0 : readingsUpTo(follows, mark) - 1);
  const kept = [...known.slice(1 - READINGS_KNOWN), keyOf(mark)];
  return {
    place: 'follows',
    order: { boot, last: mark, doubted: undefined, known: kept, missing, repeated },
  };
}

function keyOf({ seq, ticks }: ReadingMark): number {
  return ticks * SEQ_MODULUS + seq;
}

/** The same seq again comes after a whole round of 65,536 readings. */
function readingsUpTo(before: ReadingMark, mark: ReadingMark): number {
  return ((mark.seq - before.seq - 1 + SEQ_MODULUS) % SEQ_MODULUS) + 1;
}

/** When the host's clock is set back, all readings seem to be ahead: once two have proved it, it is no reason any more. */
function isInTime(before: ReadingMark, mark: ReadingMark): boolean {
  const aheadMs = before.aheadMs > AHEAD_MS_MAX ? before.aheadMs : 0;
  return mark.aheadMs <= aheadMs + AHEAD_MS_MAX;
}

function canFollow(before: ReadingMark, mark: ReadingMark): boolean {
  const readings = readingsUpTo(before, mark);
  const ticks = (mark.ticks - before.ticks + TICKS_MODULUS) % TICKS_MODULUS;
  // The farther half of the circle is the past.
  if (ticks >= TICKS_MODULUS / 2) return false;
  const rateHz = Math.max(before.rateHz, mark.rateHz);
  return readings <= (RATE_SLACK * ticks * rateHz) / 1_000 + READINGS_SLACK;
}
