import { encodeDeviceLine, LINE_END } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import { drawInteger, drawUuid } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import {
  FREE_RUNNING_OPTIONS,
  STEPWISE_OPTIONS,
  stepTrainer,
  TRAINER_OFF,
} from '../core/trainer.ts';
import type { TrainerEffect, TrainerEvent, TrainerState } from '../core/trainer.ts';
import { VirtualBoardLine } from './virtual-board-line.ts';
import type { BoardParts, VirtualBoardOptions } from './virtual-board-options.ts';

const UINT32 = 2 ** 32;
const BAUD_RATE = 57_600;
const ROM_BYTES = { min: 16, max: 64 };
const LINE_FEED = 0x0a;
const TEXTS = ['sensor warm-up', 'free heap 1432, stack 211', '', 'i2c: retry 1 of 3'];

/**
 * A step trainer on a serial line in memory, seen from the host: bytes at the pace of the baud rate, readings at the
 * rate of START. It runs from the moment that it is made, on virtual or on wall time.
 */
export class VirtualBoard {
  readonly timers: Timers;
  readonly byteMs: number;
  readonly serialNumber: string;
  readonly #options: VirtualBoardOptions;
  readonly #line: VirtualBoardLine;
  readonly #parts: BoardParts;
  readonly #bootRandom: Random;
  #trainer: TrainerState = TRAINER_OFF;
  #boot: string | undefined;
  #bootedAtMs = 0;
  #startTicks = 0;
  /** Counts starts, so that a wake-up of an earlier boot is recognised. */
  #cycle = 0;
  #rateHz = 0;
  /** Counts changes of the rate, so that a reading that was due at an earlier one is recognised. */
  #rates = 0;
  /** When the rate was set, and how many readings were due since. */
  #rateSinceMs = 0;
  #due = 0;

  constructor(options: VirtualBoardOptions) {
    const { timers, streams, baudRate = BAUD_RATE, latencyMsMax = 0, rework } = options;
    this.timers = timers;
    this.#options = options;
    this.serialNumber = options.serialNumber ?? drawUuid(streams('board/identity'));
    this.#bootRandom = streams('board/boot');
    const random = streams('board/line');
    this.#line = new VirtualBoardLine({ timers, random, baudRate, latencyMsMax });
    this.byteMs = this.#line.byteMs;
    const parts: BoardParts = {
      step: stepTrainer,
      encode: encodeDeviceLine,
      send: (bytes, urgent) => this.#line.send(bytes, urgent),
      periodMs: (rateHz) => 1000 / rateHz,
    };
    this.#parts = { ...parts, ...rework?.(parts, timers) };
    this.#line.onReceived((bytes) =>
      this.#advance({ kind: 'received', bytes, ticks: this.#ticks() }),
    );
    this.#start({ why: 'PWR' });
    if (options.textEveryMs !== undefined) this.#chatAfter(options.textEveryMs);
  }

  /** Sends bytes to the board, one per character (latin1). */
  write(bytes: string): void {
    this.#line.write(bytes);
  }

  /** Calls `listener` with what arrives; the chunk is the listener's to keep. */
  onData(listener: (chunk: Uint8Array) => void): void {
    this.#line.onData(listener);
  }

  /** Calls `listener` when the board is unplugged. */
  onClose(listener: () => void): void {
    this.#line.onClose(listener);
  }

  /** Restarts the board by its reset line: what it was sending ends in the middle. */
  reset(): void {
    this.#line.cut();
    this.#start({ why: 'RST' });
  }

  /** Pulls the cable, and with it the power. */
  unplug(): void {
    this.#cycle++;
    this.#advance({ kind: 'power-off' });
    this.#line.close();
  }

  #start(how: { why: string; seq?: number; ticks?: number }): void {
    const { bootDelayMs = 0, romGarbage } = this.#options;
    const cycle = ++this.#cycle;
    this.#advance({ kind: 'power-off' });
    if (romGarbage === true) this.#line.send(drawGarbage(this.#bootRandom), true);
    if (bootDelayMs === 0) {
      this.#powerOn(how);
      return;
    }
    this.timers.at(this.timers.now() + bootDelayMs, () => {
      if (cycle === this.#cycle) this.#powerOn(how);
    });
  }

  #powerOn(how: { why: string; seq?: number; ticks?: number }): void {
    const { stepPeriodMs, textEveryMs, capabilities } = this.#options;
    this.#boot = drawBootId(this.#bootRandom, this.#boot);
    this.#bootedAtMs = this.timers.now();
    this.#startTicks = how.ticks ?? 0;
    if (textEveryMs !== undefined) this.#send({ kind: 'text', text: 'STEDI step trainer' });
    this.#advance({
      kind: 'power-on',
      serialNumber: this.serialNumber,
      boot: this.#boot,
      options:
        capabilities ?? (stepPeriodMs === undefined ? FREE_RUNNING_OPTIONS : STEPWISE_OPTIONS),
      ...how,
    });
  }

  /** How fast the board's clock runs, as a share of true time. */
  get #pace(): number {
    return 1 + (this.#options.driftPpm ?? 0) / 1e6;
  }

  #ticks(): number {
    const elapsedMs = (this.timers.now() - this.#bootedAtMs) * this.#pace;
    return (this.#startTicks + Math.floor(elapsedMs)) % UINT32;
  }

  #advance(event: TrainerEvent): void {
    const { state, effects } = this.#parts.step(this.#trainer, event);
    this.#trainer = state;
    this.#keepRate();
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: TrainerEffect): void {
    if (effect.kind === 'send') {
      this.#send(effect.line);
    } else if (effect.kind === 'wake') {
      this.#wakeAt(effect.atTicks);
    } else {
      this.#start({ why: 'TEST', seq: effect.seq, ticks: effect.ticks });
    }
  }

  #send(line: DeviceLine): void {
    const { lineEnd = LINE_END } = this.#options;
    const bytes = this.#parts.encode(line).replaceAll(LINE_END, lineEnd);
    const urgent = line.kind !== 'reading' && line.kind !== 'text';
    if (bytes === '' || this.#parts.send(bytes, urgent)) return;
    if (line.kind === 'reading') this.#advance({ kind: 'overrun' });
  }

  #wakeAt(atTicks: number): void {
    const cycle = this.#cycle;
    const waitTicks = (atTicks - this.#ticks() + UINT32) % UINT32;
    // One ms more than needed: rounding must not wake the trainer just before its time.
    this.timers.at(this.timers.now() + waitTicks / this.#pace + 1, () => {
      if (cycle === this.#cycle) this.#advance({ kind: 'woken', ticks: this.#ticks() });
    });
  }

  /** Reads the sensor at another rate if the trainer was just told another. */
  #keepRate(): void {
    const rateHz = this.#trainer.power === 'on' ? this.#trainer.rateHz : 0;
    if (rateHz === this.#rateHz) return;
    this.#rateHz = rateHz;
    this.#rates++;
    this.#rateSinceMs = this.timers.now();
    this.#due = 0;
    if (rateHz > 0) this.#sampleNext();
  }

  #sampleNext(): void {
    const rates = this.#rates;
    this.timers.at(this.#nextSampleMs(), () => {
      if (rates !== this.#rates) return;
      const { distanceAt = sway } = this.#options;
      // The next reading is due whatever becomes of this one.
      this.#sampleNext();
      const distance = distanceAt(this.timers.now());
      this.#advance({ kind: 'sampled', distance, ticks: this.#ticks() });
    });
  }

  /** Counts periods from the START instead of adding them up, so that no rounding error grows. */
  #nextSampleMs(): number {
    const periodMs = this.#parts.periodMs(this.#rateHz) / this.#pace;
    const { stepPeriodMs } = this.#options;
    if (stepPeriodMs === undefined) return this.#rateSinceMs + ++this.#due * periodMs;
    const earliestMs = this.timers.now() + periodMs;
    return Math.ceil(earliestMs / stepPeriodMs) * stepPeriodMs;
  }

  #chatAfter(textEveryMs: number): void {
    const random = this.#options.streams('board/text');
    const chat = (): void => {
      const text = TEXTS[drawInteger(random, 0, TEXTS.length - 1)] as string;
      if (this.#trainer.power === 'on') this.#send({ kind: 'text', text });
      this.timers.at(this.timers.now() + textEveryMs, chat);
    };
    this.timers.at(this.timers.now() + textEveryMs, chat);
  }
}

/** Somebody who sways in front of the sensor: 201–300, once in two seconds. */
function sway(timeMs: number): number {
  return Math.round(250.5 + 49.5 * Math.sin((Math.PI * timeMs) / 1000));
}

/** What a ROM writes at a baud rate of its own looks like. It ends with a line feed by chance. */
function drawGarbage(random: Random): string {
  const length = drawInteger(random, ROM_BYTES.min, ROM_BYTES.max);
  const bytes = Array.from({ length }, () => drawInteger(random, 0, 0xff));
  return String.fromCharCode(...bytes, LINE_FEED);
}
