import { expect, test } from 'vitest';
import { findPart } from '../../../scenarios/shrink/trials.ts';
import type { Written } from '../../../scenarios/shrink/written-edits.ts';
import { trialsOf } from './trial-runs.ts';

test('a part is found by the scenario that has it, and none is made beyond it', async () => {
  const tried: Written[] = [];
  const trials = trialsOf(({ people }) => people === 2, { tried });
  const find = findPart(trials, (people: number) => ({ people }));
  expect(await find([0, 2, 4])).toBe(2);
  expect(tried).toEqual([{ people: 0 }, { people: 2 }]);
  expect(await find([5])).toBeUndefined();
});
