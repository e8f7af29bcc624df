/** A run in real time: pseudo-terminals, an MQTT broker over TCP, an S3 endpoint over HTTP, and the same devices and bridge as in `sim`. */
import type { Notice } from '../../bridge/index.ts';
import type { Place } from '../../pipeline/index.ts';
import { drawWorld, scheduleFleet, TruthLedger, WallTime } from '../../simulator/index.ts';
import type { Fleet, RandomStreams, World } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { scheduleCustomerExports } from '../run/customer-export.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { DoneDeed, LiveDeed } from './deeds.ts';
import { listStations, phoneStates, trainerStates } from './fleet-states.ts';
import type { FleetView, LiveStation, PhoneState, TrainerState } from './fleet-states.ts';
import type { FlowCounts } from './flow-counts.ts';
import { LiveCourse } from './live-course.ts';
import type { LivePhase } from './live-course.ts';
import { refuseInLive } from './live-limits.ts';
import { buildLivePlant } from './live-plant.ts';
import type { LiveParts, LivePlant } from './live-plant.ts';
import { LiveSignals } from './live-signals.ts';
import type { LiveSignal } from './live-signals.ts';
import { PatientSink } from './patient-sink.ts';
import { schedulePlantFaults } from './plant-faults.ts';
import { ReadingTally } from './reading-tally.ts';
import { RealPorts } from './real-ports.ts';
import { WorldDeeds } from './world-deeds.ts';

/** How a live run is done. */
export interface LiveOptions {
  readonly streams: RandomStreams;
  readonly parts: LiveParts;
  /** How long a record waits for its object to be filled, in ms of the world; a minute if not given. */
  readonly flushMs?: number;
  /** Told what the bridge tells those who run it. */
  readonly onNotice?: (notice: Notice) => void;
}

const FLUSH_MS = 60_000;

/**
 * Begins a run of a plan in real time.
 *
 * @throws ScenarioError, BridgeError, SimulatorError with the code of the part that cannot be had; nothing stays then
 */
export async function startLiveRun(plan: Plan, options: LiveOptions): Promise<LiveRun> {
  const { parts } = options;
  refuseInLive(plan, {
    broker: parts.brokerUrl !== undefined,
    storage: parts.storage !== undefined,
  });
  const timers = new WallTime(plan.world.startMs, plan.speed);
  // The world waits for its parts.
  timers.pause();
  const failure = new AbortController();
  const ledger = new TruthLedger();
  const plant = await buildLivePlant({
    timers,
    parts,
    baudRate: plan.baudRate,
    flushMs: options.flushMs ?? FLUSH_MS,
    onNotice: options.onNotice ?? (() => undefined),
    onOccurrence: (occurrence) => ledger.note(occurrence),
    onFailure: (cause) => failure.abort(cause),
  });
  return new LiveRun({ plan, options, timers, plant, ledger, failure });
}

interface LiveRunParts {
  readonly plan: Plan;
  readonly options: LiveOptions;
  readonly timers: WallTime;
  readonly plant: LivePlant;
  readonly ledger: TruthLedger;
  /** Ends the run with a reason when something fails. */
  readonly failure: AbortController;
}

/** A run that is under way, until it is closed. */
export class LiveRun {
  readonly ledger: TruthLedger;
  readonly #parts: LiveRunParts;
  readonly #fleet: Fleet;
  readonly #deeds: WorldDeeds;
  readonly #course: LiveCourse;
  readonly #signals = new LiveSignals();
  readonly #tally: ReadingTally;
  readonly #exports: PatientSink | undefined;
  readonly #realPorts: RealPorts;
  #isClosed = false;

  /** Begins at once. */
  constructor(parts: LiveRunParts) {
    const { plan, options, timers, plant, ledger } = parts;
    this.#parts = parts;
    this.#realPorts = new RealPorts(plant.bridge, plant.serial);
    this.ledger = ledger;
    const world = drawWorld(plan.world, options.streams);
    this.#tally = new ReadingTally(world.people.map(({ station }) => station));
    ledger.onReading = (truth) => {
      this.#tally.add(truth);
      this.#signals.tell(truth);
    };
    const { sink, outage } = plant.storage;
    // The website waits for a storage that comes back; for one of somebody else nobody knows whether it does.
    this.#exports = outage === undefined ? undefined : new PatientSink(sink);
    this.#fleet = scheduleFleet({
      world,
      faults: plan.faults,
      ...(plan.recorded !== undefined && { recorded: plan.recorded }),
      timers,
      streams: options.streams,
      ledger,
      cables: plant.serial,
      network: plant.phones,
      broker: plant.broker,
    });
    const finishExports = scheduleCustomerExports(this.#fleet, timers, this.#exports ?? sink);
    schedulePlantFaults(plan.faults, { timers, outage });
    const hasBroker = options.parts.brokerUrl === undefined;
    this.#deeds = new WorldDeeds({ timers, fleet: this.#fleet, hasBroker, outage });
    this.#course = new LiveCourse({
      timers,
      endMs: world.endMs,
      fleet: this.#fleet,
      plant,
      onWorldEnd: () => this.#deeds.end(),
      finishExports,
      failure: parts.failure.signal,
    });
    timers.resume();
  }

  /** The world with everything that was changed until now. */
  get world(): World {
    return this.#fleet.world;
  }

  /** The plan of the run; its world is the one that was drawn at first. */
  get plan(): Plan {
    return this.#parts.plan;
  }

  get phase(): LivePhase {
    return this.#course.phase;
  }

  /** Resolves when all has landed. Rejects with what failed, or with RUN_CLOSED when the run is closed before. */
  get ended(): Promise<void> {
    return this.#course.ended;
  }

  /** Epoch ms of the world. */
  get atMs(): number {
    return this.#parts.timers.now();
  }

  get speed(): number {
    return this.#parts.timers.speed;
  }

  get isPaused(): boolean {
    return this.#parts.timers.isPaused;
  }

  /** Where objects land, for whoever reads them. */
  get landingPlace(): Extract<Place, { kind: 's3' }> {
    return this.#parts.plant.storage.place;
  }

  /** For reading what landed while the run is not closed. */
  get storage(): LivePlant['storage'] {
    return this.#parts.plant.storage;
  }

  /** What has passed each part until now. */
  get flow(): FlowCounts {
    return this.#parts.plant.flow;
  }

  /** What was done until now. */
  get deeds(): readonly DoneDeed[] {
    return this.#deeds.done;
  }

  /** The places of trainers; real devices get theirs when they appear. */
  get stations(): readonly LiveStation[] {
    return listStations(this.world, this.#realPorts.list);
  }

  get trainers(): readonly TrainerState[] {
    return trainerStates(this.#view());
  }

  get phones(): readonly PhoneState[] {
    return phoneStates(this.#view());
  }

  /** True while a real device is on a port: its clock cannot be made faster, or stopped. */
  get isSpeedFixed(): boolean {
    return this.#realPorts.isAnyOpen;
  }

  /** Whether the broker, the storage, or the line or cable of a trainer was made to fail by a deed, and still does. */
  isOn(fault: 'broker' | 'storage' | `unplug:${number}` | `garble:${number}`): boolean {
    return this.#deeds.isOn(fault);
  }

  /** Calls `listener` at each change of the phase. Returns what ends it. */
  onPhase(listener: (phase: LivePhase) => void): () => void {
    return this.#course.onPhase(listener);
  }

  /** Tells what is measured of a person from now on. Returns what ends it. */
  onSignal(person: number, listener: (signal: LiveSignal) => void): () => void {
    return this.#signals.watch(person, listener);
  }

  /** The world goes on `speed` times as fast as real time. @throws ScenarioError DEED_REFUSED */
  setSpeed(speed: number): void {
    if (speed !== this.speed) this.#refuseFixed();
    this.#parts.timers.setSpeed(speed);
  }

  /** The world stands still. @throws ScenarioError DEED_REFUSED */
  pause(): void {
    this.#refuseFixed();
    this.#parts.timers.pause();
  }

  /** The world goes on. */
  resume(): void {
    this.#parts.timers.resume();
  }

  /**
   * Does a deed now, and tells when it takes effect, in epoch ms of the world. What is so already stays so.
   *
   * @throws ScenarioError DEED_REFUSED when it cannot be done as things are
   */
  do(deed: LiveDeed): number {
    return this.#deeds.do(deed);
  }

  /** Ends the run wherever it is, and takes away all that belongs to it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { timers, plant, failure } = this.#parts;
    failure.abort(new ScenarioError('RUN_CLOSED', 'The run was closed before its end.'));
    this.#exports?.end();
    // Whatever waits for the world's clock shall come to its end.
    timers.resume();
    await plant.close();
    timers.stop();
  }

  #refuseFixed(): void {
    if (!this.isSpeedFixed) return;
    const message =
      'A real device is on a port: its clock cannot be made faster or stopped. Unplug it first.';
    throw new ScenarioError('DEED_REFUSED', message);
  }

  #view(): FleetView {
    const { plant } = this.#parts;
    return {
      fleet: this.#fleet,
      atMs: this.atMs,
      tally: this.#tally,
      realPorts: this.#realPorts.list,
      isGarbled: (station) => this.#deeds.isOn(`garble:${station}`),
      isConnected: (person) => plant.phones.isConnected(person),
    };
  }
}
