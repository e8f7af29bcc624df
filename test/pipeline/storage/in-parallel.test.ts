import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../pipeline/storage/in-parallel.ts';

describe('inParallel', () => {
  it('gives the results in the order of the items, and never does more at once than it may', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, index) => index);
    const doubled = await inParallel(items, 3, async (item, index) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < 20 - item; turn++) await Promise.resolve();
      running--;
      return item + index;
    });
    expect(doubled).toEqual(items.map((item) => item * 2));
    expect(most).toBe(3);
    expect(await inParallel([], 3, async () => 'never')).toEqual([]);
  });

  it('begins nothing after a failure, and throws the first when all has ended', async () => {
    const done: number[] = [];
    const work = inParallel([1, 2, 3, 4], 2, async (item) => {
      if (item === 1) throw new RangeError('first');
      await Promise.resolve();
      await Promise.resolve();
      done.push(item);
      throw new RangeError('second');
    });
    await expect(work).rejects.toThrow('first');
    expect(done).toEqual([2]);
  });
});
