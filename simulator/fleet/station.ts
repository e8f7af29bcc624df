import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceLine, Reading } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import { isActive } from '../core/faults.ts';
import type { StationFault } from '../core/faults.ts';
import { drawInteger } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import { stepTrainer, TRAINER_OFF } from '../core/trainer.ts';
import type { TrainerEvent, TrainerState } from '../core/trainer.ts';
import type { TruthDistance, TruthLedger } from '../core/truth-ledger.ts';
import { WireInjector } from '../core/wire-injector.ts';
import type { TrainerBox } from '../core/world.ts';
import type { SerialCables } from './links.ts';
import { StationWire } from './station-wire.ts';

const UINT32 = 2 ** 32;
/** How long a trainer is off when its power dips. */
const BROWN_OUT_MS = 200;

/** What a station needs of the world around it. */
export interface StationOptions {
  readonly id: number;
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly cables: SerialCables;
  /** The faults of this station. */
  readonly faults: readonly StationFault[];
}

/** A place with a serial port and, most of the time, a trainer on it. Drives the trainer's state machine. */
export class Station {
  readonly #options: StationOptions;
  readonly #bootRandom: Random;
  readonly #powerRandom: Random;
  readonly #injector: WireInjector;
  #wire: StationWire | undefined;
  #box: TrainerBox | undefined;
  #trainer: TrainerState = TRAINER_OFF;
  #bootedAtMs = 0;
  /** What the trainer's clock showed when it booted. */
  #startTicks = 0;
  #boot: string | undefined;
  /** Counts power cycles, so that a wake-up of an earlier boot is recognised. */
  #cycle = 0;
  #isBrowningOut = false;
  /** The counters of the last reading of this boot. */
  #last: { readonly seq: number; readonly ticks: number } | undefined;

  constructor(options: StationOptions) {
    const { id, streams, faults } = options;
    this.#options = options;
    this.#bootRandom = streams(`station:${id}/boot`);
    this.#powerRandom = streams(`station:${id}/power`);
    const wireFaults = faults.filter((fault) => fault.kind === 'wire');
    this.#injector = new WireInjector(wireFaults, (name) => streams(`station:${id}/wire/${name}`));
  }

  /** The box that stands here. */
  get box(): TrainerBox | undefined {
    return this.#box;
  }

  /** Plugs the cable in. */
  connect(): void {
    if (this.#wire !== undefined) return;
    const { id, timers, streams, ledger, cables, faults } = this.#options;
    this.#wire = new StationWire({
      port: cables.plug(id),
      timers,
      ledger,
      injector: this.#injector,
      chunkFaults: faults.filter((fault) => fault.kind === 'chunks'),
      chunkRandom: streams(`station:${id}/wire/chunks`),
    });
    this.#wire.onReceive((bytes) =>
      this.#advance({ kind: 'received', bytes, ticks: this.#ticks() }),
    );
  }

  /** Pulls the cable, and with it the trainer's power. */
  disconnect(): void {
    this.removeBox();
    this.#wire?.close();
    this.#wire = undefined;
  }

  /** Puts a box here and gives it power, for the reason that its boot line tells. */
  placeBox(box: TrainerBox, why: string): void {
    this.#box = box;
    const { timers, faults } = this.#options;
    const { seq, ticks } = faults
      .filter((fault) => fault.kind === 'counter-wrap')
      .find((fault) => isActive(fault, timers.now())) ?? { seq: 0, ticks: 0 };
    this.#start({ serialNumber: box.serialNumber, why, seq, ticks });
  }

  /** The power will dip in the middle of the next line that the trainer sends. */
  brownOut(): void {
    this.#isBrowningOut = true;
  }

  #start(how: { serialNumber: string; why: string; seq?: number; ticks?: number }): void {
    this.#cycle++;
    this.#bootedAtMs = Math.floor(this.#options.timers.now());
    this.#startTicks = how.ticks ?? 0;
    this.#boot = drawBootId(this.#bootRandom, this.#boot);
    this.#last = undefined;
    this.#advance({ kind: 'power-on', boot: this.#boot, ...how });
  }

  /** Takes the box away, and gives it back for another place. */
  removeBox(): TrainerBox | undefined {
    const box = this.#box;
    this.#box = undefined;
    this.#cycle++;
    this.#advance({ kind: 'power-off' });
    return box;
  }

  /** Somebody steps in front of the sensor; the trainer reports `truth` if it streams. */
  measure(truth: TruthDistance): void {
    const ticks = this.#ticks(truth.atMs);
    this.#advance({ kind: 'sampled', distance: truth.distance, ticks }, truth);
  }

  /** The trainer's clock at a world time. A sample has the time of its step, however late the timer was. */
  #ticks(atMs: number = this.#options.timers.now()): number {
    const driftPpm = this.#box?.driftPpm ?? 0;
    const elapsedMs = Math.max(0, atMs - this.#bootedAtMs);
    return (this.#startTicks + Math.floor(elapsedMs * (1 + driftPpm / 1e6))) % UINT32;
  }

  #advance(event: TrainerEvent, truth?: TruthDistance): void {
    const { state, effects } = stepTrainer(this.#trainer, event);
    this.#trainer = state;
    const cycle = this.#cycle;
    for (const effect of effects) {
      // The power may fail in the middle of what was to be done.
      if (cycle !== this.#cycle) return;
      if (effect.kind === 'wake') {
        this.#wakeAt(effect.atTicks);
      } else if (effect.kind === 'restart') {
        const { seq, ticks } = effect;
        const serialNumber = this.#box?.serialNumber ?? '';
        this.#start({ serialNumber, why: 'TEST', seq, ticks });
      } else {
        if (effect.line.kind === 'reading') this.#count(effect.line, truth);
        this.#send(effect.line, truth);
      }
    }
  }

  #count({ boot, seq, ticks }: Reading, truth: TruthDistance | undefined): void {
    const { ledger } = this.#options;
    if (truth !== undefined) Object.assign(truth, { boot, seq });
    if (this.#last !== undefined && seq < this.#last.seq) ledger.note('seq-wrapped');
    if (this.#last !== undefined && ticks < this.#last.ticks) ledger.note('ticks-wrapped');
    this.#last = { seq, ticks };
  }

  #send(line: DeviceLine, truth: TruthDistance | undefined): void {
    const text = encodeDeviceLine(line);
    if (this.#isBrowningOut) {
      const sent = text.slice(0, drawInteger(this.#powerRandom, 1, text.length - 1));
      this.#wire?.send({ text, sent, truth });
      this.#dipPower();
    } else if (this.#wire?.send({ text, boots: line.kind === 'boot', truth }) !== true) {
      // Only readings are counted as dropped: a host asks again when an answer does not come.
      if (line.kind === 'reading') this.#advance({ kind: 'overrun' });
    }
  }

  #dipPower(): void {
    const { timers, ledger } = this.#options;
    const box = this.#box;
    this.#isBrowningOut = false;
    const cycle = ++this.#cycle;
    this.#advance({ kind: 'power-off' });
    ledger.note('browned-out');
    timers.at(timers.now() + BROWN_OUT_MS, () => {
      if (box !== undefined && cycle === this.#cycle) this.placeBox(box, 'BRN');
    });
  }

  #wakeAt(atTicks: number): void {
    const cycle = this.#cycle;
    const driftPpm = this.#box?.driftPpm ?? 0;
    const waitTicks = (atTicks - this.#ticks() + UINT32) % UINT32;
    // One ms more than needed: rounding must not wake the trainer just before its time.
    const waitMs = waitTicks / (1 + driftPpm / 1e6) + 1;
    this.#options.timers.at(this.#options.timers.now() + waitMs, () => {
      if (cycle === this.#cycle) this.#advance({ kind: 'woken', ticks: this.#ticks() });
    });
  }
}
