import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import { matchLanding } from '../../../scenarios/evidence/landed.ts';
import type { Landed } from '../../../scenarios/evidence/landed.ts';
import type { Truth } from '../../../simulator/index.ts';
import {
  ANN,
  BOB,
  emailOf,
  FIRST_MS,
  SECOND_MS,
  serialOf,
  smallReadings,
  smallWorld,
} from '../small-world.ts';

type Row = Readonly<Record<string, unknown>>;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-landed-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function land(table: string, ...rows: readonly Row[]): Promise<void> {
  const day = join(folder, table, 'date=2022-06-18');
  await mkdir(day, { recursive: true });
  await writeFile(
    join(day, 'bridge-00000000.json'),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  );
}

function match(readings: readonly Truth[] = smallReadings()): Promise<Landed> {
  return matchLanding(folder, smallWorld(), readings);
}

function distanceRow(box: number, sensorReadingTime: number, distanceFromObject: number): Row {
  return { sensorReadingTime, serialNumber: serialOf(box), distanceFromObject };
}

describe('a trainer row', () => {
  test('stands for the reading of the same box with the same distance', async () => {
    await land(
      'step_trainer_landing',
      distanceRow(ANN, SECOND_MS, 202),
      distanceRow(BOB, FIRST_MS, 203),
    );
    const { readings, rows, unexpectedRows } = await match();
    expect([...readings]).toEqual([
      [3, { rows: 1, timeMs: SECOND_MS }],
      [5, { rows: 1, timeMs: FIRST_MS }],
    ]);
    expect({ rows, unexpectedRows }).toEqual({ rows: 2, unexpectedRows: 0 });
  });

  test.each([
    ['half a second off is still the reading', 500, 0],
    ['half a second early as well', -500, 0],
    ['more than that is a row that nobody made', 501, 1],
    ['and so it is on the early side', -501, 1],
  ])('%s', async (_, offMs, unexpected) => {
    await land('step_trainer_landing', distanceRow(ANN, SECOND_MS + offMs, 202));
    const { readings, unexpectedRows, distanceByKey } = await match();
    expect(unexpectedRows).toBe(unexpected);
    expect([...readings.values()]).toEqual(
      unexpected ? [] : [{ rows: 1, timeMs: SECOND_MS + offMs }],
    );
    expect(distanceByKey.size).toBe(1 - unexpected);
  });

  test('with another distance or of another box is one that nobody made', async () => {
    await land(
      'step_trainer_landing',
      distanceRow(ANN, SECOND_MS, 203),
      distanceRow(BOB, SECOND_MS, 202),
      distanceRow(9, SECOND_MS, 202),
      { ...distanceRow(ANN, SECOND_MS, 202), distanceFromObject: '202' },
    );
    expect(await match()).toMatchObject({ rows: 4, unexpectedRows: 4 });
  });

  test('stands for the nearest of two readings with the same distance', async () => {
    const readings = smallReadings();
    const twin = { ...(readings[3] as Truth), id: readings.length, atMs: SECOND_MS + 300 };
    await land(
      'step_trainer_landing',
      distanceRow(ANN, SECOND_MS + 149, 202),
      distanceRow(ANN, SECOND_MS + 151, 202),
    );
    const landed = await match([...readings, twin as Truth]);
    expect([...landed.readings.keys()]).toEqual([3, twin.id]);
  });

  test('that landed twice counts twice, with the time of the first', async () => {
    await land(
      'step_trainer_landing',
      distanceRow(ANN, SECOND_MS + 2, 202),
      distanceRow(ANN, SECOND_MS - 1, 202),
    );
    const { readings, rows } = await match();
    expect([...readings]).toEqual([[3, { rows: 2, timeMs: SECOND_MS + 2 }]]);
    expect(rows).toBe(2);
  });
});

describe('a phone row', () => {
  const sample = { user: emailOf(ANN), timeStamp: SECOND_MS, x: 1, y: 1, z: 0 };

  test('stands for the sample with the same values at the same time of the phone', async () => {
    await land('accelerometer_landing', sample, sample);
    const { readings, unexpectedRows } = await match();
    expect([...readings]).toEqual([[4, { rows: 2, timeMs: SECOND_MS }]]);
    expect(unexpectedRows).toBe(0);
  });

  test.each([
    ['of another person', { user: emailOf(BOB) }],
    ['1 ms later', { timeStamp: SECOND_MS + 1 }],
    ['with another value', { z: -1 }],
  ])('%s is one that nobody made', async (_, change) => {
    await land('accelerometer_landing', { ...sample, ...change });
    expect(await match()).toMatchObject({ rows: 1, unexpectedRows: 1, readings: new Map() });
  });
});

describe('quarantine', () => {
  test('keeps the bytes of each line, and how often it is there', async () => {
    const table = 'quarantine/step_trainer_landing';
    const text = { encoding: 'utf8', original: '$R\r' };
    const bytes = { encoding: 'base64', original: 'AP8=' };
    const letters = { encoding: 'utf8', original: '\u00e4' };
    await land(table, text, bytes, letters, text);
    expect([...(await match()).refusedLines]).toEqual([
      ['$R\r', 2],
      ['\u0000\u00ff', 1],
      // One character for each byte.
      ['\u00c3\u00a4', 1],
    ]);
  });

  const line = encodeDeviceLine({
    kind: 'reading',
    boot: 'B000',
    seq: 1,
    ticks: 2_000,
    distance: 202,
    flags: 0,
  }).trimEnd();

  test('holds the readings that arrived whole', async () => {
    await land('quarantine/step_trainer_landing', { reason: 'unknown-boot', original: line });
    expect((await match()).quarantined).toEqual(new Set([3]));
  });

  test('does not hold what was damaged, is no reading, or belongs to another boot', async () => {
    await land(
      'quarantine/step_trainer_landing',
      { reason: 'bad-crc', original: line.replace('202', '203') },
      { reason: 'line-cut-off', original: line.slice(0, 9) },
      { reason: 'unknown-boot', original: '# hello' },
    );
    expect((await match()).quarantined).toEqual(new Set());
    const others = smallReadings().map((truth) =>
      truth.kind === 'distance' ? { ...truth, boot: 'FFFF' } : truth,
    );
    await land('quarantine/step_trainer_landing', { reason: 'unknown-boot', original: line });
    expect((await match(others)).quarantined).toEqual(new Set());
  });
});

test('an empty landing zone holds nothing', async () => {
  const landed = await match();
  expect(landed).toMatchObject({
    rows: 0,
    unexpectedRows: 0,
    readings: new Map(),
    quarantined: new Set(),
  });
});
