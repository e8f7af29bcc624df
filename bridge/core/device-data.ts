/** What becomes of the lines that carry data: they land, or go to quarantine with the reason. */
import { FLAG_OUT_OF_RANGE, MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';
import type { Reading } from '../../firmware-protocol/index.ts';
import { clockError, toHostMs } from './clock-fit.ts';
import type { ClockFit } from './clock-fit.ts';
import { isTailOfLine } from './cut-line.ts';
import { isRawRecord, parseRawRecord } from './raw-record.ts';
import { placeReading } from './reading-order.ts';
import type { ReadingOrder, ReadingPlace } from './reading-order.ts';
import type { SerialReject, SessionEffect } from './session-events.ts';

/** Who is on a port, as `=ID` told; valid for one boot. */
export interface DeviceIdentity {
  readonly boot: string;
  readonly serialNumber: string;
}

/** What is known of the device that a reading comes from. */
export interface ReadingOrigin {
  readonly identity: DeviceIdentity | undefined;
  readonly clock: ClockFit | undefined;
  /** What the time of day is ahead of the time of that clock, in ms. */
  readonly clockSetMs: number;
  /** What is remembered of its readings. */
  readonly order: ReadingOrder | undefined;
  /** Whether it was started by us, and at which rate. */
  readonly started: boolean;
  readonly rateHz: number;
}

/** A reading as it arrived, at a host time in epoch ms. */
export interface ArrivedReading {
  readonly reading: Reading;
  readonly line: string;
  readonly atMs: number;
}

/** What becomes of a reading, and what is remembered of it. */
export interface TakenReading {
  readonly effect: SessionEffect;
  readonly order: ReadingOrder | undefined;
}

/** Lands a reading whose boot id was introduced, whose clock is known, and that can follow those before. */
export function takeReading(origin: ReadingOrigin, arrived: ArrivedReading): TakenReading {
  const { reading, line } = arrived;
  const { identity, clock, clockSetMs, started, rateHz } = origin;
  if (identity?.boot !== reading.boot) {
    return { effect: reject('boot-not-introduced', line), order: origin.order };
  }
  const { place, order } = placeReading(origin.order, reading, {
    rateHz: started ? rateHz : undefined,
    aheadMs: clock === undefined ? 0 : aheadMs(clock, arrived),
  });
  return { effect: landOrReject({ identity, clock, clockSetMs, place }, arrived), order };
}

function landOrReject(
  known: {
    readonly identity: DeviceIdentity;
    readonly clock: ClockFit | undefined;
    readonly clockSetMs: number;
    readonly place: ReadingPlace;
  },
  { reading, line }: ArrivedReading,
): SessionEffect {
  const { identity, clock, clockSetMs, place } = known;
  if (place === 'repeated') return reject('repeated-reading', line);
  if (clock === undefined) return reject('clock-not-fitted', line);
  if (place === 'implausible') return reject('implausible-reading', line);
  if ((reading.flags & FLAG_OUT_OF_RANGE) !== 0) return reject('distance-out-of-range', line);
  const record = {
    sensorReadingTime: Math.round(toHostMs(clock, reading.ticks) + clockSetMs),
    serialNumber: identity.serialNumber,
    distanceFromObject: reading.distance,
  };
  return { kind: 'land', record, line };
}

/** How far a reading lies in the future beyond what the clock fit may be wrong. */
function aheadMs(clock: ClockFit, { reading, atMs }: ArrivedReading): number {
  const sinceSyncMs = Math.max(0, atMs - toHostMs(clock, clock.atTicks));
  const errorMs = clockError(clock, sinceSyncMs);
  // Of a clock that contradicts itself nothing follows.
  return Number.isFinite(errorMs) ? toHostMs(clock, reading.ticks) - atMs - errorMs : 0;
}

/**
 * Lands a raw record of level 0; whatever else is no frame goes to quarantine, unless it is empty. `isFirst` says that
 * nothing came before it since the port was opened: it may be the rest of a line.
 */
export function takeUnframed(line: string, isFirst = false): readonly SessionEffect[] {
  if (line === '' || line === '\r') return [];
  if (!isRawRecord(line)) {
    return [reject(isFirst && isTailOfLine(line) ? 'line-cut-off' : 'garbled-line', line)];
  }
  // Of a line that is too long its beginning comes through, and blanks there would leave a record that looks whole.
  if (line.length >= MAX_RAW_LINE_BYTES) return [reject('line-cut-off', line)];
  const parsed = parseRawRecord(line);
  return [parsed.ok ? { kind: 'land', record: parsed.value, line } : reject(parsed.reason, line)];
}

function reject(reason: SerialReject, line: string): SessionEffect {
  return { kind: 'quarantine', reason, line };
}
