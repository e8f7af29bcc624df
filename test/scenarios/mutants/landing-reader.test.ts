import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadObjects, readAs, writeTables } from '../../../scenarios/mutants/landing-reader.ts';
import type { LandingBytes } from '../../../scenarios/mutants/landing-reader.ts';

const object = (key: string, text: string): LandingBytes => ({ key, bytes: Buffer.from(text) });
const SAMPLES = 'accelerometer_landing';
const OBJECTS = [
  object(`${SAMPLES}/date=2022-06-18/1.json`, 'a'),
  object(`${SAMPLES}/date=2022-06-18/2.json`, 'b'),
  object('customer_landing/1.json', 'c'),
];

test('a reader that does nothing wrong takes a landing zone for what it is', () => {
  const tables = readAs({}, OBJECTS);
  expect(tables.map(({ table, isOther }) => [table, isOther])).toEqual([
    ['customer_landing', false],
    ['accelerometer_landing', false],
    ['step_trainer_landing', false],
  ]);
  expect(tables.flatMap(({ objects }) => objects)).toHaveLength(OBJECTS.length);
  // The same bytes in another piece of memory are the same.
  const copied = readAs({ take: ({ bytes }) => Buffer.from(bytes) }, OBJECTS);
  expect(copied.some(({ isOther }) => isOther)).toBe(false);
});

test('tables of which it sees other objects or other bytes are told', () => {
  const others = (tables: ReturnType<typeof readAs>): string[] =>
    tables.filter(({ isOther }) => isOther).map(({ table }) => table);
  expect(others(readAs({ choose: (keys) => keys.slice(0, 1) }, OBJECTS))).toEqual([SAMPLES]);
  const shout = ({ bytes }: LandingBytes): Buffer => Buffer.from(bytes.toString().toUpperCase());
  expect(others(readAs({ take: shout }, OBJECTS))).toEqual(['customer_landing', SAMPLES]);
});

test('it is told which objects of a table it read before, and which stand in front of one', () => {
  const before = [OBJECTS[0]?.key ?? '', OBJECTS[2]?.key ?? ''];
  const [, samples] = readAs({ choose: (keys, known) => known ?? keys }, OBJECTS, before);
  expect(samples?.objects.map(({ key }) => key)).toEqual([OBJECTS[0]?.key]);
  const counted = readAs({ take: (_, others) => Buffer.from(`${others.length}`) }, OBJECTS);
  expect(counted[1]?.objects.map(({ bytes }) => bytes.toString())).toEqual(['0', '1']);
});

test('tables are read as they were written, and nothing else below the folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-reader-'));
  try {
    await writeTables(folder, readAs({}, OBJECTS));
    const quarantine = object('quarantine/serial/1.json', 'd');
    await writeTables(folder, [
      { table: 'step_trainer_landing', objects: [quarantine], isOther: true },
    ]);
    expect(await loadObjects(folder)).toEqual(OBJECTS);
  } finally {
    await rm(folder, { recursive: true });
  }
});
