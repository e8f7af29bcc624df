import { expect, test } from 'vitest';
import { reduceValues } from '../../../scenarios/shrink/plainer-values.ts';
import { valueAt, withValue } from '../../../scenarios/shrink/written-edits.ts';
import type { Written, WrittenPath } from '../../../scenarios/shrink/written-edits.ts';
import { trialsOf } from './trial-runs.ts';

const WALK: Written = {
  version: 1,
  world: {
    start: '2022-06-18T15:00:00Z',
    customers: 40,
    serials: { pool: 4, assign: 'random' },
    consent: { research: '50%', giveDuringRun: 12 },
    only: { people: [5] },
  },
  devices: { phone: { clock: { skew: '2s', drift: '20ppm' } } },
  run: { duration: '9m', seeds: '7..7', mode: 'sim' },
  faults: [
    { kind: 'drop', on: 'trainer[3]', at: '10s', for: '1m', rate: '10%' },
    { kind: 'down', on: 'broker', at: '1m', for: '20s' },
  ],
  expect: { 'landing.lost': 0 },
};

/** What a scenario cannot do without. */
const REQUIRED: readonly WrittenPath[] = [
  ['world', 'start'],
  ['world', 'customers'],
  ['world', 'consent', 'research'],
  ['run', 'duration'],
  ...['0', '1'].flatMap((index) =>
    ['kind', 'on', 'at'].map((key): WrittenPath => ['faults', index, key]),
  ),
];

function reduceWhen(needs: (written: Written) => boolean, walk = WALK): Promise<Written> {
  const isScenario = (written: Written): boolean =>
    REQUIRED.every((path) => valueAt(written, path) !== undefined);
  const trials = trialsOf((written) => isScenario(written) && needs(written));
  return reduceValues(walk, { ...trials, isScenario });
}

test('without any need everything is as plain as can be', async () => {
  expect(await reduceWhen(() => true)).toEqual({
    version: 1,
    world: {
      start: '2022-06-18T15:00:00Z',
      customers: 6,
      consent: { research: '0%' },
      only: { people: [5] },
    },
    run: { duration: '1s', seeds: '7..7', mode: 'sim' },
    faults: [
      { kind: 'drop', on: 'trainer[3]', at: '0s', count: 1 },
      { kind: 'down', on: 'broker', at: '0s' },
    ],
    expect: { 'landing.lost': 0 },
  });
});

test('what is needed stays, and what is within it goes as far as it can', async () => {
  const clock: WrittenPath = ['devices', 'phone', 'clock', 'skew'];
  const pool: WrittenPath = ['world', 'serials', 'pool'];
  const small = await reduceWhen(
    (written) => valueAt(written, clock) !== undefined && valueAt(written, pool) !== undefined,
  );
  expect(valueAt(small, ['devices'])).toEqual({ phone: { clock: { skew: '1ms' } } });
  expect(valueAt(small, ['world', 'serials'])).toEqual({ pool: 1 });
});

test('durations, rates and counts of faults are lowered as far as it still fails', async () => {
  const numberAt = (written: Written, ...path: string[]): number =>
    Number.parseFloat(valueAt(written, path) as string);
  const small = await reduceWhen(
    (written) =>
      numberAt(written, 'faults', '0', 'rate') >= 4 && numberAt(written, 'faults', '1', 'for') >= 9,
  );
  expect(valueAt(small, ['faults', '0'])).toEqual({
    kind: 'drop',
    on: 'trainer[3]',
    at: '0s',
    rate: expect.stringMatching(/^4(\.[0-4])?%$/),
  });
  expect(valueAt(small, ['faults', '1', 'for'])).toMatch(/^(9|9\d\d\d|10)m?s$/);
});

test('shares of people become none or all, and stay so', async () => {
  const path = ['world', 'consent', 'research'];
  const needsSome = (written: Written): boolean => valueAt(written, path) !== '0%';
  const small = await reduceWhen(needsSome);
  expect(valueAt(small, path)).toBe('100%');
  expect(valueAt(await reduceWhen(needsSome, small), path)).toBe('100%');
});

test('customers stay as many as are needed, with no more who change their mind', async () => {
  const small = await reduceWhen(
    (written) =>
      Number(valueAt(written, ['world', 'customers'])) >= 8 &&
      valueAt(written, ['world', 'consent', 'giveDuringRun']) !== undefined,
    withValue(WALK, ['world', 'serials'], undefined),
  );
  expect(valueAt(small, ['world', 'customers'])).toBe(8);
  expect(valueAt(small, ['world', 'consent', 'giveDuringRun'])).toBe(1);
});
