import { expect, test } from 'vitest';
import { sumCoverage } from '../../../scenarios/exhibits/suite-coverage.ts';
import { ORACLE_IDS } from '../../../scenarios/oracles/ids.ts';
import { OCCURRENCES } from '../../../simulator/index.ts';

test('counts the runs in which a fault struck and an oracle could have noticed it', () => {
  const coverage = sumCoverage([
    { faults: { 'line-garbled': 3 }, oracles: { 'landing.lost': 10, 'landing.damaged': 0 } },
    { faults: { 'line-garbled': 2, 'line-cut': 1 }, oracles: { 'landing.lost': 10 } },
    { faults: {}, oracles: { 'ml.pairing': 4 } },
  ]);
  expect(coverage.faults).toEqual([
    { fault: 'line-cut', runs: 1, times: 1, oracles: { 'landing.lost': 1 } },
    { fault: 'line-garbled', runs: 2, times: 5, oracles: { 'landing.lost': 2 } },
  ]);
  expect(coverage.oracles).toEqual({ 'landing.lost': 2, 'ml.pairing': 1 });
  expect(coverage.neverAsked).toContain('landing.damaged');
  expect(coverage.neverHappened).not.toContain('line-cut');
});

test('without runs nothing happened and nothing was asked', () => {
  expect(sumCoverage([])).toEqual({
    faults: [],
    neverHappened: OCCURRENCES,
    oracles: {},
    neverAsked: ORACLE_IDS,
  });
});
