import { SerialLines } from './adapters/serial-lines.ts';
import type { ClockFit } from './core/clock-fit.ts';
import type { DeviceIdentity } from './core/device-data.ts';
import { answerMs } from './core/device-dialogue.ts';
import { DeviceRoster } from './core/device-roster.ts';
import type { DeviceRecord } from './core/device-roster.ts';
import { isAwaited, newDeviceSession, stepDeviceSession } from './core/device-session.ts';
import type { DeviceSession } from './core/device-session.ts';
import type { SerialReject, SessionEffect, SessionEvent } from './core/session-events.ts';
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
  /** What is known of devices from other ports and from before; nothing if not given. */
  readonly roster?: DeviceRoster;
}

/** What a session knows of its device. */
export interface HostStatus {
  readonly phase: DeviceSession['phase'];
  readonly identity: DeviceIdentity | undefined;
  /** The device's clock against the host's. */
  readonly clock: ClockFit | undefined;
  /** By how much the device's clock has moved ahead of the host's since it was first fitted in this boot, in ms. */
  readonly clockOffsetMs: number | undefined;
  /** The rate at which it was started, in Hz; 0 while it was not. */
  readonly rateHz: number;
  /** Whether it was told to rest, as there is no room for its readings. */
  readonly isHeld: boolean;
  /** Lines since the port was opened, and those of them that went to quarantine, by reason. */
  readonly lines: number;
  readonly rejects: Readonly<Partial<Record<SerialReject, number>>>;
  /** When a line came last that was no garbage, by the host's even clock in epoch ms. */
  readonly heardMs: number | undefined;
}

/** What cannot be told from noise. */
const NOISE: ReadonlySet<SerialReject> = new Set(['garbled-line', 'line-cut-off', 'not-json']);

/** The host's side of one serial line: identifies the device, fits its clock, starts it, and judges what it sends. */
export class HostSession {
  readonly #options: HostSessionOptions;
  readonly #roster: DeviceRoster;
  readonly #lines: SerialLines;
  #session: DeviceSession;
  #record: DeviceRecord | undefined;
  #lineCount = 0;
  #heardMs: number | undefined;
  readonly #rejects: Partial<Record<SerialReject, number>> = {};
  #isOpen = true;

  /** Begins at once. */
  constructor(options: HostSessionOptions) {
    const { channel, timers, byteMs, onDiscarded, roster = new DeviceRoster() } = options;
    this.#options = options;
    this.#roster = roster;
    this.#session = newDeviceSession(byteMs);
    this.#lines = new SerialLines(
      (line) => this.#receive(line),
      (bytes) => onDiscarded?.(bytes),
    );
    channel.onData((chunk) => {
      if (this.#isOpen) this.#lines.push(chunk);
    });
    this.#advance({ kind: 'opened', atMs: timers.now() });
  }

  /** What is known of the device now. */
  get status(): HostStatus {
    const { phase, identity, clock, started, held, rateHz } = this.#session;
    return {
      phase,
      identity,
      clock,
      clockOffsetMs: this.#record?.clockOffsetMs,
      rateHz: started ? rateHz : 0,
      isHeld: held,
      lines: this.#lineCount,
      rejects: { ...this.#rejects },
      heardMs: this.#heardMs,
    };
  }

  /** Lets the device rest, or start again. What it sends meanwhile is judged all the same. */
  hold(isHeld: boolean): void {
    if (!this.#isOpen || isHeld === this.#session.held) return;
    this.#advance({ kind: isHeld ? 'held' : 'released', atMs: this.#options.timers.now() });
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

  #receive(line: string): void {
    const { onLine, timers } = this.#options;
    this.#lineCount++;
    onLine?.(line);
    this.#advance({ kind: 'line', line, atMs: timers.now() });
  }

  #advance(event: SessionEvent): void {
    this.#tellTime(event.atMs);
    const effects = this.#step(event);
    if (event.kind === 'line' && !effects.some(isNoise)) this.#heardMs = event.atMs;
    for (const effect of effects) this.#act(effect);
  }

  #act(effect: SessionEffect): void {
    if (effect.kind === 'send') return this.#options.channel.write(effect.text);
    if (effect.kind === 'wake') return this.#wakeAt(effect.atMs);
    if (effect.kind === 'quarantine') {
      this.#rejects[effect.reason] = (this.#rejects[effect.reason] ?? 0) + 1;
    }
    this.#options.onVerdict(effect);
  }

  /** Tells the session when somebody has set the machine's clock. */
  #tellTime(atMs: number): void {
    const { clockSetMs = 0 } = this.#options.timers;
    if (clockSetMs === this.#session.setMs) return;
    for (const effect of this.#step({ kind: 'clock-set', setMs: clockSetMs, atMs })) {
      this.#act(effect);
    }
  }

  #step(event: SessionEvent): readonly SessionEffect[] {
    const record = this.#record;
    // The device may speak on another port, too: what it has said there counts here.
    const known = this.#session;
    const isCurrent = record === undefined || record.order === known.order;
    const before = isCurrent ? known : { ...known, order: record.order };
    const { session, effects } = stepDeviceSession(this.#withPatience(before), event);
    this.#session = this.#remember(session, event.atMs);
    return effects;
  }

  /** Whoever makes the clock of a world faster leaves the machine as slow as it is. */
  #withPatience(session: DeviceSession): DeviceSession {
    const patienceMs = answerMs(this.#options.timers.speed ?? 1);
    const { dialogue } = session;
    if (dialogue.patienceMs === patienceMs) return session;
    return { ...session, dialogue: { ...dialogue, patienceMs } };
  }

  #remember(session: DeviceSession, atMs: number): DeviceSession {
    const { identity, announced } = session;
    if (identity === undefined) {
      this.#record = undefined;
      return session;
    }
    if (this.#record?.isOf(identity) === true) {
      this.#record.keep(session);
      return session;
    }
    const announcedMs = announced?.boot === identity.boot ? announced.atMs : undefined;
    const record = this.#roster.recall(identity, announcedMs);
    this.#record = record;
    const clock = session.clock ?? record.clockAt(atMs);
    const recalled = { ...session, announced: undefined, order: record.order, clock };
    record.keep(recalled);
    return recalled;
  }

  /** Timers of real time may be early by a ms or two. */
  #wakeAt(timeMs: number): void {
    const { timers } = this.#options;
    timers.at(timeMs, () => {
      if (!this.#isOpen) return;
      const atMs = timers.now();
      if (atMs < timeMs) return this.#wakeAt(timeMs);
      this.#tellTime(atMs);
      // Most waits are for answers that came in time: nothing is due any more.
      if (isAwaited(this.#session, atMs)) this.#advance({ kind: 'woken', atMs });
    });
  }
}

function isNoise(effect: SessionEffect): boolean {
  return effect.kind === 'quarantine' && NOISE.has(effect.reason);
}
