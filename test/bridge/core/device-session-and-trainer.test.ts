import { describe, expect, it } from 'vitest';
import { PLUGGED_MS, serialNumberOf, TrainerOnAWire } from './trainer-on-a-wire.ts';
import type { SentReading, WireOptions } from './trainer-on-a-wire.ts';

const MINUTE_MS = 60_000;
const UINT32 = 2 ** 32;

/** A step each 2,033 ms, as in a step test of 61 s, but for as long as somebody wants. */
function steps(fromMs: number, untilMs: number): number[] {
  const times: number[] = [];
  for (let timeMs = fromMs; timeMs < untilMs; timeMs += 2_033) times.push(timeMs);
  return times;
}

function play(options: WireOptions, untilMs: number): TrainerOnAWire {
  const wire = new TrainerOnAWire(options);
  wire.open();
  wire.boot(1);
  wire.stepAt(steps(500, untilMs));
  wire.run(untilMs + 5_000);
  return wire;
}

interface LandedRecord {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
  readonly distanceFromObject: number;
}

const landedOf = ({ data }: TrainerOnAWire): LandedRecord[] =>
  data
    .filter(({ kind }) => kind === 'land')
    .map((effect) => ('record' in effect ? effect.record : undefined) as LandedRecord);

const reasonsOf = ({ data }: TrainerOnAWire): string[] => [
  ...new Set(data.map((effect) => (effect.kind === 'quarantine' ? effect.reason : 'landed'))),
];

const expected = (sent: readonly SentReading[], box = 1): LandedRecord[] =>
  sent.map(({ reading, atMs }) => ({
    sensorReadingTime: atMs,
    serialNumber: serialNumberOf(box),
    distanceFromObject: reading.distance,
  }));

/** By how many ms each landed time is off; the records must be those that were sent, in order. */
function errorsOf(wire: TrainerOnAWire): number[] {
  const landed = landedOf(wire);
  expect(landed.map(({ distanceFromObject }) => distanceFromObject)).toEqual(
    wire.sent.map(({ reading }) => reading.distance),
  );
  return landed.map(
    ({ sensorReadingTime }, index) => sensorReadingTime - (wire.sent[index]?.atMs ?? 0),
  );
}

const BAUD_RATES = [9_600, 57_600, 115_200];

describe('a trainer and a session at the two ends of a cable', () => {
  it.each(BAUD_RATES)('at %d Bd land every reading under the exact time', (baudRate) => {
    const wire = play({ baudRate }, 10 * MINUTE_MS);
    expect(wire.sent.length).toBeGreaterThan(290);
    expect(landedOf(wire)).toEqual(expected(wire.sent));
    expect(reasonsOf(wire)).toEqual(['landed']);
    expect(wire.session).toMatchObject({ phase: 'streaming', started: true, isPaced: true });
  });

  it.each(BAUD_RATES)('at %d Bd are ready within three seconds', (baudRate) => {
    const [first] = play({ baudRate }, MINUTE_MS).sent;
    expect((first?.atMs ?? Infinity) - PLUGGED_MS).toBeLessThan(3_000);
    expect(first?.reading.seq).toBe(0);
  });

  it.each([
    [9_600, UINT32 - 1],
    [9_600, UINT32 - 20_000],
    [115_200, UINT32 - 1_700],
    [115_200, UINT32 - 5 * MINUTE_MS],
  ])('at %d Bd do not mind ticks that wrap, from %d on', (baudRate, startTicks) => {
    const wire = play({ baudRate, startTicks }, 10 * MINUTE_MS);
    const ticks = wire.sent.map(({ reading }) => reading.ticks);
    expect(Math.min(...ticks)).toBeLessThan(10 * MINUTE_MS);
    expect(landedOf(wire)).toEqual(expected(wire.sent));
    expect(reasonsOf(wire)).toEqual(['landed']);
  });

  it.each([
    [9_600, 200],
    [9_600, -200],
    [115_200, 200],
    [115_200, -200],
    [115_200, 20],
    [57_600, -3],
  ])(
    'at %d Bd follow a drift of %d ppm to one ms from the second burst on',
    (baudRate, driftPpm) => {
      const wire = play({ baudRate, driftPpm, startTicks: UINT32 - 4 * MINUTE_MS }, 10 * MINUTE_MS);
      const errors = errorsOf(wire).map(Math.abs);
      const second = wire.sent.findIndex(({ atMs }) => atMs > PLUGGED_MS + 33_000);
      expect(second).toBeGreaterThan(10);
      expect(Math.max(...errors.slice(second))).toBeLessThanOrEqual(1);
      expect(Math.max(...errors)).toBeLessThanOrEqual(1 + Math.abs(driftPpm) * 0.03);
    },
  );

  it('are exact over a line that is faster than the host believes', () => {
    const wire = play({ baudRate: 10_000_000, hostBaudRate: 9_600 }, 3 * MINUTE_MS);
    expect(wire.session.isPaced).toBe(false);
    expect(Math.max(...errorsOf(wire).map(Math.abs))).toBe(0);
  });

  it('land every reading that was sent whole, although three lines in ten are garbled', () => {
    const wire = play({ baudRate: 57_600, garbleRate: 0.3 }, 30 * MINUTE_MS);
    const whole = wire.sent.filter((sent) => sent.whole);
    expect(whole.length).toBeGreaterThan(500);
    expect(whole.length).toBeLessThan(wire.sent.length - 200);
    expect(landedOf(wire)).toEqual(expected(whole));
    expect(reasonsOf(wire).toSorted()).toEqual(['garbled-line', 'landed']);
  });

  it('land what another box measures under its own number and time', () => {
    const wire = new TrainerOnAWire({ baudRate: 57_600, startTicks: UINT32 - 30_000 });
    wire.open();
    wire.boot(1);
    wire.time.at(PLUGGED_MS + MINUTE_MS + 0.75, () => wire.boot(2));
    wire.stepAt(steps(500, 2 * MINUTE_MS));
    wire.run(2 * MINUTE_MS + 5_000);
    const second = wire.sent.findIndex(({ reading }) => reading.boot === 'B002');
    expect(second).toBeGreaterThan(25);
    expect(wire.sent.length - second).toBeGreaterThan(25);
    const landed = landedOf(wire);
    expect(landed.slice(0, second)).toEqual(expected(wire.sent.slice(0, second)));
    // This box booted between two ms: its ticks are cut by up to one.
    const [mine, truth] = [landed.slice(second), expected(wire.sent.slice(second), 2)];
    expect(mine.map((each) => ({ ...each, sensorReadingTime: 0 }))).toEqual(
      truth.map((each) => ({ ...each, sensorReadingTime: 0 })),
    );
    const errors = mine.map(
      (each, index) => each.sensorReadingTime - (truth[index]?.sensorReadingTime ?? 0),
    );
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(reasonsOf(wire)).toEqual(['landed']);
  });

  it('find each other when the device streams already', () => {
    const wire = new TrainerOnAWire({ baudRate: 57_600 });
    wire.open();
    wire.boot(1);
    wire.stepAt(steps(5_000, MINUTE_MS));
    wire.run(20_000);
    const before = wire.data.length;
    expect(before).toBeGreaterThan(5);
    // The bridge starts anew and knows nothing.
    wire.session = new TrainerOnAWire({ baudRate: 57_600 }).session;
    wire.run(MINUTE_MS + 5_000);
    const after = wire.data.slice(before);
    expect(after[0]).toMatchObject({ kind: 'quarantine', reason: 'boot-not-introduced' });
    expect(after.slice(1).every(({ kind }) => kind === 'land')).toBe(true);
    expect(landedOf(wire)).toEqual(expected(wire.sent.filter((_, index) => index !== before)));
  });

  it('stop when the session closes, and stay so', () => {
    const wire = play({ baudRate: 57_600 }, MINUTE_MS);
    wire.advanceSession({ kind: 'closing', atMs: wire.time.now() });
    const { length } = wire.commands;
    expect(wire.commands.at(-1)).toContain(' STOP*');
    const readings = wire.sent.length;
    wire.stepAt(steps(MINUTE_MS + 6_000, 5 * MINUTE_MS));
    wire.run(5 * MINUTE_MS);
    expect(wire.commands).toHaveLength(length);
    expect(wire.sent).toHaveLength(readings);
  });

  it('do the same each time', () => {
    const runs = [1, 2].map(() =>
      play({ baudRate: 9_600, garbleRate: 0.2, driftPpm: 50 }, MINUTE_MS),
    );
    expect(runs[0]?.data).toEqual(runs[1]?.data);
    expect(runs[0]?.commands).toEqual(runs[1]?.commands);
  });
});
