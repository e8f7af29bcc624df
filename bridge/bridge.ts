/** The bridge's intake: serial ports and phone messages in, lines for landing and quarantine out. */
import { parsePhoneTopic } from '../firmware-protocol/index.ts';
import { validateLandingRecord } from '../pipeline/index.ts';
import { BridgeTally } from './core/bridge-counts.ts';
import type { BridgeCounts } from './core/bridge-counts.ts';
import { readPhonePayload } from './core/phone-payload-lines.ts';
import { bytesOfLatin1, encodeQuarantineLine } from './core/quarantine-line.ts';
import type { QuarantineEntry } from './core/quarantine-line.ts';
import { HostSession } from './host-session.ts';
import type { HostStatus, LineVerdict } from './host-session.ts';
import type { BridgeTimers, RecordStore, SerialChannel, TakeMessage } from './ports.ts';

const BITS_PER_BYTE = 10;
const ENCODER = new TextEncoder();

/** How a bridge is set up. */
export interface BridgeOptions {
  readonly store: RecordStore;
  readonly timers: BridgeTimers;
}

/** A serial port that a bridge has taken over. */
export interface AttachedPort {
  /** What is known of the device at its far end. */
  readonly status: HostStatus;
}

type Source = 'accelerometer_landing' | 'step_trainer_landing';

/** Lands what serial ports and phones send; what it cannot take goes to quarantine with reason, source and bytes. */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #sessions = new Set<HostSession>();
  readonly #tally = new BridgeTally();

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  /** Takes over an open serial port at `baudRate` until it closes. What came in one chunk is flushed as one. */
  attach(channel: SerialChannel, baudRate: number): AttachedPort {
    const { store, timers } = this.#options;
    let position = 0;
    const take = (verdict: LineVerdict): void =>
      this.#takeLine(verdict, { source: channel.path, position });
    const session = new HostSession({
      channel: {
        write: (bytes) => channel.write(bytes),
        onData: (listener) =>
          channel.onData((chunk) => {
            listener(chunk);
            store.flush();
          }),
      },
      timers,
      byteMs: (BITS_PER_BYTE * 1000) / baudRate,
      onLine: () => position++,
      onVerdict: take,
      onDiscarded: (bytes) => this.#tally.discarded(bytes),
    });
    this.#sessions.add(session);
    channel.onClose(() => {
      if (!this.#sessions.delete(session)) return;
      const half = session.end();
      position++;
      if (half !== '') take({ kind: 'quarantine', reason: 'line-cut-off', line: half });
      store.flush();
    });
    return session;
  }

  /** Takes one MQTT message. What phones say about their status is acknowledged at once and not kept. */
  readonly take: TakeMessage = (message, onDurable) => {
    const { topic, payload } = message;
    const parsed = parsePhoneTopic(topic);
    if (parsed?.channel === 'status') return onDurable();
    if (parsed === undefined) {
      const entry = { reason: 'unknown-topic', source: 'mqtt', originalTopic: topic };
      return this.#quarantine('accelerometer_landing', { ...entry, original: payload }, onDurable);
    }
    const read = readPhonePayload(payload);
    if (read.kind === 'refused') {
      const { reason, rule } = read;
      const entry = { reason, rule, source: topic, original: payload };
      return this.#quarantine('accelerometer_landing', entry, onDurable);
    }
    // A batch may be empty: nothing has to become durable.
    if (read.rows === 0) return onDurable();
    this.#land('accelerometer_landing', read, onDurable);
  };

  /** What has been done so far. */
  get counts(): BridgeCounts {
    return this.#tally.counts;
  }

  /** Stops the devices. What they still send is taken all the same. */
  stop(): void {
    for (const session of this.#sessions) session.stop();
  }

  #takeLine(
    verdict: LineVerdict,
    place: { readonly source: string; readonly position: number },
  ): void {
    const table = 'step_trainer_landing';
    const refuse = (reason: string, rule?: string): void =>
      this.#quarantine(table, { ...place, reason, rule, original: bytesOfLatin1(verdict.line) });
    if (verdict.kind === 'quarantine') return refuse(verdict.reason);
    const checked = validateLandingRecord(table, verdict.record);
    if (!checked.ok) return refuse(checked.reason);
    const lines = ENCODER.encode(`${JSON.stringify(checked.record)}\n`);
    this.#land(table, { lines, rows: 1 });
  }

  #land(
    table: Source,
    { lines, rows }: { readonly lines: Uint8Array; readonly rows: number },
    onDurable?: () => void,
  ): void {
    this.#tally.landed(table, rows);
    this.#options.store.append(table, lines, rows, onDurable);
  }

  #quarantine(
    source: Source,
    entry: Omit<QuarantineEntry, 'arrivedAt'>,
    onDurable?: () => void,
  ): void {
    const { store, timers } = this.#options;
    const table = `quarantine/${source}` as const;
    const arrivedAt = Math.floor(timers.now());
    this.#tally.quarantined(table, entry.reason);
    store.append(table, encodeQuarantineLine({ ...entry, arrivedAt }), 1, onDurable);
  }
}
