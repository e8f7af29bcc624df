import { expect, test } from 'vitest';
import { sqlEditOf } from '../../../scenarios/mutants/apply-edits.ts';
import { edit, rewrite } from '../../../scenarios/mutants/mutant.ts';

const edits = [
  edit('strict/a', '>=', '>'),
  edit('strict/a', 'x', 'y'),
  rewrite('strict/b', 'SELECT 2'),
];
const apply = sqlEditOf({ id: 'M00', edits });

test('edits of a model are applied one after the other, and other models stay as they are', () => {
  expect(apply('strict/a', 'SELECT x >= 1')).toBe('SELECT y > 1');
  expect(apply('strict/b', 'SELECT 1')).toBe('SELECT 2');
  expect(apply('strict/c', 'SELECT x >= 1')).toBe('SELECT x >= 1');
});

test.each([
  ['SELECT x', 'not there'],
  ['SELECT x >= 1 AND 2 >= 1', 'there 2 times'],
])('an edit whose text is not once in its model is an error: %s', (sql, how) => {
  const stale = (): string => apply('strict/a', sql);
  expect(stale).toThrow(expect.objectContaining({ code: 'MUTANT_STALE' }) as Error);
  expect(stale).toThrow(`Mutant M00 replaces ">=" in the model strict/a, where it is ${how}.`);
});
