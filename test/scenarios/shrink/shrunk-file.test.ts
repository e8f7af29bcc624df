import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatShrunk } from '../../../scenarios/shrink/shrunk-file.ts';

test('a shrunk scenario tells where it is from, and has its keys in the order of reading', () => {
  const written = {
    expect: { 'landing.lost': 0 },
    world: { customers: 2 },
    name: 'A walk',
    version: 1,
  };
  const text = formatShrunk(written, {
    from: 'walk.yaml',
    oracle: 'landing.lost',
    repro: 'npx stedi run x',
  });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# Shrunk from walk.yaml: landing.lost fails.',
    '# npx stedi run x',
    'version: 1',
  ]);
  expect(parse(text)).toEqual(written);
  expect(Object.keys(parse(text) as object).slice(0, 3)).toEqual(['version', 'name', 'world']);
});
