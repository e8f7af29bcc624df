/** The truth of a run: every reading that a body made, and what is known of its way to the bridge. */

/**
 * What the simulator itself knows of a reading's way.
 * `never-sent`: no device took it, or the device did not get rid of it. `sent`: it went out whole; on a line with wire
 * faults, it arrived whole, at least once. `garbled`: what has arrived of it is damaged and must be rejected. `lost`: a
 * fault cut it off on the way, and nothing of it has arrived.
 */
export type Fate = 'never-sent' | 'sent' | 'garbled' | 'lost';

/** Stands for the person, and the step, of a reading that nobody of this world made: a recorded device sent it. */
export const NOBODY = -1;

interface TruthReading {
  /** Number of the reading in its run, from 0. */
  readonly id: number;
  /** Number of the person who made it, or {@link NOBODY}. */
  readonly person: number;
  /** Number of the step that made it: a trainer reading and the phone samples of one step share it. */
  readonly step: number;
  /** World time in epoch ms. */
  readonly atMs: number;
  fate: Fate;
}

/** One distance, measured by the box that stood at the person's station; no serial number when there was none. */
export interface TruthDistance extends TruthReading {
  readonly kind: 'distance';
  readonly serialNumber: string | undefined;
  readonly distance: number;
  /** Boot id and sequence number on the wire, once it was sent. */
  boot?: string;
  seq?: number;
  /** How often its line arrived whole, if more than once. */
  arrivals?: number;
}

/** One acceleration sample with the time that the phone's clock gave it, in epoch ms. */
export interface TruthAcceleration extends TruthReading {
  readonly kind: 'acceleration';
  readonly timeStamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** How much later than at once its message was sent, in ms, if a fault held it back. */
  lateMs?: number;
}

/** One entry of the ledger. */
export type Truth = TruthDistance | TruthAcceleration;

/** What can happen in a run so that a scenario may insist on it. */
export const OCCURRENCES = [
  'address-respelled',
  'address-shared',
  'baud-rate-wrong',
  'boot-garbage',
  'box-returned',
  'box-swapped',
  'bridge-killed',
  'broker-restarted',
  'browned-out',
  'bytes-dropped',
  'bytes-duplicated',
  'bytes-held-back',
  'clock-jumped',
  'clock-set-anew',
  'consent-given-again-while-streaming',
  'consent-given-on-a-step',
  'consent-given-while-streaming',
  'consent-withdrawn-while-streaming',
  'customer-version-out-of-order',
  'date-not-given-null',
  'date-not-given-zero',
  'device-swapped',
  'line-cut',
  'line-ends-lost',
  'line-garbled',
  'lines-merged',
  'listing-partial',
  'message-duplicated',
  'message-late',
  'message-lost',
  'message-reordered',
  'message-sent-again',
  'object-late',
  'phone-offline',
  'public-without-research',
  'seq-wrapped',
  'serial-shared',
  'serial-told-anew',
  'storage-down',
  'storage-slow',
  'ticks-wrapped',
  'trainer-shared',
  'trainer-unplugged',
] as const;
/** One of {@link OCCURRENCES}. */
export type Occurrence = (typeof OCCURRENCES)[number];

/** Bytes that carry readings, as they leave a device. */
export interface SentBytes {
  /** Truth ids. */
  readonly readings: readonly number[];
  /** World time in epoch ms. */
  readonly atMs: number;
  /** What the device means to send, one byte per character: a line with its end, or the payload of a message. */
  readonly meant: string;
  /** What goes out, after all damage. */
  readonly passed: string;
  /** What was done to it, in the words of faults. */
  readonly damages: readonly string[];
}

/** What a ledger has collected since it was last taken from it. */
export interface TruthPart {
  readonly readings: readonly Truth[];
  readonly damagedLines: readonly string[];
}

/**
 * Collects the truth while a run goes on. Who runs for long takes it away now and then, and is told from then on what
 * becomes of the readings that are gone.
 */
export class TruthLedger {
  /** All readings, or those that nobody has taken away yet. */
  readonly readings: Truth[] = [];
  /** Told of each reading when it is made. */
  onReading: ((truth: Truth) => void) | undefined;
  /** Told of each reading that was taken away before, when more becomes known of its way. */
  onAmended: ((truth: Truth) => void) | undefined;
  /** Told of all bytes that carry readings. Nobody listens unless somebody looks at single readings. */
  onSent: ((sent: SentBytes) => void) | undefined;
  /**
   * What arrived at the end of serial lines with wire faults and stands for no line that was sent: the bytes of each, one
   * per character, without LF, up to 512. A bridge must refuse all of it.
   */
  readonly damagedLines: string[] = [];
  readonly #occurrences = new Map<Occurrence, number>();
  /** How many readings were taken away. */
  #taken = 0;

  /** How many readings there were, with those that were taken away. */
  get count(): number {
    return this.#taken + this.readings.length;
  }

  /** Gives away what was collected since the last time, and forgets it. */
  take(): TruthPart {
    const part = { readings: this.readings.splice(0), damagedLines: this.damagedLines.splice(0) };
    this.#taken += part.readings.length;
    return part;
  }

  /** Notes a reading and gives it its id. */
  addDistance(reading: Omit<TruthDistance, 'kind' | 'id' | 'fate'>): TruthDistance {
    const { person, step, atMs, serialNumber, distance } = reading;
    const truth: TruthDistance = {
      kind: 'distance',
      id: this.count,
      fate: 'never-sent',
      person,
      step,
      atMs,
      serialNumber,
      distance,
    };
    this.readings.push(truth);
    this.onReading?.(truth);
    return truth;
  }

  /** Notes a sample and gives it its id. */
  addAcceleration(reading: Omit<TruthAcceleration, 'kind' | 'id' | 'fate'>): TruthAcceleration {
    // Field by field: a run has very many of them, and a spread takes longer.
    const { person, step, atMs, timeStamp, x, y, z } = reading;
    const truth: TruthAcceleration = {
      kind: 'acceleration',
      id: this.count,
      fate: 'never-sent',
      person,
      step,
      atMs,
      timeStamp,
      x,
      y,
      z,
    };
    this.readings.push(truth);
    this.onReading?.(truth);
    return truth;
  }

  /** Notes what has become of a reading; of one on a line with faults, how often the line arrived whole. */
  noteFate(truth: Truth, fate: Fate, arrivals = 0): void {
    truth.fate = fate;
    if (truth.kind === 'distance' && arrivals > 1) truth.arrivals = arrivals;
    this.#tellAmended(truth);
  }

  /** Notes how much later than at once, in ms, a sample was sent. */
  noteLate(truth: TruthAcceleration, lateMs: number): void {
    truth.lateMs = lateMs;
    this.#tellAmended(truth);
  }

  /** Notes a line that arrived damaged. */
  addDamagedLine(text: string): void {
    this.damagedLines.push(text);
  }

  /** Counts an occurrence. */
  note(occurrence: Occurrence): void {
    this.#occurrences.set(occurrence, this.occurrences(occurrence) + 1);
  }

  /** How often something happened. */
  occurrences(occurrence: Occurrence): number {
    return this.#occurrences.get(occurrence) ?? 0;
  }

  #tellAmended(truth: Truth): void {
    if (truth.id < this.#taken) this.onAmended?.(truth);
  }
}
