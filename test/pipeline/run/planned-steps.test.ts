import { expect, it } from 'vitest';
import { loadCostOf, plannedSteps, STEPS } from '../../../pipeline/run/planned-steps.ts';

const MODELS = [
  { name: 'ml_pairing', sql: '' },
  { name: 'unheard_of', sql: '' },
];

it('plans the models between loading and the books, each with a cost', () => {
  const planned = plannedSteps('strict', MODELS);
  expect(planned.map(({ step }) => step)).toEqual([
    STEPS.load,
    'ml_pairing',
    'unheard_of',
    STEPS.accounting,
    STEPS.audit,
    STEPS.write,
    STEPS.publish,
    STEPS.done,
  ]);
  expect(planned.slice(0, -1).every(({ cost }) => cost > 0)).toBe(true);
  expect(planned.at(-1)?.cost).toBe(0);
});

it('knows that the last joins of classic cost less, and that loading costs the same', () => {
  const [strict, classic] = (['strict', 'classic'] as const).map((policy) =>
    plannedSteps(policy, MODELS).map(({ cost }) => cost),
  );
  expect(classic?.[0]).toBe(strict?.[0]);
  expect(classic?.[1]).toBeLessThan(strict?.[1] ?? 0);
});

it('takes loading for the dearer, the more of the rows are lines', () => {
  const parquet = { name: 'a.parquet', bytes: 3_000_000 };
  const gzip = { name: 'b.json.gz', bytes: 6_000_000 };
  const [least, middle, most] = [[parquet], [parquet, gzip], [gzip]].map(loadCostOf);
  expect(least).toBe(plannedSteps('strict', [])[0]?.cost);
  expect(middle).toBeCloseTo(((least ?? 0) + (most ?? 0)) / 2);
  expect(most).toBeGreaterThan(2 * (least ?? 0));
  expect(loadCostOf([])).toBe(least);
});
