import {
  decodeHostCommand,
  encodeDeviceLine,
  MAX_LINE_BYTES,
  SEQ_MAX,
} from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { msAtTicks, ticksAtMs } from '../core/replay-clock.ts';
import type { ReplayScript, ScriptBoot, ScriptLine } from '../core/replay-script.ts';
import type { Timers } from '../core/timers.ts';
import { stepTrainer, TRAINER_OFF } from '../core/trainer.ts';

/** Silence after which a device that waits sends a heartbeat; the protocol allows at most 5 s. */
const HEARTBEAT_MS = 4_000;

/** A reading that is being sent: which line of the script it is. */
export type SendReplayed = (bytes: string, line: ScriptLine | undefined) => void;

/** How a recording is played. */
export interface ReplayDeviceOptions {
  readonly script: ReplayScript;
  readonly timers: Timers;
  readonly send: SendReplayed;
  /** How many times faster than it was recorded; 1 if not given. Its clock runs as much faster. */
  readonly speed?: number;
  /** Whether readings wait for START; if not given, they do when the recorded host has said START. */
  readonly waitsForStart?: boolean;
  /** Told when a boot of the recording begins, before its first line. */
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
  #startMs = 0;
  #index = 0;
  /** How much later than recorded the device is, in ms of the recording. */
  #lateMs = 0;
  /** The boot that is under way, and how late it began: its clock keeps to that. */
  #boot = -1;
  #bootLateMs = 0;
  #flows: boolean;
  #heldSinceMs: number | undefined;
  #lastSentMs = 0;
  #input = '';
  #isOpen = true;

  constructor(options: ReplayDeviceOptions) {
    this.#options = options;
    this.#speed = options.speed ?? 1;
    this.#flows = !this.#waits;
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
  }

  /** Takes bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    const lines = (this.#input + bytes).split('\n');
    // A device has a buffer of one line: what is longer only needs to stay too long.
    this.#input = (lines.pop() as string).slice(0, MAX_LINE_BYTES);
    if (!this.#options.script.answers) return;
    for (const line of lines) this.#answer(line);
  }

  /** The time on the timers at which a reading was measured, by the clock that this device tells in SYNC. */
  timeOf(line: ScriptLine): number {
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
    // A device that has started again waits to be started again.
    if (boot > 0 && this.#waits) this.#flows = false;
    this.#options.onBoot?.(boot);
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
      if (this.#isOpen) this.#play(line);
    });
  }

  #play(line: ScriptLine): void {
    this.#enter(line.boot);
    if (line.isStream && !this.#flows) {
      this.#heldSinceMs = this.#elapsedMs;
      return;
    }
    this.#index++;
    this.#send(line.bytes, line);
    this.#next();
  }

  #answer(text: string): void {
    const decoded = decodeHostCommand(text);
    if (decoded.kind === 'nothing') return;
    const boot = this.#bootAt(this.#boot);
    const refused = decoded.kind === 'command' ? boot.errors.get(decoded.command.kind) : undefined;
    if (refused !== undefined) {
      this.#respond({ kind: 'error', tag: decoded.tag, code: refused });
    } else {
      for (const line of this.#askTrainer(boot, text)) {
        this.#respond(line);
        if (line.kind === 'started') this.#resume();
        if (line.kind === 'stopped') this.#flows = false;
      }
    }
  }

  /** What a virtual trainer would say if it were this device at this moment. */
  #askTrainer(
    { serialNumber, product, options, clock, id }: ScriptBoot,
    text: string,
  ): DeviceLine[] {
    const ticks = ticksAtMs(clock, this.#elapsedMs - this.#bootLateMs);
    const on = stepTrainer(TRAINER_OFF, {
      kind: 'power-on',
      serialNumber,
      product,
      options,
      boot: id,
      why: 'PWR',
      seq: this.#nextSeq,
      ticks,
    });
    const { effects } = stepTrainer(on.state, { kind: 'received', bytes: `${text}\n`, ticks });
    return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.line] : []));
  }

  /** The number of the next reading that will be sent. */
  get #nextSeq(): number {
    const { lines } = this.#options.script;
    for (let index = this.#index; index < lines.length; index++) {
      const seq = lines[index]?.reading?.seq;
      if (seq !== undefined) return seq;
    }
    const last = lines.findLast(({ reading }) => reading !== undefined)?.reading;
    return last === undefined ? 0 : (last.seq + 1) & SEQ_MAX;
  }

  #resume(): void {
    this.#flows = true;
    if (this.#heldSinceMs === undefined) return;
    this.#lateMs += this.#elapsedMs - this.#heldSinceMs;
    this.#heldSinceMs = undefined;
    this.#next();
  }

  #respond(line: DeviceLine): void {
    this.#send(encodeDeviceLine(line), undefined);
  }

  #send(bytes: string, line: ScriptLine | undefined): void {
    this.#lastSentMs = this.#elapsedMs;
    this.#options.send(bytes, line);
  }

  /** While it is held, and after the end of the recording, the device shows that it is alive. */
  #beat(): void {
    const { timers, script } = this.#options;
    if (!this.#isOpen || !script.answers) return;
    const isIdle = this.#heldSinceMs !== undefined || this.#index >= script.lines.length;
    const silentMs = this.#elapsedMs - this.#lastSentMs;
    if (isIdle && silentMs >= HEARTBEAT_MS) {
      const { id, clock } = this.#bootAt(this.#boot);
      const ticks = ticksAtMs(clock, this.#elapsedMs - this.#bootLateMs);
      this.#respond({ kind: 'heartbeat', boot: id, ticks });
    }
    timers.at(timers.now() + HEARTBEAT_MS / 4 / this.#speed, () => this.#beat());
  }
}
