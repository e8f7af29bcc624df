import { expect, test } from 'vitest';
import { changedModels, readsAny } from '../../../pipeline/variants/changed-models.ts';

const SHIPPED = [
  { name: 'a', sql: 'SELECT 1' },
  { name: 'b', sql: 'SELECT 2' },
];

test('a model is changed when its text is another one, or when it is new', () => {
  const models = [...SHIPPED.slice(0, 1), { name: 'b', sql: 'SELECT 3' }, { name: 'c', sql: '' }];
  expect([...changedModels(SHIPPED, models)]).toEqual(['b', 'c']);
});

test('a model reads the tables that its text names, and not those of its comments', () => {
  const model = { name: 'b', sql: '-- made from c\nSELECT x FROM a' };
  expect(readsAny(model, new Set(['a']))).toBe(true);
  expect(readsAny(model, new Set(['c', 'aa']))).toBe(false);
});
