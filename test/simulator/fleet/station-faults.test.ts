/** What faults that come and go do to a station. */
import { describe, expect, it } from 'vitest';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { TruthDistance } from '../../../simulator/core/truth-ledger.ts';
import type { TrainerBox } from '../../../simulator/core/world.ts';
import { Station } from '../../../simulator/fleet/station.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { RecordedCables } from './recorded-links.ts';

const START_MS = 1_655_564_400_000;
const BOX: TrainerBox = {
  id: 4,
  serialNumber: '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
  driftPpm: 0,
};

class Scene {
  readonly ledger = new TruthLedger();
  readonly cables = new RecordedCables();
  readonly station: Station;

  constructor() {
    const { ledger, cables } = this;
    const [timers, streams] = [new VirtualTime(START_MS), seededStreams(1)];
    this.station = new Station({ id: 2, timers, streams, ledger, cables, faults: [] });
  }

  /** With power, and asked for readings. */
  start(): this {
    this.station.connect();
    this.station.placeBox(BOX, 'PWR');
    this.cables.last.receive('START 50\r\n');
    return this;
  }

  measure(): TruthDistance {
    const { serialNumber } = BOX;
    const reading = { person: 0, step: 0, atMs: START_MS, serialNumber, distance: 250 };
    const truth = this.ledger.addDistance(reading);
    this.station.measure(truth);
    return truth;
  }
}

describe('a station whose cable a fault has pulled', () => {
  it('has what is meant to be there as soon as the last such fault is over', () => {
    const { station, cables } = new Scene().start();
    station.unplug();
    station.unplug();
    expect([station.box, station.isUnplugged, cables.last.isOpen]).toEqual([
      undefined,
      true,
      false,
    ]);
    station.plugIn();
    expect([station.box, cables.ports.length]).toEqual([undefined, 1]);
    station.plugIn();
    expect([station.box, station.isUnplugged, cables.ports.length]).toEqual([BOX, false, 2]);
    expect(cables.last.kinds).toEqual(['boot']);
  });

  it('gets a box that comes meanwhile, and none that went', () => {
    const { station, cables } = new Scene();
    station.unplug();
    station.connect();
    station.placeBox(BOX, 'PWR');
    expect([station.box, cables.ports]).toEqual([undefined, []]);
    station.plugIn();
    expect([station.box, cables.ports.length]).toEqual([BOX, 1]);
    station.unplug();
    expect(station.removeBox()).toEqual(BOX);
    station.plugIn();
    expect([station.box, cables.last.isOpen]).toEqual([undefined, true]);
    station.unplug();
    station.disconnect();
    station.plugIn();
    expect(cables.last.isOpen).toBe(false);
  });
});

describe('a fault that is added while the station is in use', () => {
  it('damages lines from then on, until it ends', () => {
    const scene = new Scene().start();
    const fault = { kind: 'wire', damage: 'garble', station: 2, from: 'device', rate: 1 } as const;
    const span = { atMs: START_MS, untilMs: Infinity };
    expect(scene.measure().fate).toBe('sent');
    const added = Object.assign(span, fault);
    scene.station.addFault(added);
    expect(scene.measure().fate).toBe('garbled');
    added.untilMs = START_MS;
    expect(scene.measure().fate).toBe('sent');
  });

  it.each([
    ['seq', { seq: 65_530, ticks: 0 }],
    ['ticks', { seq: 0, ticks: 4_294_967_000 }],
  ])('changes how the next boot counts: %s', (_what, counters) => {
    const scene = new Scene();
    const span = { atMs: START_MS, untilMs: Infinity };
    scene.station.addFault({ kind: 'counter-wrap', station: 2, ...counters, ...span });
    scene.start();
    expect(scene.measure().seq).toBe(counters.seq);
  });
});
