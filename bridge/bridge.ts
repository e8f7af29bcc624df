/** The bridge's intake: serial ports and phone messages in, lines for landing and quarantine out. */
import { validateLandingRecord } from '../pipeline/index.ts';
import type { BridgeCounts } from './core/bridge-counts.ts';
import type { WindowLimits } from './core/duplicate-windows.ts';
import { bytesOfLatin1, columnRule } from './core/quarantine-line.ts';
import { DeviceRoster } from './core/device-roster.ts';
import type { DeviceState } from './core/device-roster.ts';
import type { QuarantineReason } from './core/quarantine-reasons.ts';
import { ruleOfRefused } from './core/serial-rule.ts';
import { HostSession } from './host-session.ts';
import type { HostStatus, LineVerdict } from './host-session.ts';
import { PortGate } from './port-gate.ts';
import { PhoneIntake } from './phone-intake.ts';
import type {
  BridgeTimers,
  ReadingMemory,
  RecordStore,
  SerialChannel,
  TakeMessage,
} from './ports.ts';
import { RowWriter } from './row-writer.ts';

const BITS_PER_BYTE = 10;
const STEPS = 'step_trainer_landing';
const ENCODER = new TextEncoder();

/** How a bridge is set up. */
export interface BridgeOptions {
  readonly store: RecordStore;
  readonly timers: BridgeTimers;
  /** How many messages of phones are remembered, to recognise those that come again; as many as usual if not given. */
  readonly windows?: WindowLimits;
  /** Keeps the last reading of each device beyond the end of the bridge; they are forgotten if not given. */
  readonly memory?: ReadingMemory;
}

/** A serial port that a bridge has taken over. */
export interface AttachedPort {
  /** What is known of the device at its far end. */
  readonly status: HostStatus;
  /** Lines that were thrown away since it was opened, as the store was full. */
  readonly discardedLines: number;
}

/** Lands what serial ports and phones send; what it cannot take goes to quarantine with reason, source and bytes. */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #sessions = new Set<HostSession>();
  readonly #roster: DeviceRoster;
  readonly #writer: RowWriter;
  /** Takes one MQTT message. */
  readonly take: TakeMessage;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#roster = new DeviceRoster(options.memory?.remembered);
    this.#writer = new RowWriter(options.store, options.timers);
    this.take = new PhoneIntake(this.#writer, options.windows).take;
    options.store.onRoom(() => {
      this.#remember();
      for (const session of this.#sessions) session.hold(false);
    });
  }

  /** Takes over an open serial port at `baudRate` until it closes. What came in one chunk is flushed as one. */
  attach(channel: SerialChannel, baudRate: number): AttachedPort {
    const { store, timers } = this.#options;
    let position = 0;
    const gate = new PortGate({ store, hold: () => session.hold(true) });
    const take = (verdict: LineVerdict): void => {
      if (!gate.admits(verdict.line.length))
        return this.#writer.tally.discarded(verdict.line.length);
      this.#takeLine(verdict, { source: channel.path, position });
    };
    const session = new HostSession({
      channel: {
        write: (bytes) => channel.write(bytes),
        onData: (listener) =>
          channel.onData((chunk) => {
            listener(chunk);
            this.#remember();
            store.flush();
          }),
      },
      timers,
      byteMs: (BITS_PER_BYTE * 1000) / baudRate,
      onLine: () => position++,
      onVerdict: take,
      onDiscarded: (bytes) => this.#writer.tally.discarded(bytes),
      roster: this.#roster,
    });
    this.#sessions.add(session);
    channel.onClose(() => {
      if (!this.#sessions.delete(session)) return;
      const half = session.end();
      position++;
      if (half !== '') take({ kind: 'quarantine', reason: 'line-cut-off', line: half });
      store.flush();
    });
    return {
      get status() {
        return session.status;
      },
      get discardedLines() {
        return gate.discardedLines;
      },
    };
  }

  /** The devices that have said who they are on any serial port since the start. */
  get devices(): readonly DeviceState[] {
    return this.#roster.devices;
  }

  /** What has been done so far. */
  get counts(): BridgeCounts {
    return this.#writer.counts;
  }

  /** Stops the devices. What they still send is taken all the same. */
  stop(): void {
    for (const session of this.#sessions) session.stop();
  }

  /**
   * Says what the last readings are right before they are written: who dies in between counts one too few as missing, and
   * never one that landed. What waits for room is not written yet.
   */
  #remember(): void {
    const { memory, store } = this.#options;
    if (memory === undefined || store.isFull) return;
    for (const last of this.#roster.takeLastReadings()) memory.keep(last);
  }

  #takeLine(
    verdict: LineVerdict,
    place: { readonly source: string; readonly position: number },
  ): void {
    const refuse = (reason: QuarantineReason, rule?: string): void => {
      const original = bytesOfLatin1(verdict.line);
      this.#writer.quarantine(STEPS, { ...place, reason, rule, original });
    };
    if (verdict.kind === 'quarantine') {
      return refuse(verdict.reason, ruleOfRefused(verdict.reason, verdict.line));
    }
    const checked = validateLandingRecord(STEPS, verdict.record);
    if (!checked.ok) return refuse(checked.code, columnRule(STEPS, checked.column));
    const lines = ENCODER.encode(`${JSON.stringify(checked.record)}\n`);
    this.#writer.land(STEPS, { lines, rows: 1 });
  }
}
