import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../pipeline/engine/duckdb.ts';
import { NOON, reading, sample, walk, walks, withLake } from '../lake.ts';
import type { LandingRows, Row } from '../lake.ts';

/** Whose readings each device has: `serial: person` with the number of readings. */
async function attributionOf(rows: LandingRows): Promise<Record<string, number>> {
  const found = await withLake(
    'strict',
    rows,
    (engine) =>
      engine.query(
        `SELECT serialNumber || ': ' || person AS pair, COUNT(*) AS readings
         FROM reading_person GROUP BY pair ORDER BY pair`,
      ),
    { models: ['reading_person'] },
  );
  return Object.fromEntries(found.map((row) => [row['pair'], Number(row['readings'])]));
}

const outcomes = async (rows: LandingRows): Promise<unknown[]> => {
  const found = await withLake(
    'strict',
    rows,
    (engine: Engine) => engine.query('SELECT outcome FROM session_outcome ORDER BY device_session'),
    { models: ['session_outcome'] },
  );
  return found.map((row) => row['outcome']);
};

const without = (rows: readonly Row[], ...gone: number[]): Row[] =>
  rows.filter((_, index) => !gone.includes(index));

describe('sessions', () => {
  it('end after more than 30 s of silence and not before', async () => {
    const steps = [0, 30_000, 60_001].map((ms) => reading('box', NOON + ms));
    const accelerometer = [0, 30_001].map((ms) => sample('a@x', NOON + ms));
    const [devices, phones] = await withLake('strict', { steps, accelerometer }, async (engine) => [
      await engine.query('SELECT readings FROM device_session ORDER BY device_session'),
      await engine.query('SELECT stamps FROM phone_session ORDER BY phone_session'),
    ]);
    expect(devices).toEqual([{ readings: 2 }, { readings: 1 }]);
    expect(phones).toEqual([{ stamps: 1 }, { stamps: 1 }]);
  });

  it('count a repeated reading and a repeated sample once', async () => {
    const { accelerometer, steps } = walk({ user: 'a@x', serial: 'box' });
    const rows = {
      accelerometer: [...accelerometer, ...accelerometer],
      steps: [...steps, ...steps],
    };
    expect(await attributionOf(rows)).toEqual({ 'box: a@x': 12 });
  });
});

describe('clock_offset', () => {
  it('is what most coincidences agree on, whatever else lies near', async () => {
    const { accelerometer, steps } = walk({ user: 'a@x', serial: 'box', deviceLateMs: -7 });
    const stray = [3, 5].map((index) =>
      sample('a@x', Number(accelerometer[index]?.['timeStamp']) + 24),
    );
    const rows = await withLake(
      'strict',
      { accelerometer: [...accelerometer, ...stray], steps },
      (engine) => engine.query('SELECT clock_offset_ms FROM clock_offset'),
    );
    expect(rows).toEqual([{ clock_offset_ms: -7 }]);
  });

  it.each([
    [-30, 12],
    [31, 12],
    [2_400, 12],
    [-6_100, 0],
  ])('of %i ms attributes %i readings', async (deviceLateMs, readings) => {
    const found = await attributionOf(walk({ user: 'a@x', serial: 'box', deviceLateMs }));
    expect(found['box: a@x'] ?? 0).toBe(readings);
  });
});

describe('reading_person', () => {
  it('believes the phone, in any spelling of the address', async () => {
    const rows = walks(
      { user: 'Ann@x', serial: 'box 1' },
      { user: 'bob@x', serial: 'box 2', start: NOON + 700 },
    );
    expect(await attributionOf(rows)).toEqual({ 'box 1: ann@x': 12, 'box 2: bob@x': 12 });
  });

  it('tells people apart who use one device after each other, even without a pause', async () => {
    const rows = walks(
      { user: 'ann@x', serial: 'box' },
      { user: 'bob@x', serial: 'box', start: NOON + 12 * 2_300, periodMs: 2_700 },
    );
    expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 12, 'box: bob@x': 12 });
  });

  it('tells people apart whose devices report one serial number at the same time', async () => {
    const rows = walks(
      { user: 'ann@x', serial: 'box' },
      { user: 'bob@x', serial: 'box', start: NOON + 1_013, periodMs: 2_700, distance: 260 },
    );
    expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 12, 'box: bob@x': 12 });
  });

  it('gives a session whose phone is silent to nobody, however many other people move', async () => {
    const quiet = walk({ user: 'quiet@x', serial: 'box' });
    const other = walk({ user: 'ann@x', serial: 'far box', start: NOON + 400, periodMs: 2_600 });
    const rows = { accelerometer: other.accelerometer, steps: [...quiet.steps, ...other.steps] };
    expect(await attributionOf(rows)).toEqual({ 'far box: ann@x': 12 });
    expect(await outcomes(rows)).toEqual(['unattributed', 'attributed']);
  });

  it('does not guess between two people who move at the very same moments', async () => {
    const { accelerometer, steps } = walks({ user: 'ann@x', serial: 'box' });
    const twin = accelerometer.map((row) => ({ ...row, user: 'bob@x' }));
    const rows = { accelerometer: [...accelerometer, ...twin], steps };
    expect(await attributionOf(rows)).toEqual({});
    expect(await outcomes(rows)).toEqual(['ambiguous']);
  });

  it('keeps readings whose sample was lost in the middle, but not those beyond the phone session', async () => {
    const { accelerometer, steps } = walk({ user: 'ann@x', serial: 'box' });
    expect(await attributionOf({ accelerometer: without(accelerometer, 4, 7), steps })).toEqual({
      'box: ann@x': 12,
    });
    expect(await attributionOf({ accelerometer: without(accelerometer, 0, 11), steps })).toEqual({
      'box: ann@x': 10,
    });
  });

  it('does not fill up where somebody else may have moved', async () => {
    const { accelerometer, steps } = walk({ user: 'ann@x', serial: 'box' });
    const stranger = walk({ user: 'quiet@x', serial: 'box', start: NOON + 900, steps: 5 }).steps;
    const rows = { accelerometer, steps: [...steps, ...stranger] };
    expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 12 });
  });

  it('leaves a reading to nobody that two phones support', async () => {
    const meeting = NOON + 2_300 * 3;
    const ann = walk({ user: 'ann@x', serial: 'box' });
    const bob = walk({ user: 'bob@x', serial: 'box', start: meeting - 2 * 2_700, periodMs: 2_700 });
    const steps = [
      ...ann.steps,
      ...bob.steps.filter((row) => row['sensorReadingTime'] !== meeting),
    ];
    const rows = { accelerometer: [...ann.accelerometer, ...bob.accelerometer], steps };
    expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 11, 'box: bob@x': 11 });
  });

  describe('where somebody without a phone moves with the same serial number', () => {
    const ann = walk({ user: 'ann@x', serial: 'box' });
    const quiet = walk({
      user: 'quiet@x',
      serial: 'box',
      start: NOON + 900,
      periodMs: 2_310,
    }).steps;
    const nearly = (step: number, lateMs: number): Row =>
      reading('box', NOON + step * 2_300 + lateMs, 299);

    it('gives neither of two readings to a person whose one sample supports both', async () => {
      const rows = { ...ann, steps: [...ann.steps, ...quiet, nearly(3, 0)] };
      expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 11 });
    });

    it('gives only the nearer of two readings to the person', async () => {
      const rows = { ...ann, steps: [...ann.steps, ...quiet, nearly(3, 2)] };
      expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 12 });
    });

    it('does not take a reading for a lost one that strays more than the others', async () => {
      const rows = { ...ann, steps: [...without(ann.steps, 3), ...quiet, nearly(3, 8)] };
      expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 11 });
    });
  });

  it('follows a device whose clock strays by some ms all the time', async () => {
    const { accelerometer, steps } = walk({ user: 'ann@x', serial: 'box' });
    const stray = steps.map((row, index) => ({
      ...row,
      sensorReadingTime: Number(row['sensorReadingTime']) + (index % 3) * 4,
    }));
    expect(await attributionOf({ accelerometer, steps: stray })).toEqual({ 'box: ann@x': 12 });
  });

  it('needs most of the smaller session, not just some of it', async () => {
    const { steps } = walk({ user: 'quiet@x', serial: 'box' });
    // Half the readings coincide, and as many samples again lie between them, or come when the device is silent.
    const moments = [
      0, 900, 2_300, 4_600, 5_200, 8_000, 9_200, 13_000, 13_800, 16_300, 18_400, 19_000,
    ];
    const accelerometer = moments.map((ms) => sample('ann@x', NOON + ms));
    expect(await attributionOf({ accelerometer, steps })).toEqual({});
    const fewer = accelerometer.filter((_, index) => [0, 2, 3, 5, 6, 8, 10].includes(index));
    expect(await attributionOf({ accelerometer: fewer, steps })).toEqual({ 'box: ann@x': 6 });
  });

  it('gives two readings of one moment to the only person there', async () => {
    const { accelerometer, steps } = walk({ user: 'ann@x', serial: 'box' });
    const rows = { accelerometer, steps: [...steps, reading('box', NOON + 2_300 * 3, 299)] };
    expect(await attributionOf(rows)).toEqual({ 'box: ann@x': 13 });
  });

  it('does not take a coincidence before a change of walkers for support', async () => {
    // Bea steps on the box seven times and leaves; Ann, who walked elsewhere meanwhile, follows her. One of Bea's readings
    // falls on a sample of Ann's by chance.
    const rows = walks(
      { user: 'ann@x', serial: 'elsewhere', steps: 10, periodMs: 3_100 },
      { user: 'ann@x', serial: 'box', start: NOON + 31_000, steps: 15, periodMs: 3_100 },
      { user: 'bea@x', serial: 'box', start: NOON + 1_600, steps: 7, periodMs: 2_300 },
    );
    expect(await attributionOf(rows)).toEqual({
      'box: ann@x': 15,
      'box: bea@x': 7,
      'elsewhere: ann@x': 10,
    });
  });

  it('needs five readings', async () => {
    expect(await attributionOf(walk({ user: 'a@x', serial: 'box', steps: 4 }))).toEqual({});
    expect(await attributionOf(walk({ user: 'a@x', serial: 'box', steps: 5 }))).toEqual({
      'box: a@x': 5,
    });
  });
});
