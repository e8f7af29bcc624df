import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '../../../bridge/broker/token-buckets.ts';

describe('token buckets', () => {
  it('give as many as they hold, and then one in each interval', () => {
    const buckets = new TokenBuckets(2, 1_000);
    const taken = [0, 0, 0, 500, 1_000, 1_001, 2_000, 9_000, 9_000, 9_000];
    expect(taken.map((nowMs) => buckets.take('a', nowMs))).toEqual(
      // An attempt without a token costs none of what has come back so far.
      [true, true, false, false, true, false, true, true, true, false],
    );
  });

  it('are apart for each key', () => {
    const buckets = new TokenBuckets(1, 1_000);
    expect([buckets.take('a', 0), buckets.take('b', 0), buckets.take('a', 0)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('take back what was not used, and never hold more than their size', () => {
    const buckets = new TokenBuckets(1, 1_000);
    buckets.take('a', 0);
    buckets.giveBack('a');
    buckets.giveBack('a');
    buckets.giveBack('unknown');
    expect([buckets.take('a', 0), buckets.take('a', 0)]).toEqual([true, false]);
  });

  it('keep what was used when full ones are forgotten', () => {
    const buckets = new TokenBuckets(1, 1_000);
    buckets.take('old', 0);
    buckets.take('new', 900);
    buckets.prune(1_000);
    expect([buckets.take('new', 1_000), buckets.take('old', 1_000)]).toEqual([false, true]);
  });

  it('forget the key that is quiet for the longest when there are 10,000', () => {
    const buckets = new TokenBuckets(1, 1_000_000);
    for (let key = 0; key < 10_001; key++) buckets.take(`${key}`, 0);
    expect([buckets.take('1', 0), buckets.take('0', 0)]).toEqual([false, true]);
  });
});
