/** The bridge: serial ports and phone messages in, landing objects out. */
import { isUtf8 } from 'node:buffer';
import { decodePhonePayload, parsePhoneTopic } from '../firmware-protocol/index.ts';
import { validateLandingRecord } from '../pipeline/index.ts';
import type { LandingRecord } from '../pipeline/index.ts';
import { LandingBatches } from './core/landing-batches.ts';
import type { BatchLimits, LandingObject } from './core/landing-batches.ts';
import { HostSession } from './host-session.ts';
import type { LineVerdict } from './host-session.ts';
import type { BridgeTimers, ObjectSink, SerialChannel } from './ports.ts';

/** Objects of about a megabyte, or what came in a minute. */
const DEFAULT_LIMITS: BatchLimits = { maxLength: 1 << 20, maxAgeMs: 60_000 };
const BITS_PER_BYTE = 10;

/** How a bridge is set up. */
export interface BridgeOptions {
  /** Stands in object names: letters, digits and hyphens. */
  readonly id: string;
  readonly timers: BridgeTimers;
  readonly sink: ObjectSink;
  readonly limits?: BatchLimits;
  /** Called when an object could not be stored; the bridge goes on. */
  readonly onStoreFailure: (object: LandingObject, cause: unknown) => void;
}

/** What a bridge has done so far. */
export interface BridgeCounts {
  readonly landed: number;
  readonly quarantined: number;
  /** Bytes that were too much of a line: quarantine keeps the beginning of an overlong line only. */
  readonly discardedBytes: number;
}

type Source = 'accelerometer_landing' | 'step_trainer_landing';

/** Lands what serial ports and phones send; what it cannot take goes to quarantine with reason, source and bytes. */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #batches: LandingBatches;
  readonly #storing = new Set<Promise<void>>();
  readonly #sessions = new Set<HostSession>();
  #alarmSet = false;
  #landed = 0;
  #quarantined = 0;
  #discardedBytes = 0;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#batches = new LandingBatches(options.id, options.limits ?? DEFAULT_LIMITS);
  }

  /** Takes over an open serial port at `baudRate` until it closes. */
  attach(channel: SerialChannel, baudRate: number): void {
    const session = new HostSession({
      channel,
      timers: this.#options.timers,
      byteMs: (BITS_PER_BYTE * 1000) / baudRate,
      onVerdict: (verdict) => this.#takeLine(verdict, channel.path),
      onDiscarded: (bytes) => (this.#discardedBytes += bytes),
    });
    this.#sessions.add(session);
    channel.onClose(() => {
      if (!this.#sessions.delete(session)) return;
      const half = session.end();
      if (half !== '') {
        this.#quarantine('step_trainer_landing', 'line-cut-off', channel.path, half);
      }
    });
  }

  /** Takes one MQTT message. */
  receiveMessage(topic: string, payload: Uint8Array): void {
    const parsed = parsePhoneTopic(topic);
    if (parsed?.channel === 'status') return;
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    // Bytes that are no text would become replacement characters: keep them as latin1, one character per byte.
    const isText = isUtf8(bytes);
    const text = bytes.toString(isText ? 'utf8' : 'latin1');
    const refuse = (reason: string): void =>
      this.#quarantine('accelerometer_landing', reason, topic, text);
    if (parsed === undefined) return refuse('unknown-topic');
    if (!isText) return refuse('not-utf8');
    const decoded = decodePhonePayload(text);
    if (decoded.kind === 'rejected') return refuse(decoded.reason);
    const records: LandingRecord[] = [];
    for (const record of decoded.records) {
      const checked = validateLandingRecord('accelerometer_landing', record);
      if (!checked.ok) return refuse(checked.reason);
      records.push(checked.record);
    }
    for (const record of records) this.#land('accelerometer_landing', record);
  }

  /** What has been done so far. */
  get counts(): BridgeCounts {
    return {
      landed: this.#landed,
      quarantined: this.#quarantined,
      discardedBytes: this.#discardedBytes,
    };
  }

  /** Waits until every object that is complete by now is stored. */
  async settle(): Promise<void> {
    await Promise.all(this.#storing);
  }

  /** Stops the devices, and stores what is collected. */
  async close(): Promise<void> {
    for (const session of this.#sessions) session.stop();
    await this.#flush();
    // What arrived while the last objects were being stored.
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const nowMs = this.#options.timers.now();
    for (const object of this.#batches.closeAll(nowMs)) this.#store(object);
    await this.settle();
  }

  #takeLine(effect: LineVerdict, source: string): void {
    const table = 'step_trainer_landing';
    if (effect.kind === 'quarantine') {
      this.#quarantine(table, effect.reason, source, effect.line);
      return;
    }
    const checked = validateLandingRecord(table, effect.record);
    if (checked.ok) this.#land(table, checked.record);
    else this.#quarantine(table, checked.reason, source, effect.line);
  }

  #land(table: Source, record: LandingRecord): void {
    this.#landed++;
    this.#collect(table, record);
  }

  #quarantine(table: Source, reason: string, source: string, original: string): void {
    this.#quarantined++;
    const arrivedAt = Math.floor(this.#options.timers.now());
    this.#collect(`quarantine/${table}`, { reason, source, arrivedAt, original });
  }

  #collect(table: Parameters<LandingBatches['add']>[0], record: unknown): void {
    const { timers } = this.#options;
    const full = this.#batches.add(table, record, timers.now());
    if (full !== undefined) this.#store(full);
    else this.#setAlarm();
  }

  /** One alarm at a time, for the batch that becomes too old first. */
  #setAlarm(): void {
    const { dueMs } = this.#batches;
    if (this.#alarmSet || dueMs === undefined) return;
    this.#alarmSet = true;
    this.#notBefore(dueMs, () => {
      this.#alarmSet = false;
      for (const object of this.#batches.closeOld(this.#options.timers.now())) this.#store(object);
      this.#setAlarm();
    });
  }

  /** Timers of real time may be early by a ms or two. */
  #notBefore(timeMs: number, action: () => void): void {
    const { timers } = this.#options;
    timers.at(timeMs, () => {
      if (timers.now() < timeMs) this.#notBefore(timeMs, action);
      else action();
    });
  }

  #store(object: LandingObject): void {
    const storing = this.#options.sink
      .put(object)
      .catch((cause: unknown) => this.#options.onStoreFailure(object, cause))
      .finally(() => this.#storing.delete(storing));
    this.#storing.add(storing);
  }
}
