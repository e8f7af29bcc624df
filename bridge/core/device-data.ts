/** What becomes of the lines that carry data: they land, or go to quarantine with the reason. */
import { FLAG_OUT_OF_RANGE } from '../../firmware-protocol/index.ts';
import type { Reading } from '../../firmware-protocol/index.ts';
import { toHostMs } from './clock-fit.ts';
import type { ClockFit } from './clock-fit.ts';
import { isRawRecord, parseRawRecord } from './raw-record.ts';
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
}

/** Lands a reading whose boot id was introduced and whose clock is known. */
export function takeReading(origin: ReadingOrigin, reading: Reading, line: string): SessionEffect {
  const { identity, clock } = origin;
  if (identity?.boot !== reading.boot) return reject('boot-not-introduced', line);
  if (clock === undefined) return reject('clock-not-fitted', line);
  if ((reading.flags & FLAG_OUT_OF_RANGE) !== 0) return reject('distance-out-of-range', line);
  const record = {
    sensorReadingTime: Math.round(toHostMs(clock, reading.ticks)),
    serialNumber: identity.serialNumber,
    distanceFromObject: reading.distance,
  };
  return { kind: 'land', record, line };
}

/** Lands a raw record of level 0; whatever else is no frame goes to quarantine, unless it is empty. */
export function takeUnframed(line: string): readonly SessionEffect[] {
  if (line === '' || line === '\r') return [];
  if (!isRawRecord(line)) return [reject('garbled-line', line)];
  const record = parseRawRecord(line);
  return [record === undefined ? reject('not-json', line) : { kind: 'land', record, line }];
}

function reject(reason: SerialReject, line: string): SessionEffect {
  return { kind: 'quarantine', reason, line };
}
