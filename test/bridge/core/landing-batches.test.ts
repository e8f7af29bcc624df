import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LandingBatches } from '../../../bridge/core/landing-batches.ts';
import type {
  BatchLines,
  BatchTable,
  LandingObject,
} from '../../../bridge/core/landing-batches.ts';

const NOON_MS = Date.parse('2022-06-18T12:00:00Z');
const STEPS = 'step_trainer_landing';
const PHONES = 'accelerometer_landing';
const LIMITS = { maxBytes: 50, maxAgeMs: 60_000 };
const lineOf = (value: unknown): BatchLines => ({
  lines: Buffer.from(`${JSON.stringify(value)}\n`),
  rows: 1,
});
/** As a line, 10 bytes with its line feed. */
const TEN = lineOf({ a: 123 });

const batches = (): LandingBatches => new LandingBatches('b-7', LIMITS);
const keys = (objects: readonly LandingObject[]): string[] => objects.map(({ key }) => key);

describe('LandingBatches', () => {
  it('writes newline-delimited JSON in the order of arrival, and tells its origin', () => {
    const open = batches();
    for (const [index, value] of ['ä', 'b\n', 'c'].entries()) {
      expect(open.add(STEPS, lineOf({ value }), NOON_MS + index * 1_000.25)).toBeUndefined();
    }
    expect(open.closeAll(NOON_MS + 5_000)).toEqual([
      {
        key: 'step_trainer_landing/date=2022-06-18/b-7-00000000.json',
        body: '{"value":"ä"}\n{"value":"b\\n"}\n{"value":"c"}\n',
        metadata: {
          bridge: 'b-7',
          records: '3',
          'arrived-from': '2022-06-18T12:00:00.000Z',
          'arrived-to': '2022-06-18T12:00:05.000Z',
        },
      },
    ]);
  });

  it.each([
    [40, 4],
    [41, 5],
    [50, 5],
    [51, 6],
    [1, 1],
  ])('with a limit of %d bytes gives out an object at record %d', (maxBytes, records) => {
    const open = new LandingBatches('b-7', { ...LIMITS, maxBytes });
    const objects = Array.from({ length: records }, () => open.add(STEPS, TEN, NOON_MS));
    expect(objects.map((object) => object !== undefined)).toEqual(
      objects.map((_, index) => index === records - 1),
    );
    expect(objects.at(-1)?.metadata['records']).toBe(String(records));
    expect(open.dueMs).toBeUndefined();
  });

  it('counts the rows of each append, and the bytes of letters that take two', () => {
    const lines = Buffer.from('{"a":"ä"}\n{"a":"ö"}\n');
    const open = new LandingBatches('b-7', { ...LIMITS, maxBytes: 23 });
    expect(open.add(STEPS, { lines, rows: 2 }, NOON_MS)).toBeUndefined();
    const full = open.add(STEPS, { lines: Buffer.from('\n'), rows: 0 }, NOON_MS);
    expect(full?.metadata['records']).toBe('2');
    expect(full?.body).toBe('{"a":"ä"}\n{"a":"ö"}\n\n');
  });

  it('does not keep the bytes that it was given', () => {
    const open = batches();
    const lines = Buffer.from('{"a":123}\n');
    open.add(STEPS, { lines, rows: 1 }, NOON_MS);
    lines.fill(0);
    expect(open.closeAll(NOON_MS)[0]?.body).toBe('{"a":123}\n');
  });

  it('gives out a record that is longer than the limit on its own', () => {
    const object = batches().add(STEPS, lineOf({ long: 'x'.repeat(1_000) }), NOON_MS);
    expect(object?.metadata['records']).toBe('1');
  });

  it.each([
    [59_999.9, 0],
    [60_000, 1],
    [90_000, 1],
  ])('after %d ms a batch of one record closes as old: %d', (ageMs, closed) => {
    const open = batches();
    open.add(STEPS, TEN, NOON_MS + 0.25);
    open.add(STEPS, TEN, NOON_MS + 50_000);
    expect(open.closeOld(NOON_MS + 0.25 + ageMs)).toHaveLength(closed);
    expect(open.closeAll(NOON_MS + 100_000)).toHaveLength(1 - closed);
  });

  it('says when the oldest batch becomes too old, and closes it then, but none that is younger', () => {
    const open = batches();
    expect(open.dueMs).toBeUndefined();
    open.add(STEPS, TEN, NOON_MS + 0.37);
    open.add(PHONES, TEN, NOON_MS + 20_000);
    open.add(STEPS, TEN, NOON_MS + 30_000);
    expect(open.dueMs).toBe(NOON_MS + 60_000.37);
    expect(keys(open.closeOld(NOON_MS + 60_000.37))).toEqual([
      'step_trainer_landing/date=2022-06-18/b-7-00000000.json',
    ]);
    open.add(STEPS, TEN, NOON_MS + 61_000);
    expect(open.dueMs).toBe(NOON_MS + 80_000);
  });

  it('counts the objects of each table from 0, whatever the clock says', () => {
    const tables: readonly BatchTable[] = [
      STEPS,
      PHONES,
      `quarantine/${STEPS}`,
      `quarantine/${PHONES}`,
    ];
    const open = batches();
    for (const [round, atMs] of [NOON_MS, NOON_MS - 1_000, NOON_MS].entries()) {
      for (const table of tables) open.add(table, TEN, atMs);
      expect(keys(open.closeAll(atMs))).toEqual(
        tables.map((table) => `${table}/date=2022-06-18/b-7-0000000${round}.json`),
      );
    }
  });

  it.each([
    ['2022-06-18T23:59:59.999Z', '2022-06-18'],
    ['2022-06-19T00:00:00.000Z', '2022-06-19'],
    ['2024-02-29T12:00:00.000Z', '2024-02-29'],
  ])('puts a batch opened at %s under its day in UTC', (opened, day) => {
    const open = batches();
    open.add(STEPS, TEN, Date.parse(opened) + 0.5);
    open.add(STEPS, TEN, Date.parse(opened) + 3_600_000);
    expect(keys(open.closeAll(Date.parse(opened) + 7_200_000))).toEqual([
      `step_trainer_landing/date=${day}/b-7-00000000.json`,
    ]);
  });

  it('has nothing to close when nothing came', () => {
    expect(batches().closeAll(NOON_MS)).toEqual([]);
    expect(batches().closeOld(NOON_MS)).toEqual([]);
  });

  it('gives every record out once, in order, in objects with names of their own, the same each time', () => {
    const arrivals = fc.array(
      fc.record({
        table: fc.constantFrom<BatchTable>(STEPS, PHONES, `quarantine/${PHONES}`),
        pauseMs: fc.nat(40_000),
        text: fc.string({ maxLength: 30 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(arrivals, (all) => {
        const objects = collect(all);
        expect(collect(all)).toEqual(objects);
        expect(new Set(keys(objects)).size).toBe(objects.length);
        for (const table of [STEPS, PHONES, `quarantine/${PHONES}`]) {
          const bodies = objects
            .filter(({ key }) => key.startsWith(`${table}/`))
            .map(({ body }) => body);
          const expected = all.filter((each) => each.table === table).map(({ text }) => ({ text }));
          expect(readLines(bodies.join(''))).toEqual(expected);
        }
        for (const { body, metadata } of objects) {
          expect(readLines(body as string)).toHaveLength(Number(metadata['records']));
        }
      }),
    );
  });
});

interface Arrival {
  readonly table: BatchTable;
  readonly pauseMs: number;
  readonly text: string;
}

function collect(arrivals: readonly Arrival[]): LandingObject[] {
  const open = batches();
  const objects: LandingObject[] = [];
  let nowMs = NOON_MS;
  for (const { table, pauseMs, text } of arrivals) {
    nowMs += pauseMs;
    objects.push(...open.closeOld(nowMs));
    const full = open.add(table, lineOf({ text }), nowMs);
    if (full !== undefined) objects.push(full);
  }
  return [...objects, ...open.closeAll(nowMs)];
}

function readLines(body: string): unknown[] {
  if (body === '') return [];
  expect(body.endsWith('\n')).toBe(true);
  return body
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
