import { expect, it } from 'vitest';
import { plannedSteps, STEPS } from '../../../pipeline/run/planned-steps.ts';

it('plans the models between loading and the books, each with a cost', () => {
  const planned = plannedSteps([
    { name: 'ml_pairing', sql: '' },
    { name: 'unheard_of', sql: '' },
  ]);
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
