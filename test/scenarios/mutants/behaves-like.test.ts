import { expect, test } from 'vitest';
import { behavesLike } from '../../../scenarios/mutants/behaves-like.ts';
import type { Behaviour } from '../../../scenarios/mutants/behaves-like.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import {
  parseFingerprints,
  toFingerprints,
  writeFingerprints,
} from '../../../scenarios/mutants/fingerprints.ts';

const PRINTS = {
  classic: { 'a#1': { 'ml.pairing': 12 } },
  M01: { 'a#1': { 'privacy.leaks': 8, 'zones.missing': 2 }, 'b#1': { 'privacy.leaks': 1 } },
  M02: { 'b#1': { 'privacy.leaks': 5 } },
};

function result(file: string, failures: Readonly<Record<string, number>>): Behaviour {
  const oracles = Object.entries(failures).map(([id, measured]) => ({
    id,
    measured,
    verdict: 'fail' as const,
  }));
  return { file, seed: 1, pipeline: 'glue:jobs', oracles };
}

test('a pipeline that fails the same oracles with the same values behaves like that mutant', () => {
  const results = [
    result('a', { 'privacy.leaks': 8, 'zones.missing': 2, 'landing.lost': 3 }),
    result('b', { 'privacy.leaks': 1 }),
  ];
  expect(behavesLike(results, PRINTS)[0]).toMatchObject({ mutant: 'M01', likeness: 1 });
});

test('other values count half, and what only one of both fails counts nothing', () => {
  const found = behavesLike([result('a', {}), result('b', { 'privacy.leaks': 9 })], PRINTS);
  expect(found.map(({ mutant, likeness }) => [mutant, likeness])).toEqual([['M02', 0.5]]);
});

test('a mutant of classic must explain more than classic alone', () => {
  const onTop = MUTANTS.find(({ base }) => base === 'classic')?.id ?? '';
  const prints = { classic: PRINTS.classic, [onTop]: { 'a#1': { 'ml.pairing': 12 } } };
  const failing = result('a', { 'ml.pairing': 12 });
  expect(behavesLike([failing], prints).map(({ mutant }) => mutant)).toEqual(['classic']);
  expect(behavesLike([{ ...failing, pipeline: 'classic' }], prints)).toEqual([]);
});

test('nothing is like a pipeline that passes, or of whose scenarios nothing is known', () => {
  expect(behavesLike([result('a', {})], PRINTS)).toEqual([]);
  expect(behavesLike([result('other', { 'privacy.leaks': 8 })], PRINTS)).toEqual([]);
});

test('fingerprints are read as they were written', () => {
  expect(parseFingerprints(writeFingerprints(PRINTS))).toEqual(PRINTS);
});

test('fingerprints hold what mutants and classic fail', () => {
  const failed = [{ oracle: 'ml.joinYield', measured: 1 / 3, sentence: 'A third.' }];
  const found = {
    file: 'a',
    seed: 2,
    bases: [
      { pipeline: 'strict', failed: [] },
      { pipeline: 'classic', failed },
    ] as const,
    mutants: [{ mutant: 'M01', differs: ['customer_trusted' as const], failed }],
  };
  const cell = { 'a#2': { 'ml.joinYield': 0.333333 } };
  expect(toFingerprints([found])).toEqual({ classic: cell, M01: cell });
});
