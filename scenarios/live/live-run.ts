/** A run in real time: pseudo-terminals, an MQTT broker over TCP, an S3 endpoint over HTTP, and the same devices and bridge as in `sim`. */
import type { Place } from '../../pipeline/index.ts';
import { scheduleFleet } from '../../simulator/index.ts';
import type { Fleet, RandomStreams, TruthLedger, WallTime, World } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { scheduleCustomerExports } from '../run/customer-export.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { DoneDeed, LiveDeed } from './deeds.ts';
import { listStations, phoneStates, trainerStates } from './fleet-states.ts';
import type { FleetView, LiveStation, PhoneState, TrainerState } from './fleet-states.ts';
import type { FlowCounts } from './flow-counts.ts';
import { LiveCourse } from './live-course.ts';
import type { LivePhase } from './live-course.ts';
import type { LivePlant } from './live-plant.ts';
import type { LiveSignal } from './live-signals.ts';
import type { LiveTruth } from './live-truth.ts';
import { PatientSink } from './patient-sink.ts';
import { schedulePlantFaults } from './plant-faults.ts';
import { RealPorts } from './real-ports.ts';
import { WorldDeeds } from './world-deeds.ts';

/** How long before the first step a trainer gets its power, in real ms: so long may a busy machine take to start it. */
const TRAINER_LEAD_MS = 10_000;

/** What a live run is made of. */
export interface LiveRunParts {
  readonly plan: Plan;
  /** The world as it begins. */
  readonly world: World;
  readonly streams: RandomStreams;
  /** They stand still until the run begins. */
  readonly timers: WallTime;
  readonly plant: LivePlant;
  readonly truth: LiveTruth;
  /** Ends the run with a reason when something fails. */
  readonly failure: AbortController;
}

/** A run that is under way, until it is closed. */
export class LiveRun {
  readonly #parts: LiveRunParts;
  readonly #fleet: Fleet;
  readonly #deeds: WorldDeeds;
  readonly #course: LiveCourse;
  readonly #exports: PatientSink | undefined;
  readonly #realPorts: RealPorts;
  #isClosed = false;

  /** Begins at once. */
  constructor(parts: LiveRunParts) {
    const { plan, world, streams, timers, plant, truth, failure } = parts;
    this.#parts = parts;
    this.#realPorts = new RealPorts(plant.bridge, plant.serial);
    const { sink, outage } = plant.storage;
    // The website waits for a storage that comes back; for one of somebody else nobody knows whether it does.
    this.#exports = outage === undefined ? undefined : new PatientSink(sink);
    this.#fleet = scheduleFleet({
      world,
      faults: plan.faults,
      ...(plan.recorded !== undefined && { recorded: plan.recorded }),
      timers,
      streams,
      ledger: truth.ledger,
      cables: plant.serial,
      network: plant.phones,
      broker: plant.broker,
      trainerLeadMs: TRAINER_LEAD_MS * timers.speed,
    });
    const finishExports = scheduleCustomerExports(this.#fleet, timers, this.#exports ?? sink);
    schedulePlantFaults(plan.faults, { timers, outage });
    const { hasBroker } = plant;
    this.#deeds = new WorldDeeds({ timers, fleet: this.#fleet, hasBroker, outage });
    this.#course = new LiveCourse({
      timers,
      endMs: world.endMs,
      fleet: this.#fleet,
      plant,
      onWorldEnd: () => this.#deeds.end(),
      finishExports,
      failure: failure.signal,
    });
    timers.resume();
  }

  /** The truth: all of it, or what is not yet in the truth file. */
  get ledger(): TruthLedger {
    return this.#parts.truth.ledger;
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

  /** True when every simulated trainer that has power was told to send its readings. */
  get areTrainersStarted(): boolean {
    const powered = this.#fleet.trainers.filter((trainer) => trainer.serialNumber !== undefined);
    const { serial, bridge } = this.#parts.plant;
    const started = bridge.ports.filter(
      ({ path, session }) => serial.owns(path) && (session?.rateHz ?? 0) > 0,
    );
    return powered.length > 0 && started.length >= powered.length;
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
    return this.#parts.truth.signals.watch(person, listener);
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
    const { timers, plant, truth, failure } = this.#parts;
    failure.abort(new ScenarioError('RUN_CLOSED', 'The run was closed before its end.'));
    this.#exports?.end();
    // Whatever waits for the world's clock shall come to its end.
    timers.resume();
    try {
      await plant.close();
    } finally {
      truth.close();
      timers.stop();
    }
  }

  #refuseFixed(): void {
    if (!this.isSpeedFixed) return;
    const message =
      'A real device is on a port: its clock cannot be made faster or stopped. Unplug it first.';
    throw new ScenarioError('DEED_REFUSED', message);
  }

  #view(): FleetView {
    const { plant, truth } = this.#parts;
    return {
      fleet: this.#fleet,
      atMs: this.atMs,
      tally: truth.tally,
      realPorts: this.#realPorts.list,
      isGarbled: (station) => this.#deeds.isOn(`garble:${station}`),
      isConnected: (person) => plant.phones.isConnected(person),
    };
  }
}
