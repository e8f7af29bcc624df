import { PacedLine } from '../core/paced-line.ts';
import type { Timers } from '../core/timers.ts';
import type { DevicePort } from '../fleet/links.ts';
import type { VirtualPort } from './pty.ts';

/** Transmit buffer of a trainer, in bytes. */
const TRANSMIT_BUFFER_BYTES = 256;
/** How much of what a host writes we take ahead of its time; the rest waits in the host's own buffer. */
const TAKEN_AHEAD_BYTES = 512;
/** How much the device is given at once: between two pieces it may become held up. */
const PIECE_BYTES = 64;
/** How often a port that nobody reads from, or a device that is held up, is tried again, in ms. */
const RETRY_MS = 10;

/** A pseudo-terminal with the pace of a serial line in both directions: to a host it behaves like a port with a baud rate. */
export interface PacedPort extends DevicePort {
  /** How many bytes of the transmit buffer are free now; it holds 256. */
  readonly freeBytes: number;
  /** Loses what has not left the transmit buffer, as a device without power does: a line may end in its middle. */
  cut(): void;
  /** Calls `listener` with what arrives from the host. While `isReady` says no, it stays where it is, and the host waits. */
  onReceive(listener: (bytes: string) => void, isReady?: () => boolean): void;
}

/** What paces a port. The timers must run on real time: a host has no other. */
export interface PaceOptions {
  readonly timers: Timers;
  readonly baudRate: number;
}

/**
 * Gives `port` the pace of a baud rate. The bytes that are due at a moment arrive together. A reading for which the
 * transmit buffer has no room is refused as a whole; a host that does not read holds the line up, and tears nothing.
 */
export function pacePort(port: VirtualPort, options: PaceOptions): PacedPort {
  return new PacedTerminal(port, options);
}

interface SentLine {
  /** Position of its end in the stream of all bytes. */
  readonly end: number;
  readonly onEnd: ((arrived: boolean) => void) | undefined;
}

class PacedTerminal implements PacedPort {
  readonly #port: VirtualPort;
  readonly #timers: Timers;
  readonly #toHost: PacedLine;
  readonly #toDevice: PacedLine;
  /** Lines that are not through yet, and the positions up to which bytes were accepted and passed on. */
  #lines: SentLine[] = [];
  #accepted = 0;
  #passed = 0;
  #hostAlarm = false;
  #deviceAlarm = false;
  #isOpen = true;
  #onReceived: (bytes: string) => void = () => undefined;
  #isReady: () => boolean = () => true;

  constructor(port: VirtualPort, { timers, baudRate }: PaceOptions) {
    this.#port = port;
    this.#timers = timers;
    this.#toHost = new PacedLine(baudRate, TRANSMIT_BUFFER_BYTES);
    this.#toDevice = new PacedLine(baudRate, Number.POSITIVE_INFINITY);
  }

  get freeBytes(): number {
    return TRANSMIT_BUFFER_BYTES - this.#toHost.waitingBytes(this.#timers.now());
  }

  send(bytes: string, onEnd?: (arrived: boolean) => void): boolean {
    if (!this.#isOpen || !this.#toHost.offer(bytes, this.#timers.now())) return false;
    this.#accepted += bytes.length;
    this.#lines.push({ end: this.#accepted, onEnd });
    this.#wakeForHost();
    return true;
  }

  onReceive(listener: (bytes: string) => void, isReady = (): boolean => true): void {
    this.#onReceived = listener;
    this.#isReady = isReady;
    this.#port.onData((chunk) => this.#take(Buffer.from(chunk).toString('latin1')));
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#port.close();
    this.#loseLines();
  }

  cut(): void {
    if (!this.#isOpen) return;
    this.#passToHost();
    this.#toHost.clear(this.#timers.now());
    this.#accepted = this.#passed;
    this.#loseLines();
  }

  #loseLines(): void {
    for (const { onEnd } of this.#lines) onEnd?.(false);
    this.#lines = [];
  }

  #wakeForHost(afterMs = 0): void {
    const nowMs = this.#timers.now();
    const wakeMs = this.#toHost.wakeMs(nowMs);
    if (this.#hostAlarm || wakeMs === undefined) return;
    this.#hostAlarm = true;
    this.#timers.at(Math.max(wakeMs, nowMs + afterMs), () => {
      this.#hostAlarm = false;
      if (this.#isOpen) this.#passToHost();
    });
  }

  #passToHost(): void {
    const nowMs = this.#timers.now();
    const bytes = this.#toHost.arrived(nowMs);
    const taken = this.#port.write(bytes);
    this.#toHost.take(taken);
    this.#passed += taken;
    while (this.#lines[0] !== undefined && this.#lines[0].end <= this.#passed) {
      this.#lines.shift()?.onEnd?.(true);
    }
    if (taken < bytes.length) this.#toHost.stall(nowMs);
    this.#wakeForHost(taken < bytes.length ? RETRY_MS : 0);
  }

  #take(bytes: string): void {
    this.#toDevice.offer(bytes, this.#timers.now());
    if (this.#aheadBytes() > TAKEN_AHEAD_BYTES) this.#port.pause();
    this.#wakeForDevice();
  }

  /** What the host has sent and the device has not taken yet. */
  #aheadBytes(): number {
    const nowMs = this.#timers.now();
    return this.#toDevice.waitingBytes(nowMs) + this.#toDevice.arrived(nowMs).length;
  }

  #wakeForDevice(afterMs = 0): void {
    const nowMs = this.#timers.now();
    const wakeMs = this.#toDevice.wakeMs(nowMs);
    if (this.#deviceAlarm || wakeMs === undefined) return;
    this.#deviceAlarm = true;
    this.#timers.at(Math.max(wakeMs, nowMs + afterMs), () => {
      this.#deviceAlarm = false;
      if (this.#isOpen) this.#passToDevice();
    });
  }

  #passToDevice(): void {
    if (!this.#isReady()) {
      this.#wakeForDevice(RETRY_MS);
      return;
    }
    const bytes = this.#toDevice.arrived(this.#timers.now()).slice(0, PIECE_BYTES);
    this.#toDevice.take(bytes.length);
    if (this.#aheadBytes() <= TAKEN_AHEAD_BYTES) this.#port.resume();
    this.#wakeForDevice();
    if (bytes !== '') this.#onReceived(bytes);
  }
}
