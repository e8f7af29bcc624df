import { describe, expect, test } from 'vitest';
import { OCCURRENCES } from '../../../simulator/index.ts';
import { ORACLE_IDS, ORACLE_UNITS } from '../../../scenarios/oracles/ids.ts';
import { scenarioSchema } from '../../../scenarios/schema/index.ts';

const SHORT = {
  version: 1,
  name: 'Four people walk',
  world: { start: '2022-06-18T15:00:00Z', customers: 4, consent: { research: '50%' } },
  run: { duration: '5m' },
  expect: { 'landing.lost': 0 },
};

test('what a file leaves out is filled in', () => {
  expect(scenarioSchema.parse(SHORT)).toEqual({
    version: 1,
    name: 'Four people walk',
    tags: [],
    world: {
      start: '2022-06-18T15:00:00Z',
      customers: 4,
      consent: { research: 0.5, withdrawDuringRun: 0, giveDuringRun: 0 },
    },
    devices: {},
    run: { duration: 300_000, mode: 'sim', speed: 10 },
    faults: [],
    landing: [],
    pipeline: 'strict',
    expect: { 'landing.lost': { max: 0 } },
  });
});

test('what a file says is converted', () => {
  const full = {
    ...SHORT,
    about: 'Why it matters.',
    tags: ['smoke'],
    world: {
      ...SHORT.world,
      households: { size: 2 },
      sessions: { perPerson: 3 },
      registration: 'during',
      serials: { pool: 2, changes: [{ at: '2m' }, { at: '3m', pool: 3, assign: 'random' }] },
      consent: {
        research: '25%',
        withdrawDuringRun: 1,
        giveDuringRun: 2,
        changes: [{ at: '90s', person: 4, research: 'withdrawn' }],
      },
      feed: { every: '10s' },
    },
    devices: {
      trainer: { link: { baud: 9_600 }, clock: { drift: '20ppm' } },
      phone: { clock: { skew: '3ms', changes: [{ at: '2m', skew: '300ms' }] } },
    },
    run: { duration: '40m', mode: 'live', seeds: '1..50', speed: 20 },
    faults: [
      { kind: 'garble', on: 'trainer[3].serial', at: '30s', for: '5s', rate: '2%' },
      { kind: 'unplug', on: 'trainer[3]', at: '30s', for: '5s' },
      { kind: 'swap-device', on: 'trainer[3].serial', at: '2m', with: 'trainer[4]' },
      { kind: 'duplicate', on: 'phone[2]', at: '0s', rate: '25%' },
      { kind: 'duplicate', on: 'phones', at: '0s', rate: '25%' },
      { kind: 'down', on: 'broker', at: '3m', for: '20s' },
    ],
    pipeline: 'classic',
    expect: { 'landing.lost': 3, 'ml.joinYield': { min: 0.95 }, sometimes: ['serial-shared'] },
  };
  expect(scenarioSchema.parse(full)).toMatchObject({
    world: {
      serials: {
        pool: 2,
        changes: [{ at: 120_000 }, { at: 180_000, pool: 3, assign: 'random' }],
      },
      consent: {
        research: 0.25,
        withdrawDuringRun: 1,
        giveDuringRun: 2,
        changes: [{ at: 90_000, person: 4, research: 'withdrawn' }],
      },
      feed: { notGiven: 'absent', order: 'in-time', every: 10_000 },
    },
    devices: {
      trainer: { link: { baud: 9_600 }, clock: { drift: 20 } },
      phone: { clock: { skew: 3, drift: 0, changes: [{ at: 120_000, skew: 300 }] } },
    },
    run: { duration: 2_400_000, mode: 'live', seeds: { first: 1, last: 50 }, speed: 20 },
    faults: [
      { kind: 'garble', on: 3, from: 'device', at: 30_000, for: 5_000, rate: 0.02 },
      { kind: 'unplug', on: 3, at: 30_000, for: 5_000 },
      { kind: 'swap-device', on: 3, at: 120_000, with: 4 },
      { kind: 'duplicate', on: { phone: 2 }, at: 0, rate: 0.25 },
      { kind: 'duplicate', on: { phone: undefined }, at: 0, rate: 0.25 },
      { kind: 'down', on: 'broker', at: 180_000, for: 20_000 },
    ],
    expect: {
      'landing.lost': { max: 3 },
      'ml.joinYield': { min: 0.95 },
      sometimes: ['serial-shared'],
    },
  });
});

describe('every oracle and every occurrence can be expected', () => {
  test.each(ORACLE_IDS)('%s', (id) => {
    const limit = ORACLE_UNITS[id] === 'ratio' ? { min: 0.7 } : { max: 7 };
    const written = { ...SHORT, expect: { [id]: limit } };
    expect(scenarioSchema.parse(written).expect[id]).toEqual(limit);
  });

  test('all occurrences', () => {
    const written = { ...SHORT, expect: { 'landing.lost': 0, sometimes: [...OCCURRENCES] } };
    expect(scenarioSchema.parse(written).expect.sometimes).toEqual(OCCURRENCES);
  });
});

describe('numbers have bounds', () => {
  const accepts = (change: object): boolean =>
    scenarioSchema.safeParse({ ...SHORT, ...change }).success;
  const world = (change: object): boolean => accepts({ world: { ...SHORT.world, ...change } });

  test.each([
    ['customers', 0, 100_000],
    ['households', { size: 1 }, { size: 20 }],
    ['sessions', { perPerson: 1 }, { perPerson: 100 }],
  ])('%s from %j to %j', (key, lowest, highest) => {
    const beyond = (value: unknown, by: number): unknown =>
      typeof value === 'number'
        ? value + by
        : Object.fromEntries(
            Object.entries(value as object).map(([name, n]) => [name, (n as number) + by]),
          );
    expect([world({ [key]: lowest }), world({ [key]: highest })]).toEqual([true, true]);
    expect([world({ [key]: beyond(lowest, -1) }), world({ [key]: beyond(highest, 1) })]).toEqual([
      false,
      false,
    ]);
  });

  test('the start lies between 1971 and 9998, whatever landing can hold beside it', () => {
    const starts = [
      '1970-12-31T23:59:59Z',
      '1971-01-01T00:00:00Z',
      '9998-12-31T23:59:59Z',
      '9999-01-01T00:00:00Z',
    ];
    expect(starts.map((start) => world({ start }))).toEqual([false, true, true, false]);
  });

  test('speed from 1 to 50, baud from 1200 to 921600', () => {
    const speed = (value: number): boolean => accepts({ run: { duration: '5m', speed: value } });
    const baud = (value: number): boolean =>
      accepts({ devices: { trainer: { link: { baud: value } } } });
    expect([0.5, 1, 50, 51].map(speed)).toEqual([false, true, true, false]);
    expect([1_199, 1_200, 921_600, 921_601].map(baud)).toEqual([false, true, true, false]);
  });
});
