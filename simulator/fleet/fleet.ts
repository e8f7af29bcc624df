/** Brings a world to life: trainers boot, people walk, phones publish, faults strike, all on the given timers and links. */
import { faultsOfPhone, faultsOfStation } from '../core/faults.ts';
import type { Fault, SuddenFault } from '../core/faults.ts';
import type { Person } from '../core/people.ts';
import type { RandomStreams } from '../core/random.ts';
import type { Moment, Session } from '../core/session.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthLedger } from '../core/truth-ledger.ts';
import type { TrainerBox, World } from '../core/world.ts';
import { nextChangeMs, withChange } from '../core/world-changes.ts';
import { participantsOf } from '../core/world-crop.ts';
import type { SuddenChange, WorldChange } from '../core/world-spec.ts';
import { scheduleFaults, strikeNow } from './fault-schedule.ts';
import type { StruckFault } from './fault-schedule.ts';
import type { PhoneNetwork, RestartableBroker, SerialCables } from './links.ts';
import { Phone } from './phone.ts';
import { RecordedStation } from './recorded-station.ts';
import type { RecordedDevice } from './recorded-station.ts';
import { Station } from './station.ts';
import { noteChange, noteWorld } from './world-occurrences.ts';

/** How long before the first step a trainer gets its power if not told, and how long after the last it keeps it. */
const TRAINER_LEAD_MS = 10_000;
const TRAINER_TAIL_MS = 5_000;
/** How long around a session the app is open. */
const APP_LEAD_MS = 5_000;
const APP_TAIL_MS = 3_000;

/** What a fleet runs on. */
export interface FleetOptions {
  readonly world: World;
  readonly faults: readonly Fault[];
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly cables: SerialCables;
  readonly network: PhoneNetwork;
  readonly broker: RestartableBroker;
  /** How long before the first step a trainer gets its power, in ms of the world; 10 s if not given. */
  readonly trainerLeadMs?: number;
  /** Devices that were recorded elsewhere, on ports of their own behind those of the stations. */
  readonly recorded?: readonly RecordedDevice[];
}

/** How a trainer's place is now. */
export interface TrainerNow {
  readonly station: number;
  /** Serial number of the box that has power there. */
  readonly serialNumber: string | undefined;
  /** True while a fault keeps the cable pulled. */
  readonly isUnplugged: boolean;
}

/** How a phone is now. */
export interface PhoneNow {
  readonly person: number;
  /** True while the app is open. */
  readonly isOpen: boolean;
}

/** A fleet that is under way. */
export interface Fleet {
  /** True while no phone holds back messages that it still has to send. */
  readonly isSettled: boolean;
  /** The world with everything that was changed until now. */
  readonly world: World;
  /** The places of trainers, by number of the station. */
  readonly trainers: readonly TrainerNow[];
  /** The phones of all who take part, by number of the person. */
  readonly phones: readonly PhoneNow[];
  /** Changes the world from the next whole ms on, and tells when that is. What is measured before is not touched. */
  change(change: SuddenChange): WorldChange;
  /** Lets a fault strike now. */
  strike(fault: SuddenFault): StruckFault;
}

/** Schedules everything that will happen in a world. What it does is written to the ledger. */
export function scheduleFleet(options: FleetOptions): Fleet {
  const { faults, timers, streams, ledger, cables, broker } = options;
  let { world } = options;
  const worldNow = (): World => world;
  const stations = world.boxes.map(
    ({ id }) =>
      new Station({ id, timers, streams, ledger, cables, faults: faultsOfStation(faults, id) }),
  );
  const households = householdsOf(world);
  for (const [id, station] of stations.entries()) {
    scheduleStation(options, station, { id, household: households.get(id) ?? [] });
  }
  const phones = schedulePeople(options, stations, worldNow);
  for (const [index, device] of (options.recorded ?? []).entries()) {
    const id = stations.length + index;
    const station = new RecordedStation({ id, device, timers, streams, ledger, cables });
    timers.at(device.atMs, () => station.connect());
  }
  scheduleFaults({ faults, timers, ledger, stations, broker });
  scheduleMoves(options, stations, households);
  noteWorld(worldNow, timers, ledger);
  return {
    get isSettled() {
      return phones.every((phone) => phone.isSettled);
    },
    get world() {
      return world;
    },
    get trainers() {
      return stations.map(({ box, isUnplugged }, station) => ({
        station,
        serialNumber: box?.serialNumber,
        isUnplugged,
      }));
    },
    get phones() {
      return phones.map(({ person, isOpen }) => ({ person: person.id, isOpen }));
    },
    change: (sudden) => {
      const change = { ...sudden, atMs: nextChangeMs(timers.now()) };
      const before = world;
      world = withChange(before, change, streams);
      noteChange({ before, world, change }, timers, ledger);
      return change;
    },
    strike: (fault) => strikeNow({ timers, ledger, stations, phones, broker }, fault),
  };
}

/** Schedules what people do: at their station, and with the phones that are given back. */
function schedulePeople(
  options: FleetOptions,
  stations: readonly Station[],
  worldNow: () => World,
): readonly Phone[] {
  const { timers, streams, ledger, network } = options;
  let steps = 0;
  return participantsOf(options.world).map((person) => {
    const station = stations[person.station] as Station;
    const faults = faultsOfPhone(options.faults, person.id);
    const phone = new Phone({ person, worldNow, timers, streams, ledger, network, faults });
    for (const session of person.sessions) {
      scheduleSession({ timers, ledger, station, phone, person, session, firstStep: steps });
      steps += session.steps.length;
    }
    return phone;
  });
}

/** Where a trainer is replaced or exchanged, the port stays open, as under the fault that swaps devices. */
function scheduleMoves(
  { world, timers, ledger }: FleetOptions,
  stations: readonly Station[],
  households: ReadonlyMap<number, readonly Person[]>,
): void {
  for (const { atMs, station, box, reason } of world.moves ?? []) {
    timers.at(atMs, () => {
      if (!isInUse(households.get(station) ?? [])) return;
      stations[station]?.removeBox();
      stations[station]?.placeBox(box, 'PWR');
      ledger.note(reason === 'return' ? 'box-returned' : 'box-swapped');
    });
  }
}

/** Those who take part, by the station that they exercise at. */
function householdsOf(world: World): Map<number, Person[]> {
  const households = new Map<number, Person[]>();
  for (const person of participantsOf(world)) {
    const household = households.get(person.station);
    if (household === undefined) households.set(person.station, [person]);
    else household.push(person);
  }
  return households;
}

/** Whether anybody of a household exercises on its trainer. */
function isInUse(household: readonly Person[]): boolean {
  return household.some(
    ({ hasNoTrainer, sessions }) => hasNoTrainer !== true && sessions.length > 0,
  );
}

function scheduleStation(
  options: FleetOptions,
  station: Station,
  { id, household }: { readonly id: number; readonly household: readonly Person[] },
): void {
  const { world, timers, ledger, trainerLeadMs = TRAINER_LEAD_MS } = options;
  const sessions = household
    .filter(({ hasNoTrainer }) => hasNoTrainer !== true)
    .flatMap((person) => person.sessions);
  if (sessions.length === 0) return;
  timers.at(Math.min(...sessions.map(({ startMs }) => startMs)) - trainerLeadMs, () => {
    station.connect();
    station.placeBox(world.boxes[id] as TrainerBox, 'PWR');
  });
  timers.at(Math.max(...sessions.map(({ endMs }) => endMs)) + TRAINER_TAIL_MS, () =>
    station.disconnect(),
  );
  if (household.length > 1) ledger.note('trainer-shared');
}

interface SessionOptions {
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  readonly station: Station;
  readonly phone: Phone;
  readonly person: Person;
  readonly session: Session;
  /** Number of the session's first step in the world. */
  readonly firstStep: number;
}

function scheduleSession(options: SessionOptions): void {
  const { timers, phone, session } = options;
  timers.at(session.startMs - APP_LEAD_MS, () => phone.open());
  // Each step schedules the next: the queue holds one entry for a session, not one for every step.
  scheduleStep(options, 0);
  timers.at(session.endMs + APP_TAIL_MS, () => phone.close());
}

function scheduleStep(options: SessionOptions, index: number): void {
  const { timers, ledger, station, phone, person, session, firstStep } = options;
  const step: Moment | undefined = session.steps[index];
  if (step === undefined) return;
  const { distance } = step;
  const number = firstStep + (step.step ?? index);
  timers.at(step.atMs, () => {
    if (distance !== undefined && person.hasNoTrainer !== true) {
      const truth = ledger.addDistance({
        person: person.id,
        step: number,
        atMs: step.atMs,
        serialNumber: station.box?.serialNumber,
        distance,
      });
      station.measure(truth);
    }
    if (step.accelerations.length > 0 && person.hasNoPhone !== true) phone.take(step, number);
    scheduleStep(options, index + 1);
  });
}
