import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runPipeline } from '../../../../pipeline/index.ts';
import { readSetAside } from '../../../../scenarios/evidence/set-aside.ts';
import type { SetAside } from '../../../../scenarios/evidence/set-aside.ts';
import { withholdLate } from '../../../../scenarios/run/dirt/late-objects.ts';
import { planDirt } from '../../../../scenarios/run/dirt/soil-landing.ts';
import type { PlannedDirt } from '../../../../scenarios/run/dirt/soil-landing.ts';
import type { ScenarioDirt } from '../../../../scenarios/schema/index.ts';
import { DESTRUCTIVE_DIRT, OBJECT_DIRT, RECORD_DIRT } from '../../../../scenarios/schema/index.ts';
import { seededStreams } from '../../../../simulator/index.ts';

const DAY = 'date=2022-06-18';
const ROWS = 40;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-dirt-'));
  const lines = (make: (index: number) => object): string =>
    Array.from({ length: ROWS }, (_, index) => `${JSON.stringify(make(index))}\n`).join('');
  const T = 1_655_564_444_000;
  const phone = (index: number): object => ({
    user: `p${index % 3}@mail.example`,
    timeStamp: T + index,
    x: index % 2,
    y: 0,
    z: -1,
  });
  const step = (index: number): object => ({
    sensorReadingTime: T + index,
    serialNumber: 's',
    distanceFromObject: 200 + index,
  });
  for (const number of [0, 1, 2]) {
    await put(
      `accelerometer_landing/${DAY}/a-${number}.json`,
      lines((index) => phone(100 * number + index)),
    );
    await put(
      `step_trainer_landing/${DAY}/s-${number}.json`,
      lines((index) => step(100 * number + index)),
    );
  }
  await put(
    `customer_landing/${DAY}/c-0.json`,
    `${JSON.stringify({ customerName: 'A B', email: 'p0@mail.example', phone: '1', birthDay: '1990-01-01', serialNumber: 's', registrationDate: T, lastUpdateDate: T })}\n`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

async function put(key: string, text: string): Promise<void> {
  const path = join(folder, 'landing', key);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

function plan(...dirt: readonly ScenarioDirt[]): Promise<PlannedDirt> {
  return planDirt(join(folder, 'landing'), dirt, seededStreams(1));
}

/** The pipeline as the judge of what can be read: what it has set aside. */
async function read(): Promise<SetAside[]> {
  const out = join(folder, 'zones');
  await runPipeline({
    landing: { kind: 'folder', path: join(folder, 'landing') },
    out: { kind: 'folder', path: out },
    policy: 'strict',
    threads: 1,
  });
  return readSetAside(out);
}

const TABLE_KINDS = [
  ...Object.keys(OBJECT_DIRT),
  ...Object.keys(RECORD_DIRT),
] as ScenarioDirt['kind'][];

describe('dirt', () => {
  test.each(TABLE_KINDS)(
    '%s: what it says of the landing zone is what a reader finds',
    async (kind) => {
      const dirt = await plan({ kind, table: 'accelerometer_landing', count: 2 });
      await dirt.write();
      const setAside = await read();
      const pieces = dirt.objects.flatMap(({ key, sameAs, pieces: all }) =>
        all.map((piece) => ({ sameAs, key, ...piece })),
      );
      expect(setAside).toHaveLength(pieces.length);
      for (const { key, sameAs, original, about } of pieces) {
        const entry = setAside.find(
          (one) =>
            sameAs.includes(one.file) &&
            about.test(one.reason) &&
            (original === undefined || (one.original !== '' && original.startsWith(one.original))),
        );
        expect(entry, `${key}: ${original}`).toBeDefined();
      }
      const lost = dirt.objects.reduce((sum, { lostLines }) => sum + lostLines.size, 0);
      expect(lost > 0).toBe(DESTRUCTIVE_DIRT.includes(kind));
    },
  );

  test('hits as many objects as it is told, and the same ones each time', async () => {
    const keysOf = async (count: number): Promise<string[]> =>
      (await plan({ kind: 'crlf', table: 'step_trainer_landing', count })).objects.map(
        ({ key }) => key,
      );
    expect(await keysOf(1)).toHaveLength(1);
    expect(await keysOf(2)).toHaveLength(2);
    expect(await keysOf(9)).toHaveLength(3);
    expect(await keysOf(2)).toEqual(await keysOf(2));
  });

  test('of records hits each with its probability, and tells their lines', async () => {
    const dirt = await plan({ kind: 'nan', table: 'step_trainer_landing', rate: 0.5 });
    const lost = dirt.objects.reduce((sum, { lostLines }) => sum + lostLines.size, 0);
    expect(lost).toBeGreaterThan(40);
    expect(lost).toBeLessThan(80);
    const [object] = dirt.objects;
    const path = join(folder, 'landing', ...(object?.key ?? '').split('/'));
    const readable = Array.from({ length: ROWS }, (_, line) => dirt.isReadable(path, line));
    expect(readable.filter((isReadable) => !isReadable)).toHaveLength(object?.lostLines.size ?? -1);
    expect(dirt.isReadable(join(folder, 'landing', 'other.json'), 0)).toBe(true);
  });

  test('of one item changes nothing about what another one hits', async () => {
    const cut: ScenarioDirt = { kind: 'cut', table: 'accelerometer_landing', count: 1 };
    const alone = await plan(cut);
    const both = await plan(cut, { kind: 'crlf', table: 'step_trainer_landing', rate: 1 });
    expect(both.objects.filter(({ kinds }) => kinds.includes('cut'))).toEqual(alone.objects);
  });

  test('leaves the landing zone alone until it is written', async () => {
    const path = join(folder, 'landing', 'accelerometer_landing', DAY, 'a-0.json');
    const before = await readFile(path, 'utf8');
    const dirt = await plan({ kind: 'concatenated', table: 'accelerometer_landing', rate: 1 });
    expect(await readFile(path, 'utf8')).toBe(before);
    await dirt.write();
    expect(await readFile(path, 'utf8')).toBe(before.replaceAll('\n', ''));
  });

  test('a copy is a copy of what stands there in the end', async () => {
    const dirt = await plan(
      { kind: 'duplicate-object', table: 'accelerometer_landing', rate: 1 },
      { kind: 'bom', table: 'accelerometer_landing', rate: 1 },
    );
    await dirt.write();
    const place = join(folder, 'landing', 'accelerometer_landing', DAY);
    expect(await readdir(place)).toHaveLength(6);
    expect(await readFile(join(place, 'a-0-duplicate-object-0.json'))).toEqual(
      await readFile(join(place, 'a-0.json')),
    );
  });
});

test('the same foreign bytes in two tables are wrong in both', async () => {
  const dirt = await plan(
    { kind: 'foreign-object', table: 'customer_landing', count: 1 },
    { kind: 'foreign-object', table: 'step_trainer_landing', count: 1 },
  );
  const foreign = dirt.objects.filter(({ kinds }) => kinds.includes('foreign-object'));
  expect(foreign.map(({ table }) => table).toSorted()).toEqual([
    'customer_landing',
    'step_trainer_landing',
  ]);
  for (const { key, sameAs, pieces } of foreign) {
    expect(sameAs).toEqual([key]);
    expect(pieces).not.toEqual([]);
  }
});

test('late objects are away for the first run, and back for the second', async () => {
  const dirt = await plan({ kind: 'late-object', table: 'step_trainer_landing', count: 2 });
  const place = join(folder, 'landing', 'step_trainer_landing', DAY);
  const all = await readdir(place);
  expect(dirt.late).toHaveLength(2);
  const putBack = await withholdLate(join(folder, 'landing'), join(folder, 'late'), dirt);
  expect(await readdir(place)).toHaveLength(1);
  await putBack();
  expect(await readdir(place)).toEqual(all);
});
