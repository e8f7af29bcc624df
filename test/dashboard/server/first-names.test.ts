import { expect, test } from 'vitest';
import { firstNames } from '../../../dashboard/server/first-names.ts';

test('people are called by first names, as far as that tells who is meant', () => {
  const names = ['Ana Abel', 'Ben Berg', 'Ben Bach', 'Cid Carr', 'Cid Dahl', 'Eve'];
  expect(firstNames(names)).toEqual([
    'Ana',
    'Ben Berg (1)',
    'Ben Bach (2)',
    'Cid C.',
    'Cid D.',
    'Eve',
  ]);
});

test('nobody is mixed up, whatever the names', () => {
  const names = ['Ana Abel', 'Ana Abel', 'Ana', 'Ana Ash', 'Ana B. Cole'];
  expect(new Set(firstNames(names)).size).toBe(names.length);
});
