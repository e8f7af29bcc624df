import { expect, test } from 'vitest';
import { sumCoverage } from '../../../scenarios/exhibits/suite-coverage.ts';
import { formatCoverage } from '../../../scenarios/report/format-coverage.ts';

const COVERAGE = sumCoverage([
  { faults: { 'line-garbled': 3 }, oracles: { 'landing.lost': 10, 'landing.damaged': 3 } },
  { faults: { 'line-cut': 1 }, oracles: { 'landing.lost': 10 } },
]);

function linesOf(width: number): string[] {
  return formatCoverage(COVERAGE, { width, color: false }).split('\n');
}

test('each thing that happened has a row, each oracle a column with a number', () => {
  expect(linesOf(200).slice(2, 6)).toEqual([
    'What happened  runs  1  2',
    'anything             2  1',
    'line-cut          1  1  .',
    'line-garbled      1  1  1',
  ]);
  expect(linesOf(200)).toContain('Oracles: 1 landing.lost, 2 landing.damaged.');
});

test('what no run has shown stands below', () => {
  const text = linesOf(10_000).join('\n');
  expect(text).toMatch(/Never happened: .*line-ends-lost/);
  expect(text).toMatch(/Never asked, or never with a chance: .*ml\.pairing/);
  expect(text).not.toMatch(/Never happened: .*line-cut/);
});

test('on a narrow terminal the columns stand below each other', () => {
  const lines = linesOf(26);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(26);
  expect(lines.filter((line) => line.startsWith('What happened'))).toHaveLength(2);
});

test('without runs there is no table', () => {
  expect(formatCoverage(sumCoverage([]), { width: 80, color: false })).toContain('Oracles: none.');
});
