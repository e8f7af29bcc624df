import { expect, it } from 'vitest';
import { sumCoverage } from '../../../scenarios/exhibits/suite-coverage.ts';
import { renderCoverage } from '../../../scenarios/report/coverage-section.ts';
import type { Html } from '../../../presentation/index.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from '../../presentation/parsed-page.ts';

const RUNS = [
  { faults: { 'line-garbled': 3 }, oracles: { 'landing.lost': 10, 'ml.pairing': 0 } },
  { faults: { 'line-garbled': 1, 'serial-shared': 2 }, oracles: { 'ml.pairing': 4 } },
  { faults: {}, oracles: { 'landing.lost': 10 } },
];

it('has a row for what happened and a column for each oracle that had a chance', () => {
  const page = parsePage(renderCoverage(sumCoverage(RUNS)) as Html);
  expect(findAll(page, 'th', 'upright').map(textOf)).toEqual(['landing.lost', 'ml.pairing']);
  expect(tableCells(page)).toEqual([
    ['anything', '', '2', '1'],
    ['line-garbled', '2', '1', '1'],
    ['serial-shared', '1', '·', '1'],
  ]);
});

it('names what no run has shown', () => {
  const text = textOf(parsePage(renderCoverage(sumCoverage(RUNS)) as Html));
  expect(text).toMatch(/Never happened: .*device-swapped/);
  expect(text).toMatch(/Never asked: .*zones\.idempotence/);
});

it('can be scrolled with the keyboard where it is wider than the page', () => {
  const page = parsePage(renderCoverage(sumCoverage(RUNS)) as Html);
  expect(findOne(page, 'div', 'grid').attributes).toMatchObject({ role: 'region', tabindex: '0' });
});

it('is left out where nothing was asked', () => {
  expect(renderCoverage(sumCoverage([]))).toBeUndefined();
});
