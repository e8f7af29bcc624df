import { describe, expect, it } from 'vitest';
import { FLAG_DROPPED_BEFORE, FLAG_OUT_OF_RANGE } from '../../../firmware-protocol/index.ts';
import type { DeviceLine, Reading } from '../../../firmware-protocol/index.ts';
import type { Sensor } from '../../../simulator/core/sensor.ts';
import { FREE_RUNNING_OPTIONS } from '../../../simulator/core/trainer.ts';
import { TrainerDriver } from '../../../simulator/fleet/trainer-driver.ts';
import type { PowerOn } from '../../../simulator/fleet/powered-trainer.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const START_MS = 1_655_564_400_000;
const SUPPLY: PowerOn = {
  serialNumber: '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
  why: 'PWR',
  options: FREE_RUNNING_OPTIONS,
};
/** Sees the ms of the second, and nothing in the first half of each. */
const SENSOR: Sensor = {
  distanceAt: (timeMs) => ({ distance: timeMs % 1_000, outOfRange: timeMs % 1_000 < 500 }),
};

class Scene {
  readonly time = new VirtualTime(START_MS);
  readonly lines: DeviceLine[] = [];
  readonly driver: TrainerDriver;
  hasRoom = true;

  constructor(sensor: Sensor = SENSOR, onRestart?: (restart: PowerOn) => void) {
    this.driver = new TrainerDriver({
      timers: this.time,
      bootRandom: seededStreams(1)('boot'),
      sensor,
      send: (line) => {
        if (this.hasRoom) this.lines.push(line);
        return this.hasRoom;
      },
      ...(onRestart && { onRestart }),
    });
  }

  run(afterMs: number): void {
    this.time.at(START_MS + afterMs, () => undefined);
    this.time.run(START_MS + afterMs, 100_000);
  }

  get readings(): Reading[] {
    return this.lines.filter((line): line is Reading => line.kind === 'reading');
  }

  get kinds(): string[] {
    return this.lines.map(({ kind }) => kind);
  }
}

describe('a driven trainer', () => {
  it('boots with power, answers, and is dead without', () => {
    const { driver, kinds, lines } = new Scene();
    driver.receive('PING\n');
    expect([driver.isOn, kinds]).toEqual([false, []]);
    driver.powerOn(SUPPLY);
    driver.receive('@1 ID?\n');
    expect(driver.isOn).toBe(true);
    expect(lines).toMatchObject([
      { kind: 'boot', why: 'PWR' },
      { kind: 'id', tag: '1', serialNumber: SUPPLY.serialNumber },
    ]);
    driver.powerOff();
    driver.receive('@2 ID?\n');
    expect([driver.isOn, lines.length]).toEqual([false, 2]);
  });

  it('measures at the rate of START, at the time at which a sample is due', () => {
    const scene = new Scene();
    scene.driver.powerOn(SUPPLY);
    scene.run(200);
    scene.driver.receive('START 5\n');
    scene.run(1_200);
    expect(scene.readings).toMatchObject([
      { seq: 0, ticks: 400, distance: 400, flags: FLAG_OUT_OF_RANGE },
      { seq: 1, ticks: 600, distance: 600, flags: 0 },
      { seq: 2, ticks: 800, distance: 800, flags: 0 },
      { seq: 3, ticks: 1_000, distance: 0, flags: FLAG_OUT_OF_RANGE },
      { seq: 4, ticks: 1_200, distance: 200, flags: FLAG_OUT_OF_RANGE },
    ]);
    scene.driver.receive('STOP\n');
    scene.run(3_000);
    expect(scene.readings).toHaveLength(5);
  });

  it('gives a sample the time at which it was due, although its timer is late', () => {
    const scene = new Scene();
    scene.driver.powerOn(SUPPLY);
    scene.driver.receive('START 10\n');
    const at = scene.time.at.bind(scene.time);
    scene.time.at = (timeMs, action) => at(timeMs + 30, action);
    scene.driver.receive('START 5\n');
    scene.run(1_035);
    expect(scene.readings.slice(-5).map(({ ticks }) => ticks)).toEqual([200, 400, 600, 800, 1_000]);
  });

  it('measures once for each step where the sensor knows steps, and no more often than its rate', () => {
    const steps: Sensor = {
      distanceAt: (timeMs) => ({ distance: (timeMs - START_MS) / 10, outOfRange: false }),
      nextStepMs: (notBeforeMs) => START_MS + Math.ceil((notBeforeMs - START_MS) / 700) * 700,
    };
    const scene = new Scene(steps);
    scene.driver.powerOn(SUPPLY);
    scene.driver.receive('START 50\n');
    scene.run(3_000);
    expect(scene.readings.map(({ ticks }) => ticks)).toEqual([700, 1_400, 2_100, 2_800]);
    scene.driver.receive('START 1\n');
    scene.run(6_000);
    expect(scene.readings.slice(4).map(({ ticks }) => ticks)).toEqual([4_200, 5_600]);
  });

  it('flags the reading after those that found no room, and counts them', () => {
    const scene = new Scene();
    scene.driver.powerOn(SUPPLY);
    scene.driver.receive('START 10\n');
    scene.run(700);
    scene.hasRoom = false;
    scene.run(900);
    scene.hasRoom = true;
    scene.run(1_400);
    expect(scene.readings.map(({ seq, flags }) => [seq, flags & FLAG_DROPPED_BEFORE])).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6].map((seq) => [seq, 0]),
      [9, FLAG_DROPPED_BEFORE],
      ...[10, 11, 12, 13].map((seq) => [seq, 0]),
    ]);
  });

  it('has a clock that drifts, in its ticks and in its rate', () => {
    const scene = new Scene();
    scene.driver.powerOn({ ...SUPPLY, driftPpm: 1_000 });
    scene.driver.receive('START 10\n');
    scene.run(1_000_000);
    expect(scene.readings).toHaveLength(10_010);
    expect(scene.readings.at(-1)?.ticks).toBeGreaterThanOrEqual(1_000_998);
  });

  it('starts anew with every power cycle: another boot id, no rate, no alarm of the boot before', () => {
    const scene = new Scene();
    for (let cycle = 0; cycle < 10; cycle++) {
      scene.driver.powerOn(SUPPLY);
      scene.driver.receive('START 10\n');
      scene.run(cycle * 100 + 50);
    }
    const boots = scene.lines.flatMap((line) => (line.kind === 'boot' ? [line.boot] : []));
    expect(new Set(boots).size).toBe(10);
    scene.driver.powerOn(SUPPLY);
    const { length } = scene.lines;
    scene.run(4_800);
    expect(scene.lines).toHaveLength(length);
    scene.run(6_000);
    expect(scene.kinds.slice(length)).toEqual(['heartbeat']);
  });

  const RESTARTED = {
    kinds: ['boot', 'rebooting', 'boot', 'started', 'reading', 'reading'],
    readings: [
      { seq: 65_535, ticks: 94 },
      { seq: 0, ticks: 194 },
    ],
  };

  it('starts again by itself, with the counters of a REBOOT', () => {
    const scene = new Scene();
    scene.driver.powerOn(SUPPLY);
    scene.driver.receive('@3 REBOOT 65535 4294967290\nPING\n');
    scene.driver.receive('START 10\n');
    scene.run(250);
    expect(scene).toMatchObject(RESTARTED);
  });

  it('leaves its start after a REBOOT to whom it was told to ask', () => {
    const restarts: PowerOn[] = [];
    const scene = new Scene(SENSOR, (restart) => restarts.push(restart));
    scene.driver.powerOn(SUPPLY);
    scene.driver.receive('REBOOT 65535 4294967290\n');
    expect(restarts).toEqual([{ ...SUPPLY, why: 'TEST', seq: 65_535, ticks: 4_294_967_290 }]);
    expect(scene.driver.isOn).toBe(false);
    scene.driver.powerOn(restarts[0] as PowerOn);
    scene.driver.receive('START 10\n');
    scene.run(250);
    expect(scene).toMatchObject(RESTARTED);
  });

  describe('whose line is full', () => {
    function holdUp(commands: string): Scene {
      const scene = new Scene();
      scene.driver.powerOn(SUPPLY);
      scene.hasRoom = false;
      scene.driver.receive(commands);
      return scene;
    }

    it('lets answers wait in their order, and handles a command when the answer before it is out', () => {
      const scene = holdUp('@1 PING\n@2 SYNC 5\n@3 NO\n');
      scene.run(10_000);
      expect([scene.kinds, scene.driver.isHeldUp]).toEqual([['boot'], true]);
      scene.hasRoom = true;
      scene.run(10_010);
      // A heartbeat that was due meanwhile does not go out late: it would tell an old time.
      expect(scene.lines.slice(1)).toMatchObject([
        { kind: 'pong', tag: '1' },
        { kind: 'synced', tag: '2', rxTicks: expect.toSatisfy((ms: number) => ms >= 10_000) },
        { kind: 'error', tag: '3' },
      ]);
      expect(scene.driver.isHeldUp).toBe(false);
      scene.run(15_000);
      expect(scene.kinds.slice(4)).toEqual(['heartbeat']);
    });

    it('begins to measure when its START comes out of the queue, and flags what it drops meanwhile', () => {
      const scene = holdUp('@1 PING\n@2 START 10\n');
      scene.run(1_000);
      scene.hasRoom = true;
      scene.run(1_250);
      expect(scene.kinds.slice(1)).toEqual(['pong', 'started', 'reading', 'reading']);
      scene.hasRoom = false;
      scene.driver.receive('PING\n');
      scene.run(1_450);
      scene.hasRoom = true;
      scene.run(1_550);
      expect(scene.kinds.slice(5)).toEqual(['pong', 'reading']);
      expect(scene.readings.at(-1)).toMatchObject({ seq: 4 });
      expect((scene.readings.at(-1)?.flags ?? 0) & FLAG_DROPPED_BEFORE).not.toBe(0);
    });

    it('sends one heartbeat, late, and not all of those that were due', () => {
      const scene = holdUp('');
      scene.run(60_000);
      scene.hasRoom = true;
      scene.run(60_010);
      expect(scene.kinds).toEqual(['boot', 'heartbeat']);
    });

    it('reboots when the answer to REBOOT is out, and tells the boot when there is room', () => {
      const scene = holdUp('@1 REBOOT 7 9\n@2 PING\n');
      scene.run(100);
      scene.hasRoom = true;
      scene.run(200);
      expect(scene.kinds).toEqual(['boot', 'rebooting', 'boot']);
      const late = new Scene();
      late.hasRoom = false;
      late.driver.powerOn(SUPPLY);
      late.run(100);
      late.hasRoom = true;
      late.run(110);
      expect(late.kinds).toEqual(['boot']);
    });

    it('forgets what waits when it loses its power', () => {
      const scene = holdUp('@1 PING\n@2 PING\n');
      scene.driver.powerOff();
      expect(scene.driver.isHeldUp).toBe(false);
      scene.hasRoom = true;
      scene.driver.powerOn(SUPPLY);
      scene.run(100);
      expect(scene.kinds).toEqual(['boot', 'boot']);
    });

    it('does not grow under a flood: what a host sends far ahead of the answers is lost', () => {
      const scene = holdUp('PING\n'.repeat(100));
      for (let count = 0; count < 100; count++) scene.driver.receive('PING\n'.repeat(100));
      scene.hasRoom = true;
      scene.run(100);
      // One answer waited; behind it were 4096 bytes.
      const answers = scene.kinds.length - 1;
      expect(answers).toBe(1 + Math.floor(4_096 / 'PING\n'.length));
      scene.driver.receive('\n@9 PING\n');
      expect(scene.lines.at(-1)).toMatchObject({ kind: 'pong', tag: '9' });
    });
  });
});
