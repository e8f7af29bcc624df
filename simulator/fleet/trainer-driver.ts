import type { Sensor } from '../core/sensor.ts';
import { PoweredTrainer } from './powered-trainer.ts';
import type { PoweredTrainerOptions, PowerOn } from './powered-trainer.ts';

/** What a trainer that runs by itself is driven with. */
export interface TrainerDriverOptions extends Omit<PoweredTrainerOptions, 'onResume'> {
  readonly sensor: Sensor;
  /** Time from reading to reading in ms of the trainer's clock; 1000 / rate if not given. */
  readonly periodMs?: (rateHz: number) => number;
}

/** Drives one trainer that runs by itself: its sensor is read at the rate that a host started. */
export class TrainerDriver {
  readonly #options: TrainerDriverOptions;
  readonly #trainer: PoweredTrainer;
  #rateHz = 0;
  /** Counts changes of the rate, so that a sample of an earlier one is recognised. */
  #rates = 0;
  /** When the rate was set, and how many readings were due since. */
  #rateSinceMs = 0;
  #due = 0;

  constructor(options: TrainerDriverOptions) {
    this.#options = options;
    this.#trainer = new PoweredTrainer({ ...options, onResume: () => this.#keepRate() });
  }

  /** True while the trainer has power. */
  get isOn(): boolean {
    return this.#trainer.isOn;
  }

  /** True while a line waits for room in the transmit buffer: what is received waits behind it. */
  get isHeldUp(): boolean {
    return this.#trainer.isHeldUp;
  }

  /** Gives the trainer power: it boots, with a new boot id. One that had power loses it first. */
  powerOn(supply: PowerOn): void {
    this.#trainer.powerOn(supply);
    this.#keepRate();
  }

  /** Takes its power away. */
  powerOff(): void {
    this.#trainer.powerOff();
    this.#keepRate();
  }

  /** Gives it bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    this.#trainer.receive(bytes);
    this.#keepRate();
  }

  /** Reads the sensor at another rate if the trainer was just told another. */
  #keepRate(): void {
    const { rateHz } = this.#trainer;
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
      this.#trainer.sample(sensor.distanceAt(atMs), atMs);
      this.#keepRate();
    });
  }

  /** Counts periods from the START instead of adding them up, so that no rounding error grows. */
  #nextSampleMs(afterMs: number): number {
    const { sensor, periodMs = (rateHz: number): number => 1000 / rateHz } = this.#options;
    const period = periodMs(this.#rateHz) / this.#trainer.pace;
    if (sensor.nextStepMs !== undefined) return sensor.nextStepMs(afterMs + period);
    return this.#rateSinceMs + ++this.#due * period;
  }
}
