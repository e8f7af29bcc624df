import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import type { Random } from '../core/random.ts';
import type { SensedDistance } from '../core/sensor.ts';
import type { Timers } from '../core/timers.ts';
import { stepTrainer, TRAINER_OFF } from '../core/trainer.ts';
import type { TrainerEffect, TrainerEvent, TrainerProduct, TrainerState } from '../core/trainer.ts';
import { Outbox, RECEIVED_BYTES_MAX } from './outbox.ts';

const UINT32 = 2 ** 32;

/** What a trainer does to the world around it, and what must wait while its line is full. */
type Deed = Exclude<TrainerEffect, { readonly kind: 'wake' }>;

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
  /**
   * Passes a line on, all of it or nothing; false when the transmit buffer has no room for it now. A reading is then
   * dropped, any other line is offered again a little later.
   */
  readonly send: (line: DeviceLine) => boolean;
  /** Told when lines that waited for room are sent, and what was received meanwhile has been handled. */
  readonly onResume?: () => void;
  /** Starts the trainer again after a REBOOT; at once, with the given counters, if not given. */
  readonly onRestart?: (restart: PowerOn) => void;
  /** The state machine, {@link stepTrainer} if not given. */
  readonly step?: typeof stepTrainer;
}

/**
 * One trainer with its power, its clock, its wake-ups and its buffers: what the state machine leaves to the world around
 * it. As on a chip, a command is taken from the receive buffer only when the answer to the one before it is out.
 */
export class PoweredTrainer {
  readonly #options: PoweredTrainerOptions;
  readonly #outbox: Outbox<Deed>;
  #received = '';
  #state: TrainerState = TRAINER_OFF;
  #supply: PowerOn | undefined;
  #boot: string | undefined;
  #bootedAtMs = 0;
  /** Counts power cycles, so that what an earlier one left to do is recognised. */
  #cycle = 0;

  constructor(options: PoweredTrainerOptions) {
    this.#options = options;
    this.#outbox = new Outbox({
      timers: options.timers,
      send: (deed) => this.#act(deed),
      onIdle: () => this.#resume(),
    });
  }

  /** True while it has power. */
  get isOn(): boolean {
    return this.#state.power === 'on';
  }

  /** True while a line waits for room in the transmit buffer: what is received waits behind it. */
  get isHeldUp(): boolean {
    return this.#outbox.isWaiting;
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
    this.#outbox.clear();
    this.#received = '';
    this.#advance({ kind: 'power-off' });
  }

  /** Gives it bytes from the host, one per character (latin1). */
  receive(bytes: string): void {
    this.#received = (this.#received + bytes).slice(0, RECEIVED_BYTES_MAX);
    this.#takeReceived();
  }

  /** Lets its sensor see a distance. The sample has the time at which it was due, however late the timer was. */
  sample({ distance, outOfRange }: SensedDistance, atMs: number): void {
    this.#advance({ kind: 'sampled', distance, outOfRange, ticks: this.#ticks(atMs) });
  }

  #ticks(atMs: number): number {
    const elapsedMs = Math.max(0, atMs - this.#bootedAtMs) * this.pace;
    return ((this.#supply?.ticks ?? 0) + Math.floor(elapsedMs)) % UINT32;
  }

  /** Takes line by line, so that nothing is done before there was room to answer what came before it. */
  #takeReceived(): void {
    while (this.#received !== '' && !this.isHeldUp) {
      const end = this.#received.indexOf('\n') + 1;
      const bytes = end === 0 ? this.#received : this.#received.slice(0, end);
      this.#received = this.#received.slice(bytes.length);
      this.#advance({ kind: 'received', bytes, ticks: this.#ticks(this.#options.timers.now()) });
    }
  }

  #resume(): void {
    this.#takeReceived();
    this.#options.onResume?.();
  }

  #advance(event: TrainerEvent): void {
    const { step = stepTrainer } = this.#options;
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    const cycle = this.#cycle;
    for (const effect of effects) {
      // The power may fail in the middle of what was to be done.
      if (cycle !== this.#cycle) return;
      if (effect.kind === 'wake') this.#wakeAt(effect.atTicks);
      else if (this.#mayWait(effect)) this.#outbox.send(effect);
      else this.#sendOrDrop(effect);
    }
  }

  /** Answers wait for room. Readings never do, nor does a heartbeat behind something else: that shows life, too. */
  #mayWait(deed: Deed): boolean {
    if (deed.kind === 'restart') return true;
    return deed.line.kind !== 'reading' && !(deed.line.kind === 'heartbeat' && this.isHeldUp);
  }

  #sendOrDrop(deed: Deed): void {
    const isSent = !this.isHeldUp && this.#act(deed);
    if (!isSent && deed.kind === 'send' && deed.line.kind === 'reading') {
      this.#advance({ kind: 'overrun' });
    }
  }

  #act(deed: Deed): boolean {
    if (deed.kind === 'send') return this.#options.send(deed.line);
    this.#restart(deed);
    return true;
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
