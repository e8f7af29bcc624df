import { describe, expect, test } from 'vitest';
import {
  peopleOf,
  reduceDevices,
  reduceFaults,
  reducePeople,
  reduceTime,
  reduceValues,
} from '../../../scenarios/shrink/reductions.ts';
import { listAt, valueAt } from '../../../scenarios/shrink/written-edits.ts';
import type { Written } from '../../../scenarios/shrink/written-edits.ts';

const WALK: Written = {
  version: 1,
  world: {
    start: '2022-06-18T15:00:00Z',
    customers: 40,
    households: { size: 2 },
    serials: { pool: 4, assign: 'random' },
    consent: { research: '50%', giveDuringRun: 6 },
  },
  devices: { phone: { clock: { skew: '3ms' } } },
  run: { duration: '9m', seeds: '7..7' },
  faults: [
    { kind: 'drop', on: 'trainer[3]', at: '0s', rate: '10%' },
    { kind: 'down', on: 'broker', at: '1m', for: '20s' },
  ],
  expect: { 'landing.lost': 0 },
};

function when(isFailing: (written: Written) => boolean): (written: Written) => Promise<boolean> {
  return (written) => Promise.resolve(isFailing(written));
}

describe('people', () => {
  const needs7and30 = when((written) => [7, 30].every((id) => peopleOf(written).includes(id)));

  test('are left out until everybody is needed', async () => {
    const small = await reducePeople(WALK, needs7and30);
    expect(valueAt(small, ['world', 'only', 'people'])).toEqual([7, 30]);
  });

  test('who are suspected are tried first', async () => {
    const tried: number[][] = [];
    const fails = (written: Written): Promise<boolean> => {
      tried.push([...peopleOf(written)]);
      return needs7and30(written);
    };
    const small = await reducePeople(WALK, fails, [[7], [7, 30], [1, 2, 3]]);
    expect(peopleOf(small)).toEqual([7, 30]);
    expect(tried.slice(0, 2)).toEqual([[7], [7, 30]]);
    expect(Math.max(...tried.map(({ length }) => length))).toBe(2);
  });

  test('all stay where all are needed', async () => {
    const small = await reducePeople(
      WALK,
      when((written) => peopleOf(written).length === 40),
    );
    expect(small).toEqual(WALK);
  });
});

test('trainers and phones are left out, by household and by person', async () => {
  const two = await reducePeople(
    WALK,
    when((written) => [4, 31].every((id) => peopleOf(written).includes(id))),
  );
  const needsPhone31 = when((written) => {
    const phones = valueAt(written, ['world', 'only', 'phones']);
    return !Array.isArray(phones) || phones.includes(31);
  });
  const small = await reduceDevices(two, needsPhone31);
  expect(valueAt(small, ['world', 'only'])).toEqual({
    people: [4, 31],
    trainers: [],
    phones: [31],
  });
});

describe('time', () => {
  const stepsNeeded = when((written) => {
    const [first = 0, last = 29] = (
      (valueAt(written, ['world', 'only', 'steps']) ?? '0..29') as string
    )
      .split('..')
      .map(Number);
    return first <= 11 && last >= 12;
  });

  test('is left out step by step', async () => {
    const small = await reduceTime(WALK, stepsNeeded, 540_000);
    expect(valueAt(small, ['world', 'only'])).toEqual({ steps: '11..12' });
  });

  test('is left out by the second, too, where people exercise several times', async () => {
    const twice = { ...WALK, world: { ...(WALK['world'] as Written), sessions: { perPerson: 2 } } };
    const small = await reduceTime(
      twice,
      when((written) => {
        const from = Number.parseInt(
          (valueAt(written, ['world', 'only', 'from']) ?? '0') as string,
          10,
        );
        const until = Number.parseInt(
          (valueAt(written, ['world', 'only', 'until']) ?? '540') as string,
          10,
        );
        return (
          from <= 300 && until >= 320 && valueAt(written, ['world', 'only', 'steps']) === undefined
        );
      }),
      540_000,
    );
    expect(valueAt(small, ['world', 'only'])).toEqual({ from: '300s', until: '320s' });
  });
});

test('faults are left out', async () => {
  const small = await reduceFaults(
    WALK,
    when((written) =>
      listAt(written, ['faults']).some((fault) => (fault as Written)['kind'] === 'down'),
    ),
  );
  expect(small['faults']).toEqual([{ kind: 'down', on: 'broker', at: '1m', for: '20s' }]);
  expect(
    await reduceFaults(
      WALK,
      when(() => true),
    ),
  ).not.toHaveProperty('faults');
});

test('values become plain: fewer customers, fewer keys, faults that hit once', async () => {
  const one = await reducePeople(
    WALK,
    when((written) => peopleOf(written).includes(5)),
  );
  const needed = [
    ['world', 'customers'],
    ['world', 'consent', 'research'],
    ['world', 'serials', 'pool'],
  ];
  const needsPool = when((written) => needed.every((path) => valueAt(written, path) !== undefined));
  expect(await reduceValues(one, needsPool)).toEqual({
    version: 1,
    world: {
      start: '2022-06-18T15:00:00Z',
      customers: 6,
      serials: { pool: 4 },
      consent: { research: '50%' },
      only: { people: [5] },
    },
    run: { seeds: '7..7' },
    faults: [
      { kind: 'drop', on: 'trainer[3]', at: '0s', count: 1 },
      { kind: 'down', on: 'broker', at: '1m' },
    ],
    expect: { 'landing.lost': 0 },
  });
});
