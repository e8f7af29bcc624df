import { expect, test } from 'vitest';
import type { SerialPortStatus } from '../../../bridge/index.ts';
import { listStations, phoneStates, trainerStates } from '../../../scenarios/live/fleet-states.ts';
import type { FleetView } from '../../../scenarios/live/fleet-states.ts';
import { ReadingTally } from '../../../scenarios/live/reading-tally.ts';
import type { World } from '../../../simulator/index.ts';

/** Persons 0 to 3 at stations of the same number; everybody exercises from 1,000 to 2,000. */
const WORLD = {
  people: [0, 1, 2, 3].map((id) => ({
    id,
    station: id,
    sessions: [{ startMs: 1_000, endMs: 2_000, steps: [] }],
    ...(id === 3 && { hasNoTrainer: true }),
  })),
  boxes: [0, 1, 2, 3].map((id) => ({ id, serialNumber: `s${id}`, driftPpm: 0 })),
  phoneClocks: [
    { skewMs: 5, driftPpm: 0, changes: [{ atMs: 1_500, skewMs: -20 }] },
    ...[1, 2, 3].map(() => ({ skewMs: 0, driftPpm: 0 })),
  ],
  consents: [
    [
      { atMs: 0, research: 0 },
      { atMs: 1_500, research: undefined },
    ],
    [{ atMs: 0, research: undefined }],
    [{ atMs: 0, research: 0 }],
    [],
  ],
} as unknown as World;

const REAL: SerialPortStatus = {
  path: '/dev/ttyUSB0',
  state: 'open',
  session: {
    phase: 'streaming',
    identity: { boot: '0001', serialNumber: 'real' },
    clock: undefined,
    clockOffsetMs: undefined,
    rateHz: 20,
    isHeld: false,
    lines: 1,
    rejects: {},
    heardMs: undefined,
  } as SerialPortStatus['session'],
};

function viewAt(atMs: number, realPorts: readonly SerialPortStatus[] = []): FleetView {
  const tally = new ReadingTally([0, 1, 2, 3]);
  tally.add({ kind: 'distance', person: 1 });
  tally.add({ kind: 'acceleration', person: 1 });
  tally.add({ kind: 'acceleration', person: 1 });
  tally.addFrom('/dev/ttyUSB0');
  return {
    fleet: {
      world: WORLD,
      trainers: ['s0', 's1', undefined, 's3'].map((serialNumber, station) => ({
        station,
        serialNumber,
        isUnplugged: station === 2,
      })),
      phones: [0, 1, 2, 3].map((person) => ({ person, isOpen: person !== 2 })),
    },
    atMs,
    tally,
    realPorts,
    isGarbled: (station) => station === 1,
    isConnected: (person) => person === 1,
  };
}

test('a trainer measures while somebody exercises on it, whatever becomes of its lines', () => {
  const during = trainerStates(viewAt(1_000));
  expect(during.map(({ condition }) => condition)).toEqual([
    'measuring',
    'garbled',
    'unplugged',
    'idle',
  ]);
  expect(during.map(({ person }) => person)).toEqual([0, 1, 2, undefined]);
  expect(during.map(({ readings }) => readings)).toEqual([0, 1, 0, 0]);
  expect(trainerStates(viewAt(2_000)).map(({ person }) => person)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});

test('where no box is there is no trainer', () => {
  const view = viewAt(1_000);
  const trainers = [{ station: 0, serialNumber: undefined, isUnplugged: false }];
  const [state] = trainerStates({ ...view, fleet: { ...view.fleet, trainers } });
  expect(state).toMatchObject({ condition: 'away', serialNumber: undefined });
});

test('real devices follow with their own serial number', () => {
  expect(listStations(WORLD, [REAL]).slice(3)).toEqual([
    { id: 3, port: 'ttySTEDI3', kind: 'virtual' },
    { id: 4, port: '/dev/ttyUSB0', kind: 'real' },
  ]);
  const expected = { station: 4, person: undefined, readings: 1, serialNumber: 'real' };
  expect(trainerStates(viewAt(1_000, [REAL]))[4]).toEqual({ ...expected, condition: 'measuring' });
  const gone: SerialPortStatus = { ...REAL, state: 'waiting', session: undefined };
  expect(trainerStates(viewAt(1_000, [gone]))[4]).toEqual({
    ...expected,
    serialNumber: undefined,
    condition: 'away',
  });
});

test('phones show what holds at the moment: stream, clock, consent', () => {
  const [first, second, third, fourth] = phoneStates(viewAt(1_499));
  expect(first).toEqual({
    person: 0,
    isConnected: false,
    isStreaming: true,
    samples: 0,
    clockOffMs: 5,
    isConsenting: true,
  });
  expect(second).toMatchObject({ isConnected: true, samples: 2, isConsenting: false });
  expect(third).toMatchObject({ isStreaming: false, isConsenting: true });
  expect(fourth).toMatchObject({ isConsenting: false });
  expect(phoneStates(viewAt(1_500))[0]).toMatchObject({ clockOffMs: -20, isConsenting: false });
  expect(phoneStates(viewAt(2_000))[0]).toMatchObject({ isStreaming: false });
});
