import { expect, it } from 'vitest';
import { BINS } from '../../../scenarios/evidence/bins.ts';
import { BIN_STORIES, countKind } from '../../../scenarios/report/bin-stories.ts';
import { sampleLedger } from './sample-run.ts';

it('tells the story of every bin once', () => {
  expect(BIN_STORIES.map(({ bin }) => bin).toSorted()).toEqual(BINS.toSorted());
});

it('counts every reading under exactly one kind', () => {
  const each = Object.fromEntries(BINS.map((bin, index) => [bin, 10 ** index]));
  const ledger = sampleLedger(each);
  expect(countKind(ledger, 'missing')).toBe(11_111);
  expect(countKind(ledger, 'right')).toBe(1_100_000);
  expect(countKind(ledger, 'wrong')).toBe(11_110_000_000);
});
