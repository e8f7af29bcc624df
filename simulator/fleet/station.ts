import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawBootId } from '../core/boot-id.ts';
import { isActive } from '../core/faults.ts';
import type { GarbleFault } from '../core/faults.ts';
import { garbleLine } from '../core/garble.ts';
import { drawChance } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import { stepTrainer, TRAINER_OFF } from '../core/trainer.ts';
import type { TrainerEvent, TrainerState } from '../core/trainer.ts';
import type { TruthDistance, TruthLedger } from '../core/truth-ledger.ts';
import type { TrainerBox } from '../core/world.ts';
import type { DevicePort, SerialCables } from './links.ts';

const UINT32 = 2 ** 32;

/** What a station needs of the world around it. */
export interface StationOptions {
  readonly id: number;
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly cables: SerialCables;
  readonly garbles: readonly GarbleFault[];
}

/** A place with a serial port and, most of the time, a trainer on it. Drives the trainer's state machine. */
export class Station {
  readonly #options: StationOptions;
  readonly #bootRandom: Random;
  readonly #faultRandom: Random;
  #port: DevicePort | undefined;
  #box: TrainerBox | undefined;
  #trainer: TrainerState = TRAINER_OFF;
  #bootedAtMs = 0;
  /** What the trainer's clock showed when it booted. */
  #startTicks = 0;
  #boot: string | undefined;
  /** Counts power cycles, so that a wake-up of an earlier boot is recognised. */
  #cycle = 0;

  constructor(options: StationOptions) {
    this.#options = options;
    this.#bootRandom = options.streams(`station:${options.id}/boot`);
    this.#faultRandom = options.streams(`station:${options.id}/serial-faults`);
  }

  /** The box that stands here. */
  get box(): TrainerBox | undefined {
    return this.#box;
  }

  /** Plugs the cable in. */
  connect(): void {
    if (this.#port !== undefined) return;
    this.#port = this.#options.cables.plug(this.#options.id);
    this.#port.onReceive((bytes) =>
      this.#advance({ kind: 'received', bytes, ticks: this.#ticks() }),
    );
  }

  /** Pulls the cable, and with it the trainer's power. */
  disconnect(): void {
    this.removeBox();
    this.#port?.close();
    this.#port = undefined;
  }

  /** Puts a box here and gives it power, for the reason that its boot line tells. */
  placeBox(box: TrainerBox, why: string): void {
    this.#box = box;
    this.#start({ serialNumber: box.serialNumber, why });
  }

  #start(how: { serialNumber: string; why: string; seq?: number; ticks?: number }): void {
    this.#cycle++;
    this.#bootedAtMs = Math.floor(this.#options.timers.now());
    this.#startTicks = how.ticks ?? 0;
    this.#boot = drawBootId(this.#bootRandom, this.#boot);
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
    for (const effect of effects) {
      if (effect.kind === 'wake') {
        this.#wakeAt(effect.atTicks);
      } else if (effect.kind === 'restart') {
        const { seq, ticks } = effect;
        const serialNumber = this.#box?.serialNumber ?? '';
        this.#start({ serialNumber, why: 'TEST', seq, ticks });
      } else {
        if (truth !== undefined && effect.line.kind === 'reading') {
          truth.boot = effect.line.boot;
          truth.seq = effect.line.seq;
        }
        this.#send(effect.line, truth);
      }
    }
  }

  #send(deviceLine: DeviceLine, truth: TruthDistance | undefined): void {
    const { timers, garbles, ledger } = this.#options;
    const rate = garbles.find((fault) => isActive(fault, timers.now()))?.rate ?? 0;
    const line = encodeDeviceLine(deviceLine);
    const garbled = rate > 0 && drawChance(this.#faultRandom, rate);
    const bytes = garbled ? garbleLine(line, this.#faultRandom) : line;
    const onLost = truth && (() => (truth.fate = 'lost'));
    if (this.#port?.send(bytes, onLost) !== true) {
      // Only readings are counted as dropped: a host asks again when an answer does not come.
      if (deviceLine.kind === 'reading') this.#advance({ kind: 'overrun' });
      return;
    }
    if (garbled) ledger.note('line-garbled');
    if (truth !== undefined) truth.fate = garbled ? 'garbled' : 'sent';
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
