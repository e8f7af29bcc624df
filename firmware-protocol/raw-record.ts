/** Raw records of conformance level 0: the landing record itself as a line of JSON, without any protection. */
import { MAX_RAW_LINE_BYTES, stripCarriageReturn } from './framing.ts';
import type { RuleId } from './rules/rules.ts';

/** A landing record: `sensorReadingTime` in epoch ms, `distanceFromObject` as the sensor gives it. */
export interface RawRecord {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
  readonly distanceFromObject: number;
}

/** A record, or the rule that the line breaks. */
export type DecodedRawRecord =
  | { readonly kind: 'record'; readonly record: RawRecord }
  | { readonly kind: 'rejected'; readonly rule: RuleId };

/** Decodes one line (one byte per character, split at LF, with or without CR) of a device without frames. Never throws. */
export function decodeRawRecord(raw: string): DecodedRawRecord {
  const line = stripCarriageReturn(raw);
  // One byte for the LF, one for the CR that may be missing.
  if (line.length > MAX_RAW_LINE_BYTES - 2) return { kind: 'rejected', rule: 'STL-RAW-002' };
  const record = parseRecord(line);
  return record === undefined
    ? { kind: 'rejected', rule: 'STL-RAW-001' }
    : { kind: 'record', record };
}

function parseRecord(line: string): RawRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { sensorReadingTime, serialNumber, distanceFromObject } = value as Record<string, unknown>;
  if (typeof serialNumber !== 'string' || serialNumber === '') return undefined;
  if (!isCount(sensorReadingTime) || !isWhole(distanceFromObject)) return undefined;
  return { sensorReadingTime, serialNumber, distanceFromObject };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isWhole(value) && value >= 0;
}
