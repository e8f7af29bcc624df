/** How an acted run is at a moment: everything follows from its time and its switches. */
import type { Phase, RunFacts, RunState, Switches, TrainerState } from '../../dashboard/api.ts';

/** What decides. */
export interface Moment {
  readonly facts: RunFacts;
  readonly phase: Phase;
  readonly atMs: number;
  readonly speed: number;
  readonly isPaused: boolean;
  readonly switches: Switches;
  /** People who do not share data. */
  readonly private: ReadonlySet<number>;
}

/** Switches as a run begins. */
export function newSwitches(): Switches {
  return {
    pool: 30,
    policy: 'classic',
    skewMs: 0,
    broker: 'up',
    storage: 'up',
    unplugged: [],
    garbled: [],
    withdrawn: [],
    isSpeedFixed: false,
  };
}

/** The state of a moment. */
export function actedState(moment: Moment): RunState {
  const { facts, phase, atMs, speed, isPaused, switches } = moment;
  const elapsed = (atMs - facts.startMs) / 1_000;
  return {
    phase,
    failure: phase === 'failed' ? 'The broker on port 1883 died: the port was taken.' : undefined,
    atMs,
    speed,
    isPaused,
    switches,
    trainers: facts.stations.map(({ id }) => ({
      station: id,
      condition: conditionOf(moment, id),
      serialNumber: `5f0c7e1a-0000-4000-8000-00000000${(0xa3f0 + id).toString(16)}`,
      person: id,
      readings: Math.floor(50 * elapsed),
    })),
    phones: facts.people.map(({ id }) => ({
      person: id,
      isConnected: switches.broker === 'up',
      isStreaming: switches.broker === 'up',
      samples: Math.floor(50 * elapsed),
      clockOffMs: switches.skewMs * Math.sin(id + 1),
      isConsenting: !moment.private.has(id),
    })),
    flow: flowOf(moment, elapsed),
  };
}

function conditionOf({ facts, switches }: Moment, id: number): TrainerState['condition'] {
  if (switches.unplugged.includes(id)) return 'unplugged';
  if (switches.garbled.includes(id)) return 'garbled';
  if (id === facts.people.length) return 'idle';
  return id % 9 === 8 ? 'away' : 'measuring';
}

function flowOf({ facts, isPaused, phase, switches }: Moment, elapsed: number): RunState['flow'] {
  const rate = isPaused || phase !== 'running' ? 0 : 50 * facts.people.length;
  const total = Math.floor(50 * facts.people.length * elapsed);
  const isBroker = switches.broker === 'up';
  const isStorage = switches.storage === 'up';
  const phones = isBroker ? rate : 0;
  return {
    serial: { perSecond: rate, total, bytesPerSecond: 31 * rate },
    mqtt: { perSecond: phones / 10, total: total / 10, samplesPerSecond: phones, isUp: isBroker },
    bridge: { perSecond: rate + phones, total: 2 * total, quarantined: 37 },
    spool: {
      perSecond: rate + phones,
      total: 2 * total,
      waitingRows: isStorage ? 2_100 : 94_000,
      bytes: isStorage ? 190_000 : 8_400_000,
    },
    s3: {
      perSecond: isStorage ? rate + phones : 0,
      total: 2 * total,
      objects: Math.floor(elapsed * 3),
      bytesPerSecond: 90 * rate,
      isUp: isStorage,
    },
  };
}
