import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { peopleOf } from '../../../scenarios/shrink/reductions.ts';
import { reduceWritten } from '../../../scenarios/shrink/reduce-written.ts';
import { listAt, valueAt, withValue } from '../../../scenarios/shrink/written-edits.ts';
import type { Written, WrittenPath } from '../../../scenarios/shrink/written-edits.ts';
import { trialsOf } from './trial-runs.ts';

const WALK: Written = {
  world: {
    customers: 6,
    serials: { pool: 4, assign: 'random' },
    consent: { research: '50%', giveDuringRun: 3 },
  },
  devices: { phone: { clock: { skew: '3ms' } } },
  run: { duration: '4m', seeds: '7..7' },
  faults: [
    { kind: 'drop', on: 'trainer[3]', at: '0s', rate: '10%' },
    { kind: 'down', on: 'broker', at: '1m', for: '20s' },
  ],
  landing: [{ kind: 'cut', table: 'customer_landing', count: 2 }],
};

const KEYS: readonly WrittenPath[] = [
  ['world', 'serials'],
  ['world', 'serials', 'assign'],
  ['world', 'consent', 'giveDuringRun'],
  ['devices'],
  ['devices', 'phone', 'clock', 'skew'],
  ['faults', '0', 'for'],
  ['faults', '1', 'for'],
];

/** Every scenario from which one thing more was taken. */
function removals(written: Written): Written[] {
  const without = <Item>(path: WrittenPath, items: readonly Item[]): Written[] =>
    items.map((item) => {
      const rest = items.filter((other) => other !== item);
      const isList = path[0] !== 'world';
      return withValue(written, path, rest.length === 0 && isList ? undefined : rest);
    });
  const steps = (valueAt(written, ['world', 'only', 'steps']) ?? '0..29') as string;
  const [first = 0, last = 29] = steps.split('..').map(Number);
  const shorter = first === last ? [] : [`${first}..${last - 1}`, `${first + 1}..${last}`];
  return [
    ...without(['world', 'only', 'people'], peopleOf(written)),
    ...shorter.map((left) => withValue(written, ['world', 'only', 'steps'], left)),
    ...without(['faults'], listAt(written, ['faults'])),
    ...without(['landing'], listAt(written, ['landing'])),
    ...KEYS.filter((path) => valueAt(written, path) !== undefined).map((path) =>
      withValue(written, path, undefined),
    ),
  ];
}

/** Whether what every scenario needs is there. */
function isScenario(written: Written): boolean {
  return [
    ['world', 'customers'],
    ['run', 'duration'],
  ].every((path) => valueAt(written, path) !== undefined);
}

/** A number that is drawn for a text, 0–1. */
function drawnFor(text: string, salt: number): number {
  let hash = salt | 0;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0) / 2 ** 32;
}

test('of what is left, every single further removal passes: whatever fails, and however oddly', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.double({ min: 0, max: 0.6, noNaN: true }),
      async (salt, share) => {
        const fails = (written: Written): boolean =>
          written === WALK ||
          (isScenario(written) && drawnFor(JSON.stringify(written), salt) < share);
        const small = await reduceWritten(WALK, { ...trialsOf(fails), isScenario });
        expect(fails(small)).toBe(true);
        for (const less of removals(small)) expect([less, fails(less)]).toEqual([less, false]);
      },
    ),
    { numRuns: 80 },
  );
});

test('what one phase takes away may set free what an earlier one had to keep: all begin again', async () => {
  // Four faults in a chain: each can go when the one behind it in the list is gone, and person 1 after all of them.
  const chain = withValue(
    WALK,
    ['faults'],
    ['a', 'b', 'c', 'd'].map((kind) => ({ kind })),
  );
  const isChain = (written: Written): boolean => {
    const kinds = listAt(written, ['faults']).map((fault) => (fault as Written)['kind']);
    const isFree = peopleOf(written).includes(1) || kinds.length === 0;
    const needed = ['a', 'b', 'c', 'd'].slice(0, kinds.length);
    // The landing can be clean only when no fault is left, and steps can go only when it is.
    const steps = valueAt(written, ['world', 'only', 'steps']);
    const isLandingFree = listAt(written, ['landing']).length > 0 || kinds.length === 0;
    return (
      isFree &&
      isLandingFree &&
      kinds.join() === needed.join() &&
      (steps === undefined || !isLandingFree || listAt(written, ['landing']).length === 0)
    );
  };
  const rounds: string[] = [];
  const small = await reduceWritten(chain, trialsOf(isChain), (phase) => rounds.push(phase));
  expect(peopleOf(small)).toEqual([]);
  expect(small).not.toHaveProperty('faults');
  expect(small).not.toHaveProperty('landing');
  expect(valueAt(small, ['world', 'only', 'steps'])).toBe('0..0');
  expect(rounds.filter((phase) => phase === 'people').length).toBeGreaterThan(2);
});

test('nothing to leave out gives back what was given', async () => {
  expect(
    await reduceWritten(
      WALK,
      trialsOf(() => false),
    ),
  ).toBe(WALK);
});
