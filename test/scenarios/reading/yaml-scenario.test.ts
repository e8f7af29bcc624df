import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import {
  BAD_YAML,
  CONTRADICTIONS,
  MISSING_KEYS,
  RIGHT_FILE,
  UNKNOWN_KEYS,
  WRONG_VALUES,
} from './wrong-files.ts';
import { WRONG_LIMITS } from './wrong-limits.ts';
import { WIRE_CONTRADICTIONS, WRONG_WIRE_VALUES } from './wrong-wire-faults.ts';

/** What is said about a text, line by line; whatever else is thrown stays thrown. */
function complaintsOf(text: string): string[] {
  try {
    parseScenario(text, 'walk.yaml');
    return [];
  } catch (error) {
    if (error instanceof ScenarioError && error.code === 'SCENARIO_INVALID') {
      return error.message.split('\n');
    }
    throw error;
  }
}

function change(replaced: string, replacement: string): string {
  return replaced === '' ? RIGHT_FILE + replacement : RIGHT_FILE.replace(replaced, replacement);
}

test('a right file is read', () => {
  expect(complaintsOf(RIGHT_FILE)).toEqual([]);
  expect(parseScenario(RIGHT_FILE, 'walk.yaml')).toMatchObject({ name: 'Four people walk' });
});

describe('an unknown key', () => {
  test.each(UNKNOWN_KEYS)('%s', (_, replaced, replacement, complaints) => {
    const located = complaints.map((complaint) => `walk.yaml:${complaint}`);
    expect(complaintsOf(change(replaced, replacement))).toEqual(located);
  });
});

describe('a wrong value', () => {
  test.each([...WRONG_VALUES, ...WRONG_LIMITS, ...WRONG_WIRE_VALUES])(
    '%s',
    (_, replaced, replacement, complaints) => {
      const located = complaints.map((complaint) => `walk.yaml:${complaint}`);
      expect(complaintsOf(change(replaced, replacement))).toEqual(located);
    },
  );
});

describe('a file without', () => {
  test.each(MISSING_KEYS)('%s', (_, replaced, replacement, complaints) => {
    const located = complaints.map((complaint) => `walk.yaml:${complaint}`);
    expect(complaintsOf(change(replaced, replacement))).toEqual(located);
  });
});

describe('values that are right each, and wrong together', () => {
  test.each([...CONTRADICTIONS, ...WIRE_CONTRADICTIONS])(
    '%s',
    (_, replaced, replacement, complaints) => {
      const located = complaints.map((complaint) => `walk.yaml:${complaint}`);
      expect(complaintsOf(change(replaced, replacement))).toEqual(located);
    },
  );
});

describe('a file that is', () => {
  test.each(BAD_YAML)('%s', (_, replaced, replacement, complaints) => {
    const located = complaints.map((complaint) => `walk.yaml:${complaint}`);
    expect(complaintsOf(change(replaced, replacement))).toEqual(located);
  });

  test('a small file that would grow without end', () => {
    const levels = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x, x, x, x, x, x, x, x, x, x]'
        : `l${level}: &l${level} [${`*l${level - 1}, `.repeat(9)}*l${level - 1}]`,
    );
    const [complaint, ...others] = complaintsOf(levels.join('\n'));
    expect(complaint).toMatch(/^walk\.yaml:1:1: not valid YAML: Excessive alias count/);
    expect(others).toEqual([]);
  });
});

test('of a file that is broken only the first place is told, with the quotes that are missing', () => {
  const faults =
    "faults:\n  - { kind: garble, on: trainer[9], at: 1m }\n  - { kind: garble, on: 'trainer[8]' }\n";
  expect(complaintsOf(RIGHT_FILE + faults)).toEqual([
    "walk.yaml:11:32: not valid YAML: Unexpected flow-seq-start at node end. Within braces, put trainer[9] in quotes: 'trainer[9]'",
  ]);
});

test('the whole file is checked at once, and complaints come in the order of the file', () => {
  const text = RIGHT_FILE.replace('50%', '5').replace('5m', '5').replace('lost: 0', 'lots: 0');
  const places = complaintsOf(`colour: red\n${text}`).map((line) =>
    line.split(': ').slice(0, 2).join(': '),
  );
  expect(places).toEqual([
    'walk.yaml:1:1: colour',
    'walk.yaml:7:24: world.consent.research',
    'walk.yaml:8:18: run.duration',
    'walk.yaml:10:3: expect.landing.lots',
  ]);
});

test('a key that is a map of several lines is complained about in one line', () => {
  const complaints = complaintsOf(change('world:', '? world:'));
  expect(complaints.length).toBeGreaterThan(0);
  for (const complaint of complaints) expect(complaint).toMatch(/^walk\.yaml:\d+:\d+: ./);
});

describe('whatever a file holds', () => {
  const word = fc.constantFrom(
    'version',
    'world',
    'faults',
    'kind',
    'garble',
    'expect',
    '1',
    '5m',
    '50%',
    'x',
    '~',
    '',
  );
  const written = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(word, tie('value'), { maxKeys: 5 }),
  })).value;

  test('it is a scenario or a complaint that names the file, line and column', () => {
    fc.assert(
      fc.property(written, (value) => {
        const complaints = complaintsOf(JSON.stringify(value));
        expect(complaints.length).toBeGreaterThan(0);
        for (const complaint of complaints) expect(complaint).toMatch(/^walk\.yaml:\d+:\d+: ./);
      }),
    );
  });

  test('a right file with a stretch of it replaced is as well', () => {
    const stretch = fc.record({
      from: fc.nat(RIGHT_FILE.length),
      length: fc.nat(12),
      text: fc.oneof(
        word,
        fc.constantFrom(
          '*a',
          '&a',
          '!!int',
          '- ',
          '? ',
          ': ',
          '{',
          '[',
          '"',
          '\n  ',
          '\t',
          '---\n',
          '\u0000',
        ),
      ),
    });
    fc.assert(
      fc.property(stretch, ({ from, length, text }) => {
        const changed = RIGHT_FILE.slice(0, from) + text + RIGHT_FILE.slice(from + length);
        for (const complaint of complaintsOf(changed)) {
          expect(complaint).toMatch(/^walk\.yaml:\d+:\d+: ./);
        }
      }),
      { numRuns: 300 },
    );
  });
});
