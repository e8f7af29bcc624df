import { encodeDeviceLine, MAX_LINE_BYTES } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { answerCommand, nextSeq } from '../core/replay-answers.ts';
import { msAtTicks, ticksAtMs } from '../core/replay-clock.ts';
import type { ReplayScript, ScriptBoot, ScriptLine } from '../core/replay-script.ts';
import type { Timers } from '../core/timers.ts';
import { Outbox, RECEIVED_BYTES_MAX } from './outbox.ts';

/** Silence after which a device that waits sends a heartbeat; the protocol allows at most 5 s. */
const HEARTBEAT_MS = 4_000;
const ROUNDING_MS = 0.001;
/** Time between two attempts to send a line, in ms. */
const RETRY_MS = 5;
const RAW_TIME = /("sensorReadingTime"\s*:\s*)\d+/;

/**
 * Sends a line of the script, or an answer, which is none. False when there was no room: the line is sent again a little
 * later, since a recording may hold more at one moment than a buffer does. Answers go before lines of the script.
 */
export type SendReplayed = (bytes: string, line: ScriptLine | undefined) => boolean;

/** How a recording is played. */
export interface ReplayDeviceOptions {
  readonly script: ReplayScript;
  readonly timers: Timers;
  readonly send: SendReplayed;
  /** How many times faster than it was recorded; 1 if not given. Its clock runs as much faster. */
  readonly speed?: number;
  /** Whether readings wait for START; if not given, they do when the recorded host has said START. */
  readonly waitsForStart?: boolean;
  /** Told when the clock of a boot of the recording is set, before its first reading. */
  readonly onBoot?: (index: number) => void;
  /** Told when everything has been sent. */
  readonly onEnd?: () => void;
}

/**
 * A recording that acts as the device. Its lines come at the times of the recording, later by as long as a host took to
 * start it; commands are answered as the recorded device answered them, and as a virtual trainer of the same identity,
 * options and clock where it was not asked.
 */
export class ReplayDevice {
  readonly #options: ReplayDeviceOptions;
  readonly #speed: number;
  readonly #answers: Outbox<string>;
  #startMs = 0;
  #index = 0;
  /** How much later than recorded the device is, in ms of the recording. */
  #lateMs = 0;
  /** The boot that is under way, and how late it began: its clock keeps to that. */
  #boot = -1;
  #bootLateMs = 0;
  /** Whether the clock of this boot is set: nobody may be told two different times. */
  #isSet = false;
  #flows: boolean;
  #isHeld = false;
  #lastSentMs = 0;
  #received = '';
  #isOpen = true;

  constructor(options: ReplayDeviceOptions) {
    this.#options = options;
    this.#speed = options.speed ?? 1;
    this.#flows = !this.#waits;
    this.#answers = new Outbox({
      timers: options.timers,
      send: (bytes) => this.#send(bytes, undefined),
      onIdle: () => this.#takeReceived(),
    });
  }

  /** True while an answer waits for room: what is received waits behind it. */
  get isHeldUp(): boolean {
    return this.#answers.isWaiting;
  }

  /** Begins to play. */
  start(): void {
    this.#startMs = this.#options.timers.now();
    this.#enter(0);
    this.#next();
    this.#beat();
  }

  /** Falls silent for good. */
  stop(): void {
    this.#isOpen = false;
    this.#answers.clear();
  }

  /** Takes bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    if (!this.#isOpen || !this.#options.script.answers) return;
    this.#received = (this.#received + bytes).slice(0, RECEIVED_BYTES_MAX);
    this.#takeReceived();
  }

  /** The time on the timers at which a reading was measured, by the clock that this device tells in SYNC. */
  timeOf(line: ScriptLine): number {
    if (line.record !== undefined) return Math.round(this.#startMs) + line.record.sensorReadingTime;
    const { clock } = this.#bootAt(line.boot);
    const ms = line.reading === undefined ? line.ms : msAtTicks(clock, line.reading.unwrappedTicks);
    return this.#startMs + (ms + this.#bootLateMs) / this.#speed;
  }

  get #waits(): boolean {
    return this.#options.waitsForStart ?? this.#options.script.isStarted;
  }

  /** How far the recording would be if nothing had held it up, in ms. */
  get #elapsedMs(): number {
    return (this.#options.timers.now() - this.#startMs) * this.#speed;
  }

  #bootAt(index: number): ScriptBoot {
    return this.#options.script.boots[index] as ScriptBoot;
  }

  #enter(boot: number): void {
    if (boot === this.#boot) return;
    this.#boot = boot;
    this.#bootLateMs = this.#lateMs;
    this.#isSet = false;
    // A device that has started again waits to be started again.
    if (boot > 0 && this.#waits) this.#flows = false;
    if (!this.#waits || !this.#options.script.answers) this.#setClock();
  }

  /** The first command of a host takes the place of the first one of the recorded host, if it comes later. */
  #meetHost(): void {
    if (this.#isSet) return;
    const { firstCommandMs } = this.#bootAt(this.#boot);
    const lateMs = firstCommandMs === undefined ? 0 : this.#elapsedMs - firstCommandMs;
    if (lateMs > this.#lateMs) {
      this.#lateMs = lateMs;
      this.#bootLateMs = lateMs;
    }
    this.#setClock();
    this.#release();
  }

  #setClock(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#options.onBoot?.(this.#boot);
  }

  #next(): void {
    const { script, timers, onEnd } = this.#options;
    const line = script.lines[this.#index];
    if (line === undefined) {
      const endMs = this.#startMs + (script.durationMs + this.#lateMs) / this.#speed;
      if (onEnd !== undefined) timers.at(endMs, onEnd);
      return;
    }
    const dueMs = this.#startMs + (line.ms + this.#lateMs) / this.#speed;
    timers.at(dueMs, () => {
      if (!this.#isOpen) return;
      // A host that came meanwhile has moved everything.
      if (line.ms + this.#lateMs > this.#elapsedMs + ROUNDING_MS) this.#next();
      else this.#play(line);
    });
  }

  /** What came behind the first command waits for one, and readings wait for START. */
  #mustWait({ ms, isStream }: ScriptLine): boolean {
    if (isStream && !this.#flows) return true;
    const { firstCommandMs = Number.POSITIVE_INFINITY } = this.#bootAt(this.#boot);
    return !this.#isSet && ms > firstCommandMs;
  }

  #play(line: ScriptLine): void {
    this.#enter(line.boot);
    this.#isHeld = this.#mustWait(line);
    if (this.#isHeld) return;
    if (!this.isHeldUp && this.#send(this.#bytesOf(line), line)) {
      this.#index++;
      this.#next();
    } else {
      const { timers } = this.#options;
      timers.at(timers.now() + RETRY_MS, () => {
        if (this.#isOpen) this.#play(line);
      });
    }
  }

  /** A device of level 0 knows the time of day: its records count from the beginning of the replay now. */
  #bytesOf(line: ScriptLine): string {
    if (line.record === undefined) return line.bytes;
    return line.bytes.replace(RAW_TIME, (_, key: string) => key + String(this.timeOf(line)));
  }

  #takeReceived(): void {
    while (!this.isHeldUp) {
      const end = this.#received.indexOf('\n');
      // A device has a buffer of one line: what is longer only needs to stay too long.
      if (end === -1) return void (this.#received = this.#received.slice(0, MAX_LINE_BYTES));
      const line = this.#received.slice(0, end);
      this.#received = this.#received.slice(end + 1);
      this.#meetHost();
      this.#answer(line);
    }
  }

  #answer(text: string): void {
    const boot = this.#bootAt(this.#boot);
    const ticks = ticksAtMs(boot.clock, this.#elapsedMs - this.#bootLateMs);
    const seq = nextSeq(this.#options.script.lines, this.#index);
    for (const line of answerCommand({ boot, ticks, seq }, text)) {
      this.#respond(line);
      if (line.kind === 'started' || line.kind === 'stopped') this.#flows = line.kind === 'started';
      if (line.kind === 'started') this.#release();
    }
  }

  /** Goes on with the line that was held, if it need not wait any more. What is overdue is late from now on. */
  #release(): void {
    const line = this.#options.script.lines[this.#index];
    if (!this.#isHeld || line === undefined || this.#mustWait(line)) return;
    this.#isHeld = false;
    this.#lateMs += Math.max(0, this.#elapsedMs - line.ms - this.#lateMs);
    this.#next();
  }

  #respond(line: DeviceLine): void {
    this.#answers.send(encodeDeviceLine(line));
  }

  #send(bytes: string, line: ScriptLine | undefined): boolean {
    this.#lastSentMs = this.#elapsedMs;
    return this.#options.send(bytes, line);
  }

  /** While it is held, and after the end of the recording, the device shows that it is alive. */
  #beat(): void {
    const { timers, script } = this.#options;
    if (!this.#isOpen || !script.answers) return;
    const isIdle = this.#isHeld || this.#index >= script.lines.length;
    const silentMs = this.#elapsedMs - this.#lastSentMs;
    if (isIdle && silentMs >= HEARTBEAT_MS) {
      const { id, clock } = this.#bootAt(this.#boot);
      const ticks = ticksAtMs(clock, this.#elapsedMs - this.#bootLateMs);
      this.#respond({ kind: 'heartbeat', boot: id, ticks });
    }
    timers.at(timers.now() + HEARTBEAT_MS / 4 / this.#speed, () => this.#beat());
  }
}
