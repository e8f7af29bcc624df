/**
 * Takes out of a recording when it was made. Absolute times pass the line in SYNC, in its answer, and in the raw records
 * of devices of level 0; they are counted from the beginning of the recording instead, and CRCs are made to fit again. In
 * lines that are damaged, and in free text, digits that may belong to such a time become zeros.
 */
import {
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
  LINE_END,
} from '../../firmware-protocol/index.ts';
import type { RecordedLine } from './recording.ts';

/** As many digits as no tick count has, but an epoch time in ms. */
const EPOCH_DIGITS_MIN = 11;
/** The first digits of an epoch time tell the day; as few as these may be left of it in a damaged line. */
const TELLING_DIGITS = 9;
const PIECE_DIGITS = 4;
/** Times of one recording lie this close together, in ms; whatever does not is of another clock, and becomes 0. */
const SPAN_MS_MAX = 2 ** 32;
const RAW_TIME = /("sensorReadingTime"\s*:\s*)(-?\d+)/;

/** Rebases the times of one recording, line by line. */
export class TimeScrubber {
  readonly #hostTimes = new Rebase();
  readonly #rawTimes = new Rebase();
  /** What the epoch times on this line begin with, in pieces. */
  readonly #telling = new Set<string>();

  /** The bytes of a line as they may be kept. A line that does not decode still does not afterwards. */
  scrub({ from, bytes, ms }: RecordedLine): string {
    const end = /\r?\n?$/.exec(bytes)?.[0] ?? '';
    const line = bytes.slice(0, bytes.length - end.length);
    return (from === 'host' ? this.#scrubCommand(line, ms) : this.#scrubLine(line, ms)) + end;
  }

  #scrubCommand(line: string, ms: number): string {
    const decoded = decodeHostCommand(line);
    if (decoded.kind !== 'command') return this.#maskDamaged(line, isCommand);
    const { tag, command } = decoded;
    if (command.kind !== 'sync') return line;
    const hostMs = this.#rebaseHost(command.hostMs, ms);
    const framed = withoutEnd(encodeHostCommand(tag, { kind: 'sync', hostMs }));
    return line.includes('*') ? framed : framed.slice(0, framed.lastIndexOf('*'));
  }

  #scrubLine(line: string, ms: number): string {
    const decoded = decodeDeviceLine(line);
    switch (decoded.kind) {
      case 'synced': {
        const hostMs = this.#rebaseHost(decoded.hostMs, ms);
        return withoutEnd(encodeDeviceLine({ ...decoded, hostMs }));
      }
      case 'fault':
        return withoutEnd(encodeDeviceLine({ ...decoded, text: this.#mask(decoded.text, '0') }));
      case 'text':
        return this.#mask(line, '0');
      case 'rejected':
        return line.startsWith('{')
          ? this.#scrubRecord(line, ms)
          : this.#maskDamaged(line, isDeviceLine);
      default:
        return line;
    }
  }

  #scrubRecord(line: string, ms: number): string {
    const rebased = line.replace(
      RAW_TIME,
      (_, key: string, time: string) => `${key}${this.#rawTimes.rebase(Number(time), ms)}`,
    );
    return this.#mask(rebased, '0');
  }

  #rebaseHost(hostMs: number, ms: number): number {
    const digits = String(hostMs);
    if (digits.length >= EPOCH_DIGITS_MIN) {
      for (let at = 0; at + PIECE_DIGITS <= TELLING_DIGITS; at++) {
        this.#telling.add(digits.slice(at, at + PIECE_DIGITS));
      }
    }
    return this.#hostTimes.rebase(hostMs, ms);
  }

  /** Other digits may give a damaged line the CRC that it has, if seldom. Then one more is changed. */
  #maskDamaged(line: string, decodes: (line: string) => boolean): string {
    const masked = this.#mask(line, '0');
    return masked !== line && decodes(masked) ? this.#mask(line, '1') : masked;
  }

  #mask(text: string, digit: string): string {
    return text.replaceAll(/\d{4,}/g, (run) =>
      run.length >= EPOCH_DIGITS_MIN || this.#isTelling(run) ? digit.repeat(run.length) : run,
    );
  }

  #isTelling(run: string): boolean {
    return [...this.#telling].some((piece) => run.includes(piece));
  }
}

/** Counts times of one clock from the beginning of the recording: the first one stands for the moment it was seen. */
class Rebase {
  #zero: number | undefined;

  rebase(time: number, ms: number): number {
    this.#zero ??= time - Math.round(ms);
    const rebased = time - this.#zero;
    return rebased >= 0 && rebased <= SPAN_MS_MAX ? rebased : 0;
  }
}

function withoutEnd(encoded: string): string {
  return encoded.slice(0, -LINE_END.length);
}

function isCommand(line: string): boolean {
  return decodeHostCommand(line).kind === 'command';
}

function isDeviceLine(line: string): boolean {
  return decodeDeviceLine(line).kind !== 'rejected';
}
