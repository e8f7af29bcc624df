import { describe, expect, it } from 'vitest';
import { FLAG_DROPPED_BEFORE } from '../../../firmware-protocol/index.ts';
import type { StationFault, WireFault } from '../../../simulator/core/faults.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { TruthDistance } from '../../../simulator/core/truth-ledger.ts';
import type { TrainerBox } from '../../../simulator/core/world.ts';
import { Station } from '../../../simulator/fleet/station.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import type { HostChannel } from '../../../simulator/virtual/memory-serial.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { RecordedCables } from './recorded-links.ts';

const START_MS = 1_655_564_400_000;
const BOX: TrainerBox = {
  id: 4,
  serialNumber: '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
  driftPpm: 0,
};

class Scene {
  readonly time = new VirtualTime(START_MS);
  readonly ledger = new TruthLedger();
  readonly cables = new RecordedCables();
  readonly station: Station;

  constructor(faults: readonly StationFault[] = []) {
    this.station = new Station({
      id: 2,
      timers: this.time,
      streams: seededStreams(1),
      ledger: this.ledger,
      cables: this.cables,
      faults,
    });
  }

  /** Goes on to a time after the start. */
  run(afterMs: number): void {
    this.time.at(START_MS + afterMs, () => undefined);
    this.time.run(START_MS + afterMs, 10_000);
  }

  /** With power, and asked for readings. */
  start(box: TrainerBox = BOX): this {
    this.station.connect();
    this.station.placeBox(box, 'PWR');
    this.cables.last.receive('START 50\r\n');
    return this;
  }

  measure(distance = 250, atMs: number = this.time.now()): TruthDistance {
    const truth = this.ledger.addDistance({
      person: 0,
      step: 0,
      atMs,
      serialNumber: this.station.box?.serialNumber,
      distance,
    });
    this.station.measure(truth);
    return truth;
  }
}

describe('a station', () => {
  it('boots the box that is placed on it, and tells why', () => {
    const { station, cables } = new Scene();
    station.connect();
    expect(station.box).toBeUndefined();
    station.placeBox(BOX, 'WDT');
    expect(station.box).toBe(BOX);
    expect(cables.last).toMatchObject({ station: 2, isOpen: true });
    expect(cables.last.lines).toMatchObject([{ kind: 'boot', why: 'WDT' }]);
  });

  it('gives each boot a number of its own', () => {
    const { station, cables } = new Scene();
    station.connect();
    for (let boot = 0; boot < 50; boot++) station.placeBox(BOX, 'PWR');
    const boots = cables.last.lines.map((line) => ('boot' in line ? line.boot : ''));
    expect(new Set(boots).size).toBe(50);
    expect(boots.every((boot) => /^[0-9A-F]{4}$/.test(boot))).toBe(true);
  });

  it('plugs its cable in once', () => {
    const { station, cables } = new Scene();
    station.connect();
    station.connect();
    expect(cables.ports).toHaveLength(1);
  });

  it('answers the host with the serial number of its box', () => {
    const { cables } = new Scene().start();
    cables.last.receive('@1 ID?\n');
    expect(cables.last.lines.at(-1)).toMatchObject({ kind: 'id', serialNumber: BOX.serialNumber });
  });
});

describe('a trainer that is told to reboot', () => {
  it('boots at once with another id, and its counters begin with the given values', () => {
    const scene = new Scene().start();
    const [first] = scene.cables.last.lines;
    scene.cables.last.receive('REBOOT 65535 4294967290\n');
    scene.run(3);
    expect(scene.measure().fate).toBe('never-sent');
    scene.cables.last.receive('START 50\n');
    scene.measure();
    scene.run(10);
    scene.measure();
    const lines = scene.cables.last.lines.slice(2);
    expect(lines).toMatchObject([
      { kind: 'rebooting' },
      { kind: 'boot', why: 'TEST' },
      { kind: 'started' },
      { kind: 'reading', seq: 65_535, ticks: 4_294_967_293 },
      { kind: 'reading', seq: 0, ticks: 4 },
    ]);
    const boots = [first, ...lines].map(
      (line) => line !== undefined && 'boot' in line && line.boot,
    );
    expect(boots[0]).not.toBe(boots[2]);
    expect([boots[4], boots[5]]).toEqual([boots[2], boots[2]]);
  });

  it('has the same serial number after it, and counts from 0 after the next start', () => {
    const scene = new Scene().start();
    scene.cables.last.receive('REBOOT 7 1000000\nID?\n');
    scene.cables.last.receive('ID?\n');
    expect(scene.cables.last.lines.at(-1)).toMatchObject({ serialNumber: BOX.serialNumber });
    scene.station.placeBox(BOX, 'PWR');
    scene.cables.last.receive('START 50\n');
    scene.measure();
    expect(scene.cables.last.lines.at(-1)).toMatchObject({ kind: 'reading', seq: 0, ticks: 0 });
  });
});

describe('what becomes of a reading', () => {
  it('is sent when the trainer streams; the truth knows its boot and number', () => {
    const scene = new Scene().start();
    scene.run(1_234);
    const truths = [scene.measure(201), scene.measure(300)];
    const readings = scene.cables.last.lines.filter(({ kind }) => kind === 'reading');
    expect(readings).toMatchObject([
      { seq: 0, ticks: 1_234, distance: 201, boot: truths[0]?.boot },
      { seq: 1, ticks: 1_234, distance: 300, boot: truths[1]?.boot },
    ]);
    expect(truths).toMatchObject([
      { fate: 'sent', seq: 0 },
      { fate: 'sent', seq: 1 },
    ]);
  });

  it.each<[string, (scene: Scene) => void]>([
    ['nobody asked for readings', ({ station }) => station.placeBox(BOX, 'PWR')],
    ['the box is away', ({ station }) => void station.removeBox()],
    ['the cable is unplugged', ({ station }) => station.disconnect()],
    ['the host said STOP', ({ cables }) => cables.last.receive('STOP\n')],
    ['the transmit buffer is full', ({ cables }) => void (cables.last.hasRoom = false)],
  ])('is never sent when %s', (_why, hinder) => {
    const scene = new Scene().start();
    hinder(scene);
    expect(scene.measure().fate).toBe('never-sent');
    expect(scene.cables.last.kinds).not.toContain('reading');
  });

  it('is lost when the cable swallows it', () => {
    const scene = new Scene().start();
    scene.cables.last.arrives = false;
    const truth = scene.measure();
    scene.cables.last.loseLast();
    expect(truth.fate).toBe('lost');
  });

  it('says that others were dropped before it, once', () => {
    const scene = new Scene().start();
    scene.cables.last.hasRoom = false;
    scene.measure();
    scene.measure();
    scene.cables.last.hasRoom = true;
    scene.measure();
    scene.measure();
    const readings = scene.cables.last.lines.filter(({ kind }) => kind === 'reading');
    expect(readings).toMatchObject([
      { seq: 2, flags: FLAG_DROPPED_BEFORE },
      { seq: 3, flags: 0 },
    ]);
  });

  it('says nothing of the kind when only an answer or a heartbeat had to wait for room', () => {
    const scene = new Scene().start();
    scene.cables.last.hasRoom = false;
    scene.cables.last.receive('PING\n');
    scene.run(10_000);
    scene.cables.last.hasRoom = true;
    scene.run(10_010);
    scene.measure();
    const lines = scene.cables.last.lines.slice(-2);
    expect(lines).toMatchObject([{ kind: 'pong' }, { kind: 'reading', seq: 0, flags: 0 }]);
  });

  it('has the time of its step, however late the timer was', () => {
    const scene = new Scene().start();
    scene.run(5_000);
    scene.measure(250, START_MS + 4_321);
    expect(scene.cables.last.lines.at(-1)).toMatchObject({ ticks: 4_321 });
  });

  it.each([
    [200, 100_020],
    [-200, 99_980],
    [0.5, 100_000],
  ])('has the time of a clock that drifts by %d ppm', (driftPpm, ticks) => {
    const scene = new Scene().start({ ...BOX, driftPpm });
    scene.run(100_000);
    scene.measure();
    expect(scene.cables.last.lines.at(-1)).toMatchObject({ kind: 'reading', ticks });
  });
});

describe('a garbled cable', () => {
  const garbleOf = (rate: number): WireFault => ({
    kind: 'wire',
    damage: 'garble',
    from: 'device',
    station: 2,
    atMs: START_MS + 1_000,
    untilMs: START_MS + 2_000,
    rate,
  });

  it('damages lines while the fault is on, and only then', () => {
    const scene = new Scene([garbleOf(1)]).start();
    const fates = [0, 999, 1_000, 1_500, 1_999, 2_000].map((afterMs) => {
      scene.run(afterMs);
      return scene.measure().fate;
    });
    expect(fates).toEqual(['sent', 'sent', 'garbled', 'garbled', 'garbled', 'sent']);
    expect(scene.ledger.occurrences('line-garbled')).toBe(3);
    const kinds = scene.cables.last.kinds.slice(-6);
    expect(kinds.map((kind) => kind === 'reading')).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('damages as many as its rate says', () => {
    const scene = new Scene([garbleOf(0.2)]).start();
    scene.run(1_500);
    const truths = Array.from({ length: 1_000 }, () => scene.measure());
    scene.station.disconnect();
    const fates = truths.map(({ fate }) => fate);
    const garbled = fates.filter((fate) => fate === 'garbled').length;
    // Six standard deviations of a binomial count with n = 1,000 and p = 0.2; a damaged line end takes the next line along.
    expect(Math.abs(garbled - 200)).toBeLessThan(76);
    expect(fates.every((fate) => fate === 'garbled' || fate === 'sent')).toBe(true);
  });

  it('loses a damaged reading as any other, and does not damage what is refused', () => {
    const scene = new Scene([garbleOf(1)]).start();
    scene.run(1_500);
    scene.cables.last.arrives = false;
    const lost = scene.measure();
    scene.cables.last.loseLast();
    scene.cables.last.hasRoom = false;
    const refused = scene.measure();
    expect([lost.fate, refused.fate]).toEqual(['lost', 'never-sent']);
    expect(scene.ledger.occurrences('line-garbled')).toBe(1);
  });
});

describe('the power of a trainer', () => {
  const beats = ({ cables }: Scene): number =>
    cables.ports.flatMap((port) => port.kinds).filter((kind) => kind === 'heartbeat').length;

  it.each([0, 200, -200])(
    'keeps it alive: a heartbeat each 4 s, with a drift of %d ppm',
    (driftPpm) => {
      const scene = new Scene();
      scene.station.connect();
      scene.station.placeBox({ ...BOX, driftPpm }, 'PWR');
      scene.run(4_100);
      expect(beats(scene)).toBe(1);
      scene.run(60_000);
      expect(beats(scene)).toBe(14);
    },
  );

  it('starts anew with each boot: wake-ups of the boot before do not count', () => {
    const scene = new Scene().start();
    for (let boot = 1; boot <= 10; boot++) {
      scene.run(boot * 100);
      scene.station.placeBox(BOX, 'PWR');
    }
    scene.run(4_900);
    expect(beats(scene)).toBe(0);
    scene.run(5_100);
    expect(beats(scene)).toBe(1);
    // A wake-up that went on from boot to boot would be there eleven times.
    let wakeUps = 0;
    const at = scene.time.at.bind(scene.time);
    scene.time.at = (timeMs, action) => at(timeMs, () => (wakeUps++, action()));
    scene.run(25_200);
    expect(wakeUps).toBeLessThan(8);
  });

  it('ends when the box is taken away, and the port stays open', () => {
    const scene = new Scene().start();
    expect(scene.station.removeBox()).toBe(BOX);
    expect(scene.station.box).toBeUndefined();
    expect(scene.station.removeBox()).toBeUndefined();
    scene.run(20_000);
    expect(beats(scene)).toBe(0);
    expect(scene.cables.last.isOpen).toBe(true);
  });

  it('ends when the cable is pulled; a new one leads to a new port', () => {
    const scene = new Scene().start();
    scene.station.disconnect();
    expect(scene.cables.last.isOpen).toBe(false);
    expect(scene.station.box).toBeUndefined();
    scene.run(20_000);
    expect(beats(scene)).toBe(0);
    scene.station.disconnect();
    scene.start();
    expect(scene.cables.ports.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    expect(scene.cables.last.kinds).toEqual(['boot', 'started']);
    expect(scene.measure()).toMatchObject({ fate: 'sent', seq: 0 });
  });
});

it('a station answers each of 20 commands of one write on a slow cable with a small buffer', () => {
  const time = new VirtualTime(START_MS);
  const plugged: HostChannel[] = [];
  const streams = seededStreams(1);
  const cables = new MemorySerial({
    timers: time,
    streams,
    baudRate: 9_600,
    onPlugged: (channel) => plugged.push(channel),
  });
  const options = { id: 2, timers: time, streams, ledger: new TruthLedger(), cables, faults: [] };
  const station = new Station(options);
  station.connect();
  station.placeBox(BOX, 'PWR');
  const [host] = plugged as [HostChannel];
  let heard = '';
  host.onData((chunk) => (heard += Buffer.from(chunk).toString('latin1')));
  const tags = Array.from({ length: 20 }, (_, index) => String(index));
  host.write(tags.map((tag) => `@${tag} SYNC 1655564400000\n`).join(''));
  time.run(START_MS + 3_000, 10_000);
  expect([...heard.matchAll(/=SYNC,(\w+),/g)].map(([, tag]) => tag)).toEqual(tags);
});

it('a station without a cable keeps nothing for one', () => {
  const { time, station, cables } = new Scene();
  station.placeBox(BOX, 'PWR');
  time.run(START_MS + 3_000, 1_000);
  station.connect();
  time.run(START_MS + 3_500, 1_000);
  expect(cables.last.lines).toEqual([]);
});
