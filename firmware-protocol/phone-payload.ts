/** Payloads of the phone app: a batch of samples, one landing record, or the phone's status. */

/** `[timeStamp, x, y, z]`: epoch ms and acceleration in the app's units. */
export type Sample = readonly [timeStamp: number, x: number, y: number, z: number];

/** A batch of samples. `session` (1–128 characters) and `seq` (from 0) make a redelivered batch recognisable. */
export interface SampleBatch {
  readonly user: string;
  readonly session: string;
  readonly seq: number;
  readonly samples: readonly Sample[];
}

/** One accelerometer sample as it lands. */
export interface AccelerometerRecord {
  readonly user: string;
  readonly timeStamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A decoded accelerometer payload: its records in the order they were sent, or why there are none. */
export type DecodedPhonePayload =
  | {
      readonly kind: 'records';
      readonly records: readonly AccelerometerRecord[];
      readonly batch: { readonly session: string; readonly seq: number } | undefined;
    }
  | {
      readonly kind: 'rejected';
      readonly reason: PhonePayloadFault;
      /** What of the payload is at fault, where it is a part of it. */
      readonly field?: PhonePayloadField;
      /** Which sample of a batch it is, from 1. */
      readonly sample?: number;
    };

/** Why a payload was not understood. */
export type PhonePayloadFault =
  'too-long' | 'not-json' | 'not-an-object' | 'bad-user' | 'bad-sample';

/** The parts of a payload. */
export type PhonePayloadField =
  'user' | 'session' | 'seq' | 'samples' | 'timeStamp' | 'x' | 'y' | 'z';

/** Whether a phone is connected: the retained birth message and the last will. */
export type PhoneStatus = 'online' | 'offline';

/** The longest payload in characters: 500 samples with room to spare. */
export const MAX_PAYLOAD_LENGTH = 65_536;
/** The longest user in characters. */
export const USER_LENGTH_MAX = 320;
/** The longest session in characters. */
export const SESSION_LENGTH_MAX = 128;
/** The end of the year 9999: later dates have no four-digit year, and beyond 8.64e15 ms there are none at all. */
export const TIME_STAMP_MAX = 253_402_300_799_999;

/** The text of a batch payload. */
export function encodeSampleBatch(batch: SampleBatch): string {
  return JSON.stringify(batch);
}

/** Decodes an accelerometer payload: a batch, or one landing record with `timeStamp` in either spelling. Never throws. */
export function decodePhonePayload(text: string): DecodedPhonePayload {
  if (text.length > MAX_PAYLOAD_LENGTH) return { kind: 'rejected', reason: 'too-long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'rejected', reason: 'not-json' };
  }
  return decodePhoneValue(value);
}

/** Decodes the parsed JSON of an accelerometer payload. Never throws. */
export function decodePhoneValue(value: unknown): DecodedPhonePayload {
  if (!isObject(value)) return { kind: 'rejected', reason: 'not-an-object' };
  const user = value['user'];
  if (typeof user !== 'string' || user === '' || user.length > USER_LENGTH_MAX) {
    return { kind: 'rejected', reason: 'bad-user', field: 'user' };
  }
  return 'samples' in value ? decodeBatch(user, value) : decodeSingle(user, value);
}

/** The text of a status message. */
export function encodePhoneStatus(status: PhoneStatus): string {
  return JSON.stringify({ status });
}

function decodeBatch(user: string, value: Readonly<Record<string, unknown>>): DecodedPhonePayload {
  const { session, seq, samples } = value as Record<'session' | 'seq' | 'samples', unknown>;
  if (!isSession(session)) return badSample('session');
  if (!isCount(seq)) return badSample('seq');
  if (!Array.isArray(samples)) return badSample('samples');
  const records: AccelerometerRecord[] = [];
  for (const [index, sample] of (samples as readonly unknown[]).entries()) {
    const field = Array.isArray(sample) ? faultOf(sample) : 'samples';
    if (field !== undefined) {
      return { kind: 'rejected', reason: 'bad-sample', field, sample: index + 1 };
    }
    records.push(toRecord(user, sample as Sample));
  }
  return { kind: 'records', records, batch: { session, seq } };
}

function decodeSingle(user: string, value: Readonly<Record<string, unknown>>): DecodedPhonePayload {
  const other = value['timestamp'];
  const timeStamp = value['timeStamp'] ?? other;
  const sample = [timeStamp, value['x'], value['y'], value['z']];
  const field = faultOf(sample);
  if (field !== undefined) return badSample(field);
  // Two spellings that disagree are two answers to one question; nothing says which of them is right.
  if ((other ?? timeStamp) !== timeStamp) return badSample('timeStamp');
  return {
    kind: 'records',
    records: [toRecord(user, sample as unknown as Sample)],
    batch: undefined,
  };
}

function badSample(field: PhonePayloadField): DecodedPhonePayload {
  return { kind: 'rejected', reason: 'bad-sample', field };
}

/** What is wrong with a sample; `undefined` when it is a {@link Sample}. */
function faultOf(sample: readonly unknown[]): PhonePayloadField | undefined {
  const [timeStamp, x, y, z] = sample;
  if (sample.length !== 4) return 'samples';
  if (!isEpochMs(timeStamp)) return 'timeStamp';
  if (!isFiniteNumber(x)) return 'x';
  if (!isFiniteNumber(y)) return 'y';
  return isFiniteNumber(z) ? undefined : 'z';
}

function toRecord(user: string, [timeStamp, x, y, z]: Sample): AccelerometerRecord {
  return { user, timeStamp, x, y, z };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSession(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= SESSION_LENGTH_MAX;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isEpochMs(value: unknown): value is number {
  return isCount(value) && value <= TIME_STAMP_MAX;
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
