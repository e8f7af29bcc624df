import { describe, expect, it } from 'vitest';
import type { Fault, SuddenFault } from '../../../simulator/core/faults.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { TrainerBox } from '../../../simulator/core/world.ts';
import { scheduleFaults, strikeNow } from '../../../simulator/fleet/fault-schedule.ts';
import type { StruckFault } from '../../../simulator/fleet/fault-schedule.ts';
import { Phone } from '../../../simulator/fleet/phone.ts';
import { Station } from '../../../simulator/fleet/station.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { sampleWorld } from '../core/sample-world.ts';
import { RecordedBroker, RecordedCables, RecordedNetwork } from './recorded-links.ts';

const BOXES: readonly TrainerBox[] = [0, 1].map((id) => ({
  id,
  serialNumber: `5f8c2d1e-0a3b-4c5d-8e9f-00112233445${id}`,
  driftPpm: 0,
}));

class Scene {
  readonly time = new VirtualTime(0);
  readonly ledger = new TruthLedger();
  readonly cables = new RecordedCables();
  readonly broker = new RecordedBroker(() => this.time.now());
  readonly stations: readonly Station[];
  readonly network = new RecordedNetwork();
  readonly phones: readonly Phone[];

  /** Both trainers get their power at time 0. */
  constructor(...faults: readonly Fault[]) {
    const { time: timers, ledger, cables, broker } = this;
    const streams = seededStreams(1);
    this.stations = BOXES.map(
      ({ id }) => new Station({ id, timers, streams, ledger, cables, faults: [] }),
    );
    for (const [id, station] of this.stations.entries()) {
      station.connect();
      station.placeBox(BOXES[id] as TrainerBox, 'PWR');
    }
    const world = sampleWorld();
    this.phones = world.people.slice(0, 2).map(
      (person) =>
        new Phone({
          person,
          worldNow: () => world,
          timers,
          streams,
          ledger,
          network: this.network,
          faults: [],
        }),
    );
    scheduleFaults({ faults, timers, ledger, stations: this.stations, broker });
  }

  /** Lets a fault strike now. */
  strike(fault: SuddenFault): StruckFault {
    const { time: timers, ledger, stations, phones, broker } = this;
    return strikeNow({ timers, ledger, stations, phones, broker }, fault);
  }

  /** Which box stands where, after a time. */
  boxesAt(timeMs: number): (number | undefined)[] {
    this.time.at(timeMs, () => undefined);
    this.time.run(timeMs, 1_000);
    return this.stations.map((station) => station.box?.id);
  }
}

describe('an unplugged trainer', () => {
  const fault: Fault = { kind: 'unplug', station: 0, atMs: 1_000, untilMs: 5_000 };

  it('loses its port and its power, and boots on a new port when it comes back', () => {
    const scene = new Scene(fault);
    expect(scene.boxesAt(999)).toEqual([0, 1]);
    expect(scene.boxesAt(1_000)).toEqual([undefined, 1]);
    expect(scene.boxesAt(4_999)).toEqual([undefined, 1]);
    expect(scene.boxesAt(5_000)).toEqual([0, 1]);
    expect(scene.cables.ports.map(({ station, isOpen }) => [station, isOpen])).toEqual([
      [0, false],
      [1, true],
      [0, true],
    ]);
    expect(scene.cables.last.kinds).toEqual(['boot']);
    expect(scene.ledger.occurrences('trainer-unplugged')).toBe(1);
  });

  it('cannot be unplugged where there is none', () => {
    const scene = new Scene(fault, { ...fault, atMs: 2_000, untilMs: 3_000 });
    expect(scene.boxesAt(3_500)).toEqual([undefined, 1]);
    expect(scene.boxesAt(5_000)).toEqual([0, 1]);
    expect(scene.ledger.occurrences('trainer-unplugged')).toBe(1);
  });
});

describe('swapped trainers', () => {
  const fault: Fault = { kind: 'swap-device', station: 0, with: 1, atMs: 1_000 };

  it('stand at each other’s place two seconds later, on ports that stayed open', () => {
    const scene = new Scene(fault);
    expect(scene.boxesAt(999)).toEqual([0, 1]);
    expect(scene.boxesAt(1_000)).toEqual([undefined, undefined]);
    expect(scene.boxesAt(2_999)).toEqual([undefined, undefined]);
    expect(scene.ledger.occurrences('device-swapped')).toBe(0);
    expect(scene.boxesAt(3_000)).toEqual([1, 0]);
    expect(scene.ledger.occurrences('device-swapped')).toBe(1);
    expect(scene.cables.ports.map(({ isOpen }) => isOpen)).toEqual([true, true]);
    expect(scene.cables.ports.map(({ kinds }) => kinds)).toEqual([
      ['boot', 'boot'],
      ['boot', 'boot'],
    ]);
  });

  it('swap back', () => {
    const scene = new Scene(fault, { ...fault, station: 1, with: 0, atMs: 10_000 });
    expect(scene.boxesAt(9_000)).toEqual([1, 0]);
    expect(scene.boxesAt(13_000)).toEqual([0, 1]);
    expect(scene.ledger.occurrences('device-swapped')).toBe(2);
  });

  it('are left alone when one of them is away', () => {
    const scene = new Scene({ kind: 'unplug', station: 1, atMs: 500, untilMs: 2_000 }, fault);
    expect(scene.boxesAt(1_500)).toEqual([0, undefined]);
    expect(scene.boxesAt(5_000)).toEqual([0, 1]);
    expect(scene.ledger.occurrences('device-swapped')).toBe(0);
  });

  it('get no power at a place whose cable was pulled while they were carried', () => {
    const scene = new Scene(fault, { kind: 'unplug', station: 0, atMs: 2_000, untilMs: 9_000 });
    expect(scene.boxesAt(3_000)).toEqual([undefined, 0]);
    expect(scene.ledger.occurrences('trainer-unplugged')).toBe(0);
    expect(scene.boxesAt(9_000)).toEqual([1, 0]);
  });
});

describe('a broker that restarts', () => {
  it('goes down and comes up when the fault says, and is counted once it is back', () => {
    const scene = new Scene({ kind: 'broker-down', atMs: 1_000, untilMs: 4_000 });
    scene.boxesAt(3_999);
    expect(scene.broker.events).toEqual(['down 1000']);
    expect(scene.ledger.occurrences('broker-restarted')).toBe(0);
    scene.boxesAt(4_000);
    expect(scene.broker.events).toEqual(['down 1000', 'up 4000']);
    expect(scene.ledger.occurrences('broker-restarted')).toBe(1);
  });
});

describe('a brown-out', () => {
  it('takes the power away in the middle of the next line, and gives it back', () => {
    const scene = new Scene({ kind: 'brown-out', station: 1, atMs: 1_000 });
    const linesOf = (station: number): string[] => scene.cables.ports[station]?.sent ?? [];
    scene.boxesAt(4_100);
    const [boot, cut, ...more] = linesOf(1);
    expect(boot).toMatch(/^!BOOT,[0-9A-F]{4},PWR\*/);
    expect(`!HB,`).toContain(cut?.slice(0, 4));
    expect(cut).not.toContain('\n');
    expect(more).toEqual([]);
    expect(scene.ledger.occurrences('browned-out')).toBe(1);
    expect(scene.boxesAt(4_300)).toEqual([0, 1]);
    expect(linesOf(1).at(-1)).toMatch(/^!BOOT,[0-9A-F]{4},BRN\*/);
    expect(linesOf(0).filter((line) => line.startsWith('!BOOT'))).toHaveLength(1);
  });

  it('brings no box back that was carried away meanwhile', () => {
    const scene = new Scene(
      { kind: 'brown-out', station: 1, atMs: 1_000 },
      { kind: 'swap-device', station: 0, with: 1, atMs: 4_050 },
    );
    expect(scene.boxesAt(5_000)).toEqual([undefined, undefined]);
    expect(scene.boxesAt(7_000)).toEqual([1, 0]);
  });
});

describe('faults that depend on each message', () => {
  it('are nothing to schedule', () => {
    const span = { atMs: 1_000, untilMs: 2_000, rate: 1 };
    const scene = new Scene(
      { kind: 'wire', damage: 'garble', from: 'device', station: 0, ...span },
      { kind: 'chunks', size: 64, station: 0, ...span },
      { kind: 'counter-wrap', station: 0, seq: 1, ticks: 1, ...span },
      { kind: 'duplicate', person: undefined, ...span },
    );
    expect(scene.boxesAt(3_000)).toEqual([0, 1]);
    expect(scene.broker.events).toEqual([]);
  });
});

describe('a fault that strikes now', () => {
  it('unplugs a trainer until it ends, once', () => {
    const scene = new Scene();
    const fault = scene.strike({ kind: 'unplug', station: 1 });
    expect(scene.boxesAt(60_000)).toEqual([0, undefined]);
    fault.end();
    fault.end();
    expect(scene.boxesAt(60_001)).toEqual([0, 1]);
    expect(scene.ledger.occurrences('trainer-unplugged')).toBe(1);
    scene.strike({ kind: 'unplug', station: 1 });
    expect(scene.boxesAt(60_002)).toEqual([0, undefined]);
  });

  it('takes the broker away until it ends', () => {
    const scene = new Scene();
    scene.boxesAt(1_000);
    const fault = scene.strike({ kind: 'broker-down' });
    scene.boxesAt(9_000);
    expect(scene.broker.events).toEqual(['down 1000']);
    fault.end();
    expect(scene.broker.events).toEqual(['down 1000', 'up 9000']);
    expect(scene.ledger.occurrences('broker-restarted')).toBe(1);
  });

  it('exchanges two boxes, and its end does not bring them back', () => {
    const scene = new Scene();
    scene.strike({ kind: 'swap-device', station: 0, with: 1 }).end();
    expect(scene.boxesAt(3_000)).toEqual([1, 0]);
    expect(scene.ledger.occurrences('device-swapped')).toBe(1);
  });

  it('damages lines until it ends', () => {
    const scene = new Scene();
    const bootsHeard = (): number =>
      scene.cables.ports.filter(({ station }) => station === 0).flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'boot').length;
    const fault = scene.strike({ kind: 'wire', damage: 'garble', station: 0, from: 'device', rate: 1 });
    const replug = (): void => {
      scene.stations[0]?.unplug();
      scene.stations[0]?.plugIn();
    };
    replug();
    expect([bootsHeard(), scene.ledger.occurrences('line-garbled')]).toEqual([1, 1]);
    fault.end();
    replug();
    expect([bootsHeard(), scene.ledger.occurrences('line-garbled')]).toEqual([2, 1]);
  }); // prettier-ignore

  it('keeps phones off the network until it ends, one or all of them', () => {
    const scene = new Scene();
    const moment = { atMs: 0, accelerations: [[1, 0, 0] as const] };
    const take = (): number => {
      for (const phone of scene.phones) phone.take(moment, 0);
      return scene.network.messages.length;
    };
    for (const phone of scene.phones) phone.open();
    const all = scene.strike({ kind: 'offline', person: undefined });
    const one = scene.strike({ kind: 'offline', person: 1 });
    expect(take()).toBe(0);
    expect(scene.phones.every(({ isSettled }) => isSettled)).toBe(false);
    all.end();
    expect(scene.network.messages.map(({ clientId }) => clientId)).toEqual(['phone-000000']);
    one.end();
    expect(scene.network.messages).toHaveLength(2);
    expect(scene.phones.every(({ isSettled }) => isSettled)).toBe(true);
  });
});
