import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../scenarios/listing/catalogue.ts';
import type { NamedScenario } from '../../../scenarios/listing/catalogue.ts';
import { distinguish, isRedundant } from '../../../scenarios/listing/distinctions.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { loadFingerprints } from '../../../scenarios/mutants/fingerprints.ts';
import { killersIn } from '../../../scenarios/mutants/killers.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';

const NOTHING = { kills: [], traits: [], asks: [], pairs: [] };

function named(file: string, world: string, expectations: string): NamedScenario {
  const text = `version: 1
name: Some people walk
world: { start: 2022-06-18T15:00:00Z, customers: 40, consent: { research: 50% }${world} }
run: { duration: 10m }
expect: { ${expectations} }
`;
  return { file, scenario: parseScenario(text, `${file}.yaml`) };
}

const SHARED = ', serials: { pool: 4 }';

test('every scenario of the catalogue has something that no other has', async () => {
  const scenarios = await loadCatalogue({ large: true });
  expect(scenarios.length).toBeGreaterThanOrEqual(40);
  const found = distinguish(scenarios, killersIn(loadFingerprints(), MUTANTS));
  expect(found.filter(isRedundant).map(({ file }) => file)).toEqual([]);
});

test('a scenario like another one has nothing, whatever it is called', () => {
  const twins = ['a', 'b'].map((file) => named(file, SHARED, 'landing.lost: 0'));
  const found = distinguish(twins, new Map());
  expect(found).toEqual(['a', 'b'].map((file) => ({ file, ...NOTHING })));
  expect(found.every(isRedundant)).toBe(true);
});

test('a setting, an oracle or an occurrence may be its own', () => {
  const found = distinguish(
    [
      named('a', SHARED, 'landing.lost: 0'),
      named('b', ', registration: during', 'landing.lost: 0'),
      named('c', SHARED, 'landing.lost: 0, zones.missing: 0'),
      named('d', SHARED, 'landing.lost: 0, sometimes: [serial-shared]'),
    ],
    new Map(),
  );
  expect(found).toMatchObject([
    { file: 'a', ...NOTHING },
    { file: 'b', traits: ['world.registration: during'], asks: [] },
    { file: 'c', traits: [], asks: ['zones.missing'] },
    { file: 'd', traits: [], asks: ['sometimes: serial-shared'] },
  ]);
});

test('a mutant may be its own, if nothing else kills it', () => {
  const twins = ['a', 'b'].map((file) => named(file, '', 'landing.lost: 0'));
  const killers = new Map([
    ['M01', new Set(['a'])],
    ['M02', new Set(['a', 'b'])],
  ]);
  expect(distinguish(twins, killers).map(({ kills }) => kills)).toEqual([['M01'], []]);
});

test('a setting under an oracle counts, where there is nothing else', () => {
  const found = distinguish(
    [
      named('a', SHARED, 'landing.lost: 0, privacy.leaks: 0'),
      named('b', SHARED, 'landing.lost: 0'),
      named('c', '', 'landing.lost: 0, privacy.leaks: 0'),
    ],
    new Map(),
  );
  expect(found.map(({ pairs }) => pairs)).toEqual([
    [{ trait: 'world.serials.pool: 3–9', oracles: ['privacy.leaks'] }],
    [],
    [],
  ]);
});
