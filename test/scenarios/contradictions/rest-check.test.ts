import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../../scenarios/reading/check-scenario.ts';

const RIGHT = {
  version: 1,
  name: 'Four people walk',
  world: { start: '2022-06-18T15:00:00Z', customers: 4, consent: { research: '50%' } },
  run: { duration: '5m' },
  expect: { 'landing.lost': 0 },
};

const GARBLE = { kind: 'garble', on: 'trainer[0]', at: '0s', rate: '5%' };

/** Where something is wrong, in the order in which it is told. */
function placesIn(written: unknown): string[] {
  return checkScenario(written).complaints.map(({ path }) => path.join('.'));
}

function world(change: object): object {
  return { ...RIGHT, world: { ...RIGHT.world, ...change } };
}

test('the plain file is right', () => {
  expect(placesIn(RIGHT)).toEqual([]);
});

describe('a contradiction is told beside wrong values', () => {
  test.each<[string, object, string[]]>([
    [
      'elsewhere',
      { ...world({ serials: { pool: 300 } }), tags: 'smoke', faults: [{ ...GARBLE, rate: 5 }] },
      ['tags', 'faults.0.rate', 'world.serials.pool'],
    ],
    [
      'in another change, which keeps its number',
      world({
        consent: {
          research: '50%',
          changes: [
            { at: 5, person: 1, research: 'given' },
            { at: '9m', person: 7, research: 'given' },
          ],
        },
      }),
      [
        'world.consent.changes.0.at',
        'world.consent.changes.1.at',
        'world.consent.changes.1.person',
      ],
    ],
    [
      'in the same fault',
      { ...RIGHT, faults: [{ ...GARBLE, on: 'trainer[9]', of: 1 }] },
      ['faults.0.of', 'faults.0.on'],
    ],
    [
      'in another fault, which keeps its number',
      { ...RIGHT, faults: [{ kind: 'garbled' }, { ...GARBLE, on: 'trainer[9]' }] },
      ['faults.0.kind', 'faults.1.on'],
    ],
    [
      'where something is missing',
      { ...RIGHT, version: undefined, run: { duration: '1m' } },
      ['version', 'run.duration'],
    ],
    [
      'a misspelled key does not hide what stands beside it',
      world({ serials: { pool: 9 }, colour: 'red' }),
      ['world.colour', 'world.serials.pool'],
    ],
    [
      'what cannot happen',
      { ...RIGHT, tags: 1, expect: { 'landing.lost': 0, sometimes: ['line-cut'] } },
      ['tags', 'expect.sometimes.0'],
    ],
  ])('%s', (_, written, expected) => {
    expect(placesIn(written)).toEqual(expected);
  });
});

describe('nothing is told that follows from what is wrong', () => {
  test.each<[string, object, string[]]>([
    ['a number of people', world({ customers: 'two', serials: { pool: 9 } }), ['world.customers']],
    [
      'sessions',
      world({ sessions: { perPerson: 'two' }, returns: { trainers: 1 } }),
      ['world.sessions.perPerson'],
    ],
    [
      'sessions under a misspelled key',
      world({ sesions: { perPerson: 2 }, returns: { trainers: 1 } }),
      ['world.sesions'],
    ],
    ['the only oracle', { ...RIGHT, expect: { 'landing.lots': 0 } }, ['expect.landing.lots']],
    [
      'the fault that would cause it',
      {
        ...RIGHT,
        faults: [{ ...GARBLE, kind: 'garbled' }],
        expect: { 'landing.lost': 0, sometimes: ['line-garbled'] },
      },
      ['faults.0.kind'],
    ],
    [
      'the duration',
      { ...RIGHT, run: { duration: 5 }, faults: [{ ...GARBLE, at: '4h' }] },
      ['run.duration'],
    ],
    ['everything', { ...RIGHT, world: [], run: 1 }, ['world', 'run']],
  ])('%s', (_, written, expected) => {
    expect(placesIn(written)).toEqual(expected);
  });
});

test.each([null, 'hello', [], {}, 7])('%j is told, and ends', (written) => {
  expect(placesIn(written).length).toBeGreaterThan(0);
});
