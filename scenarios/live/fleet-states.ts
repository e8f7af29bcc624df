/** How trainers and phones are at one moment of a live run. */
import type { SerialPortStatus } from '../../bridge/index.ts';
import { skewAt } from '../../simulator/index.ts';
import type { Fleet, Person, World } from '../../simulator/index.ts';
import { portName } from './live-serial.ts';
import type { ReadingTally } from './reading-tally.ts';

/** `away` when no trainer is there, `idle` when nobody exercises on it. */
export type TrainerCondition = 'away' | 'idle' | 'measuring' | 'unplugged' | 'garbled';

/** A serial port with whatever is on it. */
export interface LiveStation {
  readonly id: number;
  /** Name of the port, such as `ttySTEDI3`; of a real device its path. */
  readonly port: string;
  readonly kind: 'virtual' | 'real';
}

/** A trainer at a station. */
export interface TrainerState {
  readonly station: number;
  readonly condition: TrainerCondition;
  /** Serial number of the box that stands there; `undefined` when there is none, or nothing is known of it yet. */
  readonly serialNumber: string | undefined;
  /** Who exercises on it now. */
  readonly person: number | undefined;
  /** Readings until now. */
  readonly readings: number;
}

/** A phone. */
export interface PhoneState {
  readonly person: number;
  readonly isConnected: boolean;
  readonly isStreaming: boolean;
  /** Samples until now. */
  readonly samples: number;
  /** By how much its clock is off now, in ms. */
  readonly clockOffMs: number;
  /** Whether the person shares data for research now. */
  readonly isConsenting: boolean;
}

/** What is looked at. */
export interface FleetView {
  readonly fleet: Pick<Fleet, 'world' | 'trainers' | 'phones'>;
  readonly atMs: number;
  readonly tally: ReadingTally;
  /** Real ports in the order of their numbers, which follow those of the virtual ones. */
  readonly realPorts: readonly SerialPortStatus[];
  readonly isGarbled: (station: number) => boolean;
  readonly isConnected: (person: number) => boolean;
}

/** The stations of a world, and the real ports behind them. */
export function listStations(
  world: Pick<World, 'boxes'>,
  realPorts: readonly { readonly path: string }[],
): LiveStation[] {
  const virtual = world.boxes.map(({ id }): LiveStation => ({
    id,
    port: portName(id),
    kind: 'virtual',
  }));
  const real = realPorts.map(({ path }, index): LiveStation => ({
    id: virtual.length + index,
    port: path,
    kind: 'real',
  }));
  return [...virtual, ...real];
}

/** Trainers by number of the station, real devices behind virtual ones. */
export function trainerStates(view: FleetView): TrainerState[] {
  const { fleet, atMs, tally, realPorts, isGarbled } = view;
  const exercising = new Map<number, number>();
  for (const person of fleet.world.people) {
    if (person.hasNoTrainer !== true && isExercising(person, atMs)) {
      exercising.set(person.station, person.id);
    }
  }
  const virtual = fleet.trainers.map((trainer): TrainerState => {
    const { station, serialNumber, isUnplugged } = trainer;
    const person = exercising.get(station);
    const busy = person === undefined ? 'idle' : 'measuring';
    const present = isGarbled(station) ? 'garbled' : busy;
    const condition = serialNumber === undefined ? 'away' : present;
    return {
      station,
      condition: isUnplugged ? 'unplugged' : condition,
      serialNumber,
      person,
      readings: tally.distancesAt(station),
    };
  });
  const real = realPorts.map(({ path, state, session }, index): TrainerState => ({
    station: virtual.length + index,
    condition: state === 'open' ? conditionOf(session?.rateHz) : 'away',
    serialNumber: session?.identity?.serialNumber,
    person: undefined,
    readings: tally.distancesFrom(path),
  }));
  return [...virtual, ...real];
}

/** Phones of all who take part, by number of the person. */
export function phoneStates({ fleet, atMs, tally, isConnected }: FleetView): PhoneState[] {
  const { world } = fleet;
  return fleet.phones.map(({ person, isOpen }): PhoneState => {
    const clock = world.phoneClocks[person];
    const decision = world.consents[person]?.findLast((made) => made.atMs <= atMs);
    return {
      person,
      isConnected: isConnected(person),
      isStreaming: isOpen && isExercising(world.people[person] as Person, atMs),
      samples: tally.samplesOf(person),
      clockOffMs: clock === undefined ? 0 : skewAt(clock, atMs),
      isConsenting: decision?.research !== undefined,
    };
  });
}

function conditionOf(rateHz = 0): TrainerCondition {
  return rateHz > 0 ? 'measuring' : 'idle';
}

function isExercising({ sessions }: Pick<Person, 'sessions'>, atMs: number): boolean {
  return sessions.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
}
