import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceLine, Reading } from '../../firmware-protocol/index.ts';
import { SENSOR_RANGE_MM } from '../core/continuous-walk.ts';
import { isActive } from '../core/faults.ts';
import type { ChunkFault, CounterFault, StationFault } from '../core/faults.ts';
import { drawInteger } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthDistance, TruthLedger } from '../core/truth-ledger.ts';
import { WireInjector } from '../core/wire-injector.ts';
import type { TrainerBox } from '../core/world.ts';
import type { SerialCables } from './links.ts';
import { PoweredTrainer } from './powered-trainer.ts';
import { StationWire } from './station-wire.ts';

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

/** A place with a serial port and, most of the time, a trainer on it. */
export class Station {
  readonly #options: StationOptions;
  readonly #powerRandom: Random;
  readonly #injector: WireInjector;
  readonly #trainer: PoweredTrainer;
  readonly #chunkFaults: ChunkFault[];
  readonly #counterFaults: CounterFault[];
  #wire: StationWire | undefined;
  #box: TrainerBox | undefined;
  /** The reading that the trainer's sensor takes at this moment. */
  #measured: TruthDistance | undefined;
  /** Counts boxes and dips of the power, so that what was planned for an earlier one is recognised. */
  #changes = 0;
  #isBrowningOut = false;
  /** How many faults keep the cable pulled, and what is to be here when the last of them is over. */
  #unplugs = 0;
  #awaited: { isConnected: boolean; box: TrainerBox | undefined } | undefined;
  /** The last reading of this boot. */
  #last: Reading | undefined;

  constructor(options: StationOptions) {
    const { id, timers, streams, faults } = options;
    this.#options = options;
    this.#powerRandom = streams(`station:${id}/power`);
    const wireFaults = faults.filter((fault) => fault.kind === 'wire');
    this.#chunkFaults = faults.filter((fault) => fault.kind === 'chunks');
    this.#counterFaults = faults.filter((fault) => fault.kind === 'counter-wrap');
    this.#injector = new WireInjector(wireFaults, (name) => streams(`station:${id}/wire/${name}`));
    this.#trainer = new PoweredTrainer({
      timers,
      bootRandom: streams(`station:${id}/boot`),
      send: (line) => this.#send(line),
    });
  }

  /** The box that stands here, unless it is unplugged. */
  get box(): TrainerBox | undefined {
    return this.#box;
  }

  /** True while a fault keeps the cable pulled. */
  get isUnplugged(): boolean {
    return this.#awaited !== undefined;
  }

  /** One more fault, which may have no end yet. */
  addFault(fault: StationFault): void {
    if (fault.kind === 'wire') this.#injector.add(fault);
    if (fault.kind === 'chunks') this.#chunkFaults.push(fault);
    if (fault.kind === 'counter-wrap') this.#counterFaults.push(fault);
  }

  /** A fault pulls the cable: whatever is meant to be here is not, until the fault is over. */
  unplug(): void {
    this.#unplugs++;
    if (this.#awaited !== undefined) return;
    const awaited = { isConnected: this.#wire !== undefined, box: this.#box };
    this.disconnect();
    this.#awaited = awaited;
  }

  /** The fault is over: if it was the last one, everything comes back that is meant to be here. */
  plugIn(): void {
    this.#unplugs--;
    if (this.#unplugs > 0 || this.#awaited === undefined) return;
    const { isConnected, box } = this.#awaited;
    this.#awaited = undefined;
    if (isConnected) this.connect();
    if (box !== undefined) this.placeBox(box, 'PWR');
  }

  /** Plugs the cable in. */
  connect(): void {
    if (this.#awaited !== undefined) this.#awaited.isConnected = true;
    if (this.#wire !== undefined || this.#awaited !== undefined) return;
    const { id, timers, streams, ledger, cables } = this.#options;
    this.#wire = new StationWire({
      port: cables.plug(id),
      timers,
      ledger,
      injector: this.#injector,
      chunkFaults: this.#chunkFaults,
      chunkRandom: streams(`station:${id}/wire/chunks`),
    });
    this.#wire.onReceive((bytes) => this.#trainer.receive(bytes));
  }

  /** Pulls the cable, and with it the trainer's power. */
  disconnect(): void {
    this.removeBox();
    if (this.#awaited !== undefined) this.#awaited.isConnected = false;
    this.#wire?.close();
    this.#wire = undefined;
  }

  /** Puts a box here and gives it power, for the reason that its boot line tells. */
  placeBox(box: TrainerBox, why: string): void {
    if (this.#awaited !== undefined) {
      this.#awaited.box = box;
      return;
    }
    this.#box = box;
    this.#changes++;
    const { timers } = this.#options;
    const counter = this.#counterFaults.find((fault) => isActive(fault, timers.now()));
    const { seq, ticks } = counter ?? { seq: 0, ticks: 0 };
    const { serialNumber, driftPpm } = box;
    this.#trainer.powerOn({ serialNumber, driftPpm, why, seq, ticks });
  }

  /** The power will dip in the middle of the next line that the trainer sends. */
  brownOut(): void {
    this.#isBrowningOut = true;
  }

  /** Takes the box away, and gives it back for another place. */
  removeBox(): TrainerBox | undefined {
    const box = this.#awaited?.box ?? this.#box;
    if (this.#awaited !== undefined) this.#awaited.box = undefined;
    this.#box = undefined;
    this.#changes++;
    this.#trainer.powerOff();
    return box;
  }

  /** Somebody steps in front of the sensor; the trainer reports `truth` if it streams. */
  measure(truth: TruthDistance): void {
    this.#measured = truth;
    const { distance } = truth;
    this.#trainer.sample({ distance, outOfRange: distance >= SENSOR_RANGE_MM }, truth.atMs);
    this.#measured = undefined;
  }

  #send(line: DeviceLine): boolean {
    const truth = line.kind === 'reading' ? this.#measured : undefined;
    if (line.kind === 'boot') this.#last = undefined;
    if (line.kind === 'reading') this.#count(line);
    const text = encodeDeviceLine(line);
    if (!this.#isBrowningOut) {
      // Without a cable there is no buffer that could become free: nothing waits for it.
      if (this.#wire === undefined) return line.kind !== 'reading';
      return this.#wire.send({ text, boots: line.kind === 'boot', truth });
    }
    const sent = text.slice(0, drawInteger(this.#powerRandom, 1, text.length - 1));
    this.#wire?.send({ text, sent, truth });
    this.#dipPower();
    return true;
  }

  #count(reading: Reading): void {
    const { ledger } = this.#options;
    const { boot, seq, ticks } = reading;
    if (this.#measured !== undefined) {
      this.#measured.boot = boot;
      this.#measured.seq = seq;
    }
    if (this.#last !== undefined && seq < this.#last.seq) ledger.note('seq-wrapped');
    if (this.#last !== undefined && ticks < this.#last.ticks) ledger.note('ticks-wrapped');
    this.#last = reading;
  }

  #dipPower(): void {
    const { timers, ledger } = this.#options;
    const box = this.#box;
    this.#isBrowningOut = false;
    const change = ++this.#changes;
    this.#trainer.powerOff();
    ledger.note('browned-out');
    timers.at(timers.now() + BROWN_OUT_MS, () => {
      if (box !== undefined && change === this.#changes) this.placeBox(box, 'BRN');
    });
  }
}
