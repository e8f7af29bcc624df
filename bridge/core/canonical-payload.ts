/**
 * The short way of phone payloads that stand in their bytes as the app and `encodeSampleBatch` write them: keys in that
 * order, no white space, strings without escapes, numbers as JSON.stringify prints them. Their landing lines are put
 * together from pieces of the payload, and nothing is parsed. Whatever else arrives takes the long way, and so does what
 * would have too many bytes of lines.
 */
import {
  MAX_PAYLOAD_LENGTH,
  SESSION_LENGTH_MAX,
  TIME_STAMP_MAX,
  USER_LENGTH_MAX,
} from '../../firmware-protocol/index.ts';
import { endOfDecimal, endOfPlainText, endOfWhole, wholeValue } from './canonical-text.ts';
import { hashBytes } from './payload-hash.ts';
import { LINES_BYTES_MAX } from './phone-payload-lines.ts';

const ENCODER = new TextEncoder();
const literal = (text: string): Uint8Array => ENCODER.encode(text);
const USER = literal('{"user":"');
const TIME_STAMP = literal('","timeStamp":');
const X = literal(',"x":');
const Y = literal(',"y":');
const Z = literal(',"z":');
const SESSION = literal('","session":"');
const SEQ = literal('","seq":');
const SAMPLES = literal(',"samples":[');
const END = literal('}\n');
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE_OBJECT = 0x7d;
/** What a line has beyond its sample in the payload, whose three commas it lacks, and what stands in front of its time. */
const LINE_EXTRA = X.length + Y.length + Z.length + END.length - 3;
const FIRST_CAPACITY = 1 << 14;

/** Lines of newline-delimited JSON, each with its LF. */
export interface CanonicalLines {
  /** Stays as it is until the next payload is read. */
  readonly lines: Uint8Array;
  readonly rows: number;
  /** A hash of session and seq; NaN for a single record. */
  readonly identity: number;
}

/** Reads canonical payloads, one at a time, into one buffer. */
export class CanonicalPayloads {
  #out = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  /** The lines of a payload; `undefined` when it is not canonical. Never throws. */
  read(payload: Uint8Array): CanonicalLines | undefined {
    if (payload.length > MAX_PAYLOAD_LENGTH) return undefined;
    const from = skip(payload, 0, USER);
    const user = from < 0 ? -1 : endOfPlainText(payload, from, USER_LENGTH_MAX);
    if (user < 0) return undefined;
    this.#length = 0;
    const time = skip(payload, user, TIME_STAMP);
    return time < 0 ? this.#readBatch(payload, user) : this.#readSingle(payload, time);
  }

  /** One record: its bytes are its line already. */
  #readSingle(payload: Uint8Array, time: number): CanonicalLines | undefined {
    const x = skip(payload, endOfTime(payload, time), X);
    const y = skip(payload, endOfNumber(payload, x), Y);
    const z = skip(payload, endOfNumber(payload, y), Z);
    const end = endOfNumber(payload, z);
    if (end < 0 || payload[end] !== CLOSE_OBJECT || end + 1 !== payload.length) return undefined;
    this.#reserve(payload.length + 1);
    this.#copy(payload, 0, end);
    this.#append(END);
    return { lines: this.#out.subarray(0, this.#length), rows: 1, identity: Number.NaN };
  }

  #readBatch(payload: Uint8Array, user: number): CanonicalLines | undefined {
    const session = skip(payload, user, SESSION);
    const sessionEnd = session < 0 ? -1 : endOfPlainText(payload, session, SESSION_LENGTH_MAX);
    const seq = skip(payload, sessionEnd, SEQ);
    const seqEnd = seq < 0 ? -1 : endOfWhole(payload, seq);
    const samples = skip(payload, seqEnd, SAMPLES);
    if (samples < 0) return undefined;
    const rows = this.#readSamples(payload, samples, user);
    if (rows < 0) return undefined;
    const identity = hashBytes(payload, {
      from: session,
      to: sessionEnd,
      seed: wholeValue(payload, seq, seqEnd),
    });
    return { lines: this.#out.subarray(0, this.#length), rows, identity };
  }

  /** Writes a line for each sample; −1 when they are not canonical. `user` is the end of the user in the payload. */
  #readSamples(payload: Uint8Array, from: number, user: number): number {
    let at = from;
    if (payload[at] === CLOSE_LIST) return isEnd(payload, at + 1) ? 0 : -1;
    for (let rows = 1; ; rows++) {
      if (payload[at] !== OPEN_LIST) return -1;
      at = this.#readSample(payload, at + 1, user);
      if (at < 0 || payload[at] !== CLOSE_LIST) return -1;
      const next = payload[at + 1];
      if (next === CLOSE_LIST) return isEnd(payload, at + 2) ? rows : -1;
      if (next !== COMMA) return -1;
      at += 2;
    }
  }

  /** Writes the line of the sample behind `time`; gives the sample's end, or −1. */
  #readSample(payload: Uint8Array, time: number, user: number): number {
    const timeEnd = endOfTime(payload, time);
    const xEnd = endOfNumber(payload, behindComma(payload, timeEnd));
    const yEnd = endOfNumber(payload, behindComma(payload, xEnd));
    const zEnd = endOfNumber(payload, behindComma(payload, yEnd));
    if (zEnd < 0) return -1;
    const bytes = user + TIME_STAMP.length + zEnd - time + LINE_EXTRA;
    if (this.#length + bytes > LINES_BYTES_MAX) return -1;
    this.#reserve(bytes);
    this.#copy(payload, 0, user);
    this.#append(TIME_STAMP);
    this.#copy(payload, time, timeEnd);
    this.#append(X);
    this.#copy(payload, timeEnd + 1, xEnd);
    this.#append(Y);
    this.#copy(payload, xEnd + 1, yEnd);
    this.#append(Z);
    this.#copy(payload, yEnd + 1, zEnd);
    this.#append(END);
    return zEnd;
  }

  #append(bytes: Uint8Array): void {
    this.#copy(bytes, 0, bytes.length);
  }

  /** Pieces are too short for a call of `set` to pay. */
  #copy(bytes: Uint8Array, from: number, to: number): void {
    const out = this.#out;
    let length = this.#length;
    for (let at = from; at < to; at++) out[length++] = bytes[at] as number;
    this.#length = length;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#out.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#out.length));
    larger.set(this.#out.subarray(0, this.#length));
    this.#out = larger;
  }
}

/** The place behind `expected` at `from`; −1 when something else stands there, or when `from` is −1. */
function skip(bytes: Uint8Array, from: number, expected: Uint8Array): number {
  if (from < 0 || from + expected.length > bytes.length) return -1;
  for (let index = 0; index < expected.length; index++) {
    if (bytes[from + index] !== expected[index]) return -1;
  }
  return from + expected.length;
}

function behindComma(bytes: Uint8Array, at: number): number {
  return at >= 0 && bytes[at] === COMMA ? at + 1 : -1;
}

function endOfNumber(bytes: Uint8Array, from: number): number {
  return from < 0 ? -1 : endOfDecimal(bytes, from);
}

function endOfTime(bytes: Uint8Array, from: number): number {
  const end = from < 0 ? -1 : endOfWhole(bytes, from);
  return end >= 0 && wholeValue(bytes, from, end) <= TIME_STAMP_MAX ? end : -1;
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === CLOSE_OBJECT && at + 1 === bytes.length;
}
