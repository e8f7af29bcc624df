import { expect, test } from 'vitest';
import { makeExhibits } from '../../../scenarios/exhibits/exhibits.ts';
import { sampleOracle } from '../report/sample-run.ts';
import { evidenceWith } from '../small-world.ts';

test('coverage has what happened, and the chances of the oracles that were asked', () => {
  const evidence = evidenceWith({
    occurrences: (occurrence) => (occurrence === 'line-garbled' ? 3 : 0),
  });
  const oracles = [
    sampleOracle({ id: 'landing.lost', chances: 18 }),
    sampleOracle({ id: 'sometimes.line-garbled', chances: 1 }),
  ];
  const { coverage, session } = makeExhibits(evidence, oracles);
  expect(coverage).toEqual({ faults: { 'line-garbled': 3 }, oracles: { 'landing.lost': 18 } });
  expect(session).toBeUndefined();
});

test('nothing personal is in the exhibits', () => {
  expect(JSON.stringify(makeExhibits(evidenceWith(), []))).not.toMatch(/@|walker/i);
});
