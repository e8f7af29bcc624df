import { expect, test } from 'vitest';
import { behavesLike, withLikeness } from '../../../scenarios/mutants/behaves-like.ts';
import type { Behaviour } from '../../../scenarios/mutants/behaves-like.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import {
  parseFingerprints,
  toFingerprints,
  writeFingerprints,
} from '../../../scenarios/mutants/fingerprints.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import { classicPublished, sampleOracle } from '../report/sample-run.ts';

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

test('each defect names the likest mutants that fail there with the same value', () => {
  const oracles = [
    sampleOracle({ id: 'privacy.leaks', unit: 'rows', measured: 8, verdict: 'fail' }),
    sampleOracle({ id: 'zones.missing', unit: 'rows', measured: 9, verdict: 'fail' }),
  ];
  const run = toRunDocument([classicPublished({ file: 'a', seed: 1, pipeline: 'mine', oracles })]);
  const document = withLikeness(run, PRINTS);
  expect(document.behavesLike?.map(({ mutant }) => mutant)).toEqual(['M01']);
  expect(document.defects.map(({ id, behavesLike: mutants }) => [id, mutants])).toEqual([
    ['privacy.leaks', ['M01']],
    ['zones.missing', []],
  ]);
});

test('the shipped pipeline is not compared with mutants, and what is wrong is told all the same', () => {
  const oracles = [sampleOracle({ id: 'privacy.leaks', measured: 8, verdict: 'fail' })];
  const run = toRunDocument([
    classicPublished({ file: 'a', seed: 1, pipeline: 'strict', oracles }),
  ]);
  expect(withLikeness(run, PRINTS)).toBe(run);
  expect(run.defects).toMatchObject([{ id: 'privacy.leaks', behavesLike: [] }]);
});

test('fingerprints are read as they were written', () => {
  expect(parseFingerprints(writeFingerprints(PRINTS, { scenarios: {}, mutants: {} }))).toEqual(
    PRINTS,
  );
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
