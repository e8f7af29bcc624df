import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SCHEMA_FILE } from '../../scenarios/json-schema.ts';
import { findScenarioFiles } from '../../scenarios/listing/scenario-folder.ts';
import { RIGHT_FILE, UNKNOWN_KEYS } from './reading/wrong-files.ts';
import { WRONG_LIMITS } from './reading/wrong-limits.ts';

/** What an editor does with the schema that is checked in. */
const ajv = new Ajv({ allErrors: true });
ajvFormats.default(ajv);
const validate = ajv.compile(JSON.parse(await readFile(SCHEMA_FILE, 'utf8')) as object);

/** Where the schema finds something wrong. */
function faultsIn(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath }) => instancePath);
}

test('the schema for editors takes every file of the catalogue', async () => {
  const catalogue = fileURLToPath(new URL('../../scenarios/catalogue/', import.meta.url));
  const files = await findScenarioFiles(catalogue);
  expect(files.length).toBeGreaterThanOrEqual(40);
  const faults: string[] = [];
  for (const file of files) {
    const found = faultsIn(await readFile(file, 'utf8'));
    faults.push(...found.map((place) => `${file} ${place}`));
  }
  expect(faults).toEqual([]);
});

describe('the schema for editors refuses', () => {
  test.each([
    ['a share beyond all', RIGHT_FILE.replace('50%', '150%'), '/world/consent/research'],
    ['a hundred and a bit', RIGHT_FILE.replace('50%', '100.1%'), '/world/consent/research'],
    ['no oracle', RIGHT_FILE.replace(/expect:[^]*$/, 'expect: {}'), '/expect'],
    [
      'no oracle but what must have happened',
      RIGHT_FILE.replace('landing.lost: 0', 'sometimes: [serial-shared]'),
      '/expect',
    ],
  ])('%s', (_, text, place) => {
    expect(faultsIn(text)).toContain(place);
  });

  test.each(WRONG_LIMITS)('%s', (_, replaced, replacement) => {
    expect(faultsIn(RIGHT_FILE.replace(replaced, replacement)).join()).toMatch(/^\/expect/);
  });

  test.each(UNKNOWN_KEYS.filter(([what]) => !/prototype|no word/.test(what)))(
    'an unknown key %s',
    (_, replaced, replacement) => {
      const text =
        replaced === '' ? RIGHT_FILE + replacement : RIGHT_FILE.replace(replaced, replacement);
      expect(faultsIn(text).length).toBeGreaterThan(0);
    },
  );
});

test.each(['0%', '7.5%', '100%', '100.0%'])('the schema for editors takes %s', (share) => {
  expect(faultsIn(RIGHT_FILE.replace('50%', share))).toEqual([]);
});

test.each([
  ['landing.lost: { max: 20 }'],
  ['landing.clockError: 2.5'],
  ['attribution.precision: 1'],
  ['attribution.precision: 99.5%'],
  ['attribution.precision: { min: 95% }'],
])('the schema for editors takes the limit %s', (limit) => {
  expect(faultsIn(RIGHT_FILE.replace('landing.lost: 0', limit))).toEqual([]);
});
