import { expect, test } from 'vitest';
import { killersIn } from '../../../scenarios/mutants/killers.ts';
import type { Mutant } from '../../../scenarios/mutants/mutant.ts';

function mutant(id: string, base: Mutant['base']): Mutant {
  return { id, title: id, base, breaks: { table: 'customer_trusted', rule: 'none' }, edits: [] };
}

test('a scenario kills a mutant where an oracle fails that its base passes', () => {
  const prints = {
    classic: { 'a#1': { 'ml.pairing': 12 }, 'b#4': {} },
    M01: { 'a#1': { 'ml.pairing': 3 }, 'b#4': {} },
    M02: { 'a#1': { 'ml.pairing': 12 }, 'b#4': { 'ml.pairing': 1 } },
    M03: { 'a#1': { 'ml.pairing': 12, 'zones.missing': 1 } },
  };
  const mutants = [
    mutant('M01', 'strict'),
    mutant('M02', 'classic'),
    mutant('M03', 'classic'),
    mutant('M04', 'strict'),
  ];
  const killers = [...killersIn(prints, mutants)].map(([id, files]) => [id, ...files]);
  expect(killers).toEqual([['M01', 'a'], ['M02', 'b'], ['M03', 'a'], ['M04']]);
});
