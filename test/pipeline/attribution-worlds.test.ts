/** Attribution in worlds whose truth it never sees: how much it finds, and that it does not guess. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAST_BELIEF, modelTexts, PUBLISHED, scoreOf, STEPS } from './attribution-world.ts';
import type { Score, WorldSpec } from './attribution-world.ts';

interface Bar {
  readonly precision: number;
  readonly recall: number;
}

/** Where lesser models fell short: at 4 by two people who might have changed places, at 6 by clocks 5 ms apart. */
const SEEDS = [4, 5, 6];
/** The engine stores and reads rows in groups of so many. */
const ROWS_OF_A_GROUP = 122_880;
const once = { walks: 'once', people: 600, loss: 10 } as const;
const household = { walks: 'household', people: 300, loss: 10 } as const;
const published = { walks: 'published', people: 956, loss: 10 } as const;
const WORLDS: readonly (WorldSpec & Bar)[] = [
  { name: 'one clock', ...once, offsetMs: 0, precision: 1, recall: 0.995 },
  { name: 'off by 200 ms', ...once, offsetMs: 200, precision: 0.998, recall: 0.9 },
  {
    name: 'off by 200 ms, straying by 8',
    ...once,
    offsetMs: 200,
    strayMs: 8,
    precision: 0.998,
    recall: 0.9,
  },
  { name: 'households', ...household, offsetMs: 2_000, precision: 0.99, recall: 0.98 },
  {
    name: 'households, drifting',
    ...household,
    offsetMs: 2_000,
    driftPpm: 50,
    precision: 0.99,
    recall: 0.98,
  },
  {
    name: 'households, some silent',
    ...household,
    offsetMs: 2_000,
    silent: 30,
    precision: 0.99,
    recall: 0.9,
  },
  { name: 'off by 2 s, 300 at once', ...once, offsetMs: 2_000, precision: 0.99, recall: 0 },
  {
    name: 'the same, some silent',
    ...once,
    offsetMs: 2_000,
    silent: 30,
    precision: 0.99,
    recall: 0,
  },
];
const PUBLISHED_WORLDS: readonly (WorldSpec & Bar)[] = [
  { name: 'one clock', ...published, offsetMs: 0, precision: 1, recall: 0.995 },
  { name: 'off by 200 ms', ...published, offsetMs: 200, precision: 0.998, recall: 0.9 },
  {
    name: 'off by 200 ms, drifting, some silent',
    ...published,
    offsetMs: 200,
    driftPpm: 50,
    silent: 30,
    precision: 0.998,
    recall: 0,
  },
];

/** What a score falls short of; empty when it reaches all. */
function shortfalls({ given, right, explainable, readings }: Score, bar: Bar): string[] {
  const reached = {
    'enough sessions': explainable > 300,
    precision: right >= bar.precision * given,
    recall: right >= bar.recall * explainable,
    'precision of readings': readings.right >= bar.precision * readings.given,
  };
  return Object.entries(reached).flatMap(([name, isReached]) =>
    isReached ? [] : [`${name}: ${right} right of ${given} given, ${explainable} to be found`],
  );
}

/** Each world with each seed. */
const seeded = (
  worlds: readonly (WorldSpec & Bar)[],
): readonly (readonly [name: string, seed: number, world: WorldSpec & Bar])[] =>
  worlds.flatMap((world) => SEEDS.map((seed) => [world.name, seed, world] as const));

const scores: Score[] = [];

describe('attribution reaches what was asked for', () => {
  it.each(seeded(WORLDS))('where clocks are: %s, seed %i', async (_, seed, world) => {
    const score = await scoreOf(world, seed);
    scores.push(score);
    expect(shortfalls(score, world)).toEqual([]);
  });

  it.runIf(existsSync(PUBLISHED)).each(seeded(PUBLISHED_WORLDS))(
    'on the published timeline, where clocks are: %s, seed %i',
    async (_, seed, world) => {
      const score = await scoreOf(world, seed);
      scores.push(score);
      expect(shortfalls(score, world)).toEqual([]);
    },
  );
});

describe('the posterior', () => {
  it('is right at least as often as it claims, in all worlds together', () => {
    expect(scores.length).toBeGreaterThanOrEqual(SEEDS.length * WORLDS.length);
    const bins = scores.flatMap(({ calibration }) => calibration);
    for (const from of new Set(bins.map((bin) => bin.from))) {
      const alike = bins.filter((bin) => bin.from === from);
      const beliefs = alike.reduce((sum, bin) => sum + bin.beliefs, 0);
      const claimed = alike.reduce((sum, bin) => sum + bin.claimed * bin.beliefs, 0) / beliefs;
      const right = alike.reduce((sum, bin) => sum + bin.right, 0) / beliefs;
      // Three standard deviations, and one mistake where hardly any are expected. Beliefs come in pairs: who is wrong for
      // one device is wrong for another.
      const slack = 3 * Math.sqrt((2 * claimed * (1 - claimed)) / beliefs) + 1 / beliefs;
      expect(right, `claimed ${claimed} in ${beliefs} beliefs`).toBeGreaterThan(claimed - slack);
      // It may be surer than it says by this much, and no more.
      expect(right - claimed, `claimed ${claimed} in ${beliefs} beliefs`).toBeLessThan(0.2);
    }
  });

  it('is the same to the row whatever the number of threads', async () => {
    // Smaller tables are read by one thread, whatever their number: the engine deals them out in groups of rows.
    const people = Math.ceil((1.15 * ROWS_OF_A_GROUP) / (STEPS * 0.9));
    const world: WorldSpec = { name: 'many', ...once, people, atOnce: 40, offsetMs: 200 };
    // The inner ones show what the last ones round away: a sum whose last digits depend on the order of the rows.
    const models = ['device_grid', 'phone_grid', LAST_BELIEF, 'reading_person', 'session_outcome'];
    const one = await modelTexts(world, { seed: 7, threads: 1, models });
    expect(await modelTexts(world, { seed: 7, threads: 4, models })).toEqual(one);
    expect(one['reading_person']?.split('{').length).toBeGreaterThan(ROWS_OF_A_GROUP / 2);
    expect(one['session_outcome']?.split('{').length).toBeGreaterThan(people);
  });
});
