import { expect, test } from 'vitest';
import { MUTANTS } from '../../../scenarios/mutants/index.ts';
import { pipelineNamed } from '../../../scenarios/mutants/named-pipeline.ts';

test.each(['strict', 'classic'] as const)('%s is one that comes with the product', (name) => {
  expect(pipelineNamed(name)).toMatchObject({ name, expects: name });
});

test('every mutant goes by its id, and is held to what its base promises', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  for (const { id, base } of MUTANTS) {
    expect(pipelineNamed(`mutant:${id}`)).toMatchObject({ name: `mutant:${id}`, expects: base });
  }
});

test.each(['', 'Strict', 'mutant', 'mutant:', 'mutant:M00', 'mutant:m01', 'mutant:M01 ', 'M01'])(
  '"%s" is none',
  (name) => {
    expect(pipelineNamed(name)).toBeUndefined();
  },
);
