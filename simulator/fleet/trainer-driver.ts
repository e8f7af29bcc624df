import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import type { Random } from '../core/random.ts';
import type { SensedDistance, Sensor } from '../core/sensor.ts';
import type { Timers } from '../core/timers.ts';
import { stepTrainer, TRAINER_OFF } from '../core/trainer.ts';
import type { TrainerEvent, TrainerProduct, TrainerState } from '../core/trainer.ts';

const UINT32 = 2 ** 32;

/** What a trainer starts with: who it is, why it starts, what it offers, its clock and its counters. */
export interface PowerOn {
  readonly serialNumber: string;
  /** The trainer of STEDI if not given. */
  readonly product?: TrainerProduct;
  /** The reason that the boot line gives: letters and digits, such as `PWR`. */
  readonly why: string;
  /** How much its clock runs ahead, in ppm; 0 if not given. */
  readonly driftPpm?: number;
  /** The options of `=CAPS`; if not given, those of a trainer that sends one reading per step. */
  readonly options?: readonly string[];
  /** The number of the first reading, 0 if not given. */
  readonly seq?: number;
  /** What the tick counter begins with, 0 if not given. */
  readonly ticks?: number;
}

/** What a trainer is driven with. */
export interface TrainerDriverOptions {
  readonly timers: Timers;
  /** Boot ids are drawn from it. */
  readonly bootRandom: Random;
  readonly sensor: Sensor;
  /** Passes a line on, all of it or nothing; false when the transmit buffer has no room for it. */
  readonly send: (line: DeviceLine) => boolean;
  /** Starts the trainer again after a REBOOT; at once, with the given counters, if not given. */
  readonly onRestart?: (restart: PowerOn) => void;
  /** The state machine, {@link stepTrainer} if not given. */
  readonly step?: typeof stepTrainer;
  /** Time from reading to reading in ms of the trainer's clock; 1000 / rate if not given. */
  readonly periodMs?: (rateHz: number) => number;
}

/** Drives one trainer that runs by itself: its clock, its wake-ups, and its sensor at the rate that a host started. */
export class TrainerDriver {
  readonly #options: TrainerDriverOptions;
  #trainer: TrainerState = TRAINER_OFF;
  #supply: PowerOn | undefined;
  #boot: string | undefined;
  #bootedAtMs = 0;
  /** Counts power cycles and changes of the rate, so that an alarm of an earlier one is recognised. */
  #cycle = 0;
  #rates = 0;
  #rateHz = 0;
  /** When the rate was set, and how many readings were due since. */
  #rateSinceMs = 0;
  #due = 0;

  constructor(options: TrainerDriverOptions) {
    this.#options = options;
  }

  /** True while the trainer has power. */
  get isOn(): boolean {
    return this.#trainer.power === 'on';
  }

  /** Gives the trainer power: it boots, with a new boot id. One that had power loses it first. */
  powerOn(supply: PowerOn): void {
    this.powerOff();
    this.#supply = supply;
    this.#boot = drawBootId(this.#options.bootRandom, this.#boot);
    this.#bootedAtMs = this.#options.timers.now();
    const { driftPpm: _clock, ...start } = supply;
    this.#advance({ kind: 'power-on', boot: this.#boot, ...start });
  }

  /** Takes its power away. */
  powerOff(): void {
    this.#cycle++;
    this.#advance({ kind: 'power-off' });
  }

  /** Gives it bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    this.#advance({ kind: 'received', bytes, ticks: this.#ticks(this.#options.timers.now()) });
  }

  /** How fast its clock runs, as a share of true time. */
  get #pace(): number {
    return 1 + (this.#supply?.driftPpm ?? 0) / 1e6;
  }

  #ticks(atMs: number): number {
    const elapsedMs = Math.max(0, atMs - this.#bootedAtMs) * this.#pace;
    return ((this.#supply?.ticks ?? 0) + Math.floor(elapsedMs)) % UINT32;
  }

  #advance(event: TrainerEvent): void {
    const { step = stepTrainer, send, onRestart } = this.#options;
    const { state, effects } = step(this.#trainer, event);
    this.#trainer = state;
    this.#keepRate();
    for (const effect of effects) {
      if (effect.kind === 'wake') {
        this.#wakeAt(effect.atTicks);
      } else if (effect.kind === 'send') {
        // Only readings are counted as dropped: a host asks again when an answer does not come.
        if (!send(effect.line) && effect.line.kind === 'reading')
          this.#advance({ kind: 'overrun' });
      } else if (this.#supply !== undefined) {
        const { seq, ticks } = effect;
        const restart: PowerOn = { ...this.#supply, why: 'TEST', seq, ticks };
        if (onRestart === undefined) this.powerOn(restart);
        else onRestart(restart);
      }
    }
  }

  #wakeAt(atTicks: number): void {
    const { timers } = this.#options;
    const cycle = this.#cycle;
    const waitTicks = (atTicks - this.#ticks(timers.now()) + UINT32) % UINT32;
    // One ms more than needed: rounding must not wake the trainer just before its time.
    timers.at(timers.now() + waitTicks / this.#pace + 1, () => {
      if (cycle !== this.#cycle) return;
      this.#advance({ kind: 'woken', ticks: this.#ticks(timers.now()) });
    });
  }

  /** Reads the sensor at another rate if the trainer was just told another. */
  #keepRate(): void {
    const rateHz = this.#trainer.power === 'on' ? this.#trainer.rateHz : 0;
    if (rateHz === this.#rateHz) return;
    this.#rateHz = rateHz;
    this.#rates++;
    this.#rateSinceMs = this.#options.timers.now();
    this.#due = 0;
    if (rateHz > 0) this.#sampleNext(this.#rateSinceMs);
  }

  #sampleNext(afterMs: number): void {
    const { timers, sensor } = this.#options;
    const rates = this.#rates;
    const atMs = this.#nextSampleMs(afterMs);
    timers.at(atMs, () => {
      if (rates !== this.#rates) return;
      // The next reading is due whatever becomes of this one.
      this.#sampleNext(atMs);
      this.#sample(sensor.distanceAt(atMs), atMs);
    });
  }

  /** A sample has the time at which it was due, however late the timer was. */
  #sample({ distance, outOfRange }: SensedDistance, atMs: number): void {
    this.#advance({ kind: 'sampled', distance, outOfRange, ticks: this.#ticks(atMs) });
  }

  /** Counts periods from the START instead of adding them up, so that no rounding error grows. */
  #nextSampleMs(afterMs: number): number {
    const { sensor, periodMs = (rateHz: number): number => 1000 / rateHz } = this.#options;
    const period = periodMs(this.#rateHz) / this.#pace;
    if (sensor.nextStepMs !== undefined) return sensor.nextStepMs(afterMs + period);
    return this.#rateSinceMs + ++this.#due * period;
  }
}
