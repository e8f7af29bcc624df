import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import type { Random } from '../core/random.ts';
import type { SensedDistance } from '../core/sensor.ts';
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

/** What a trainer runs on. */
export interface PoweredTrainerOptions {
  readonly timers: Timers;
  /** Boot ids are drawn from it. */
  readonly bootRandom: Random;
  /** Passes a line on, all of it or nothing; false when the transmit buffer has no room for it. */
  readonly send: (line: DeviceLine) => boolean;
  /** Starts the trainer again after a REBOOT; at once, with the given counters, if not given. */
  readonly onRestart?: (restart: PowerOn) => void;
  /** The state machine, {@link stepTrainer} if not given. */
  readonly step?: typeof stepTrainer;
}

/** One trainer with its power, its clock and its wake-ups: what the state machine leaves to the world around it. */
export class PoweredTrainer {
  readonly #options: PoweredTrainerOptions;
  #state: TrainerState = TRAINER_OFF;
  #supply: PowerOn | undefined;
  #boot: string | undefined;
  #bootedAtMs = 0;
  /** Counts power cycles, so that what an earlier one left to do is recognised. */
  #cycle = 0;

  constructor(options: PoweredTrainerOptions) {
    this.#options = options;
  }

  /** True while it has power. */
  get isOn(): boolean {
    return this.#state.power === 'on';
  }

  /** The rate that a host started, in Hz; 0 when none did. */
  get rateHz(): number {
    return this.#state.power === 'on' ? this.#state.rateHz : 0;
  }

  /** How fast its clock runs, as a share of true time. */
  get pace(): number {
    return 1 + (this.#supply?.driftPpm ?? 0) / 1e6;
  }

  /** Gives it power: it boots, with a new boot id. If it had power, it loses that first. */
  powerOn(supply: PowerOn): void {
    this.powerOff();
    this.#supply = supply;
    this.#boot = drawBootId(this.#options.bootRandom, this.#boot);
    this.#bootedAtMs = Math.floor(this.#options.timers.now());
    const { driftPpm: _clock, ...start } = supply;
    this.#advance({ kind: 'power-on', boot: this.#boot, ...start });
  }

  /** Takes its power away, also in the middle of what it does. */
  powerOff(): void {
    this.#cycle++;
    this.#advance({ kind: 'power-off' });
  }

  /** Gives it bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    this.#advance({ kind: 'received', bytes, ticks: this.#ticks(this.#options.timers.now()) });
  }

  /** Lets its sensor see a distance. The sample has the time at which it was due, however late the timer was. */
  sample({ distance, outOfRange }: SensedDistance, atMs: number): void {
    this.#advance({ kind: 'sampled', distance, outOfRange, ticks: this.#ticks(atMs) });
  }

  #ticks(atMs: number): number {
    const elapsedMs = Math.max(0, atMs - this.#bootedAtMs) * this.pace;
    return ((this.#supply?.ticks ?? 0) + Math.floor(elapsedMs)) % UINT32;
  }

  #advance(event: TrainerEvent): void {
    const { step = stepTrainer, send } = this.#options;
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    const cycle = this.#cycle;
    for (const effect of effects) {
      // The power may fail in the middle of what was to be done.
      if (cycle !== this.#cycle) return;
      if (effect.kind === 'wake') {
        this.#wakeAt(effect.atTicks);
      } else if (effect.kind === 'restart') {
        this.#restart(effect);
      } else if (!send(effect.line) && effect.line.kind === 'reading') {
        // Only readings are counted as dropped: a host asks again when an answer does not come.
        this.#advance({ kind: 'overrun' });
      }
    }
  }

  #restart({ seq, ticks }: { readonly seq: number; readonly ticks: number }): void {
    if (this.#supply === undefined) return;
    const restart: PowerOn = { ...this.#supply, why: 'TEST', seq, ticks };
    const { onRestart } = this.#options;
    if (onRestart === undefined) this.powerOn(restart);
    else onRestart(restart);
  }

  #wakeAt(atTicks: number): void {
    const { timers } = this.#options;
    const cycle = this.#cycle;
    const waitTicks = (atTicks - this.#ticks(timers.now()) + UINT32) % UINT32;
    // One ms more than needed: rounding must not wake the trainer just before its time.
    timers.at(timers.now() + waitTicks / this.pace + 1, () => {
      if (cycle !== this.#cycle) return;
      this.#advance({ kind: 'woken', ticks: this.#ticks(timers.now()) });
    });
  }
}
