import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatShrunk } from '../../../scenarios/shrink/shrunk-file.ts';

const WRITTEN = {
  expect: { 'landing.lost': 0 },
  world: { customers: 2 },
  name: 'A walk',
  version: 1,
};
const TOLD = { name: 'One lost reading', about: 'It is lost.', pipeline: 'classic' } as const;
const HEAD = { from: 'walk.yaml', oracle: 'landing.lost', repro: 'npx stedi run x' };

test('a shrunk scenario tells where it is from, and has its keys in the order of reading', () => {
  const text = formatShrunk(WRITTEN, { ...HEAD, ...TOLD });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# Shrunk from walk.yaml: landing.lost fails.',
    '# npx stedi run x',
    'version: 1',
  ]);
  expect(Object.keys(parse(text) as object)).toEqual([
    'version',
    'name',
    'about',
    'tags',
    'world',
    'pipeline',
    'expect',
  ]);
});

test('it runs with the pipeline that failed, whatever the whole scenario names', () => {
  const expected = { ...WRITTEN, ...TOLD, tags: ['regression'] };
  for (const written of [WRITTEN, { ...WRITTEN, pipeline: 'strict', tags: ['smoke'] }]) {
    expect(parse(formatShrunk(written, { ...HEAD, ...TOLD }))).toEqual(expected);
  }
});
