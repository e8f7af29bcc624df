import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../scenarios/catalogue.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { loadFingerprints } from '../../../scenarios/mutants/fingerprints.ts';

test('the stored fingerprints are those of all mutants, in scenarios that there are', async () => {
  const prints = loadFingerprints();
  expect(Object.keys(prints).toSorted()).toEqual([...MUTANTS.map(({ id }) => id), 'classic']);
  const files = new Set((await loadCatalogue()).map(({ file }) => file));
  const keys = Object.values(prints).flatMap((scenarios) => Object.keys(scenarios));
  expect(keys.filter((key) => !files.has(key.split('#')[0] ?? ''))).toEqual([]);
  // A mutant that fails nothing could not be known again.
  const silent = Object.entries(prints).filter(([, cells]) => Object.keys(cells).length === 0);
  expect(silent).toEqual([]);
});
