import { describe, expect, it } from 'vitest';
import { seededStreams } from '../../simulator/seeded-random.ts';

function draws(seed: number, name: string, count = 20): number[] {
  const random = seededStreams(seed)(name);
  return Array.from({ length: count }, () => random.next());
}

describe('seededStreams', () => {
  it('gives the same draws for the same seed and name', () => {
    expect(draws(7, 'person:1/motion')).toEqual(draws(7, 'person:1/motion'));
  });

  it.each([
    ['another seed', draws(8, 'person:1/motion')],
    ['another name', draws(7, 'person:2/motion')],
    ['a seed and a name that read the same when joined', draws(70, 'person:1/motion')],
  ])('gives other draws for %s', (_what, other) => {
    const shared = draws(7, 'person:1/motion').filter((draw) => other.includes(draw));
    expect(shared).toEqual([]);
  });

  it('keeps streams apart, however their draws alternate', () => {
    const streams = seededStreams(7);
    const [one, two] = [streams('one'), streams('two')];
    const alternating = Array.from({ length: 20 }, () => [one.next(), two.next()] as const);
    expect(alternating.map(([first]) => first)).toEqual(draws(7, 'one'));
    expect(alternating.map(([, second]) => second)).toEqual(draws(7, 'two'));
  });

  it('draws from 0 inclusive to 1 exclusive, evenly', () => {
    const all = draws(1, 'even', 10_000);
    expect(all.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    const tenths = all.reduce(
      (counts, draw) =>
        counts.with(Math.floor(draw * 10), (counts[Math.floor(draw * 10)] ?? 0) + 1),
      Array.from({ length: 10 }, () => 0),
    );
    // Six standard deviations of a binomial count with n = 10,000 and p = 0.1.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(180);
  });
});
