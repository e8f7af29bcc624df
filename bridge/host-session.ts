import { SerialLines } from './adapters/serial-lines.ts';
import type { ClockFit } from './core/clock-fit.ts';
import type { DeviceIdentity } from './core/device-data.ts';
import { newDeviceSession, stepDeviceSession } from './core/device-session.ts';
import type { DeviceSession } from './core/device-session.ts';
import type { SessionEffect, SessionEvent } from './core/session-events.ts';
import type { BridgeTimers, SerialChannel } from './ports.ts';

/** What a session decides about a line that carries data. */
export type LineVerdict = Extract<SessionEffect, { readonly line: string }>;

/** How a session with the device at the far end of a line is held. */
export interface HostSessionOptions {
  readonly channel: Pick<SerialChannel, 'write' | 'onData'>;
  readonly timers: BridgeTimers;
  /** Time of one byte on the line, in ms. */
  readonly byteMs: number;
  /** Told what becomes of each line that carries data. */
  readonly onVerdict: (verdict: LineVerdict) => void;
  /** Told each line as it came, without its LF, before its verdict. */
  readonly onLine?: (line: string) => void;
  /** Told how many bytes of an overlong line were thrown away. */
  readonly onDiscarded?: (bytes: number) => void;
}

/** What a session knows of its device. */
export interface HostStatus {
  readonly phase: DeviceSession['phase'];
  readonly identity: DeviceIdentity | undefined;
  /** The device's clock against the host's. */
  readonly clock: ClockFit | undefined;
}

/** The host's side of one serial line: identifies the device, fits its clock, starts it, and judges what it sends. */
export class HostSession {
  readonly #options: HostSessionOptions;
  readonly #lines: SerialLines;
  #session: DeviceSession;
  #isOpen = true;

  /** Begins at once. */
  constructor(options: HostSessionOptions) {
    const { channel, timers, byteMs, onLine, onDiscarded } = options;
    this.#options = options;
    this.#session = newDeviceSession(byteMs);
    this.#lines = new SerialLines(
      (line) => {
        onLine?.(line);
        this.#advance({ kind: 'line', line, atMs: timers.now() });
      },
      (bytes) => onDiscarded?.(bytes),
    );
    channel.onData((chunk) => {
      if (this.#isOpen) this.#lines.push(chunk);
    });
    this.#advance({ kind: 'opened', atMs: timers.now() });
  }

  /** What is known of the device now. */
  get status(): HostStatus {
    const { phase, identity, clock } = this.#session;
    return { phase, identity, clock };
  }

  /** Stops the device. What it still sends is judged all the same. */
  stop(): void {
    if (this.#isOpen) this.#advance({ kind: 'closing', atMs: this.#options.timers.now() });
  }

  /** Ends the session, as the line is gone. Gives back the half line that was cut off, or ''. */
  end(): string {
    if (!this.#isOpen) return '';
    this.#isOpen = false;
    return this.#lines.end();
  }

  #advance(event: SessionEvent): void {
    const { session, effects } = stepDeviceSession(this.#session, event);
    this.#session = session;
    for (const effect of effects) {
      if (effect.kind === 'send') this.#options.channel.write(effect.text);
      else if (effect.kind === 'wake') this.#wakeAt(effect.atMs);
      else this.#options.onVerdict(effect);
    }
  }

  /** Timers of real time may be early by a ms or two. */
  #wakeAt(timeMs: number): void {
    const { timers } = this.#options;
    timers.at(timeMs, () => {
      if (!this.#isOpen) return;
      if (timers.now() < timeMs) this.#wakeAt(timeMs);
      else this.#advance({ kind: 'woken', atMs: timers.now() });
    });
  }
}
