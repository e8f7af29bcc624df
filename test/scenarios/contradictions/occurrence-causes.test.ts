import { describe, expect, test } from 'vitest';
import { findImpossibleOccurrences } from '../../../scenarios/contradictions/occurrence-causes.ts';
import { loadCatalogue } from '../../../scenarios/listing/catalogue.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import type { Scenario } from '../../../scenarios/schema/index.ts';
import { OCCURRENCES } from '../../../simulator/index.ts';
import type { Occurrence } from '../../../simulator/index.ts';

const QUIET = `version: 1
name: Four people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  consent: { research: 100% }
run: { duration: 20m }
expect: { landing.lost: 0 }
`;

/** The scenario as if it insisted on something. */
function insisting(text: string, sometimes: readonly Occurrence[]): Scenario {
  const scenario = parseScenario(text, 'walk.yaml');
  return { ...scenario, expect: { ...scenario.expect, sometimes: [...sometimes] } };
}

/** What of all that may happen can happen in a scenario. */
function possibleIn(text: string): Occurrence[] {
  const impossible = findImpossibleOccurrences(insisting(text, OCCURRENCES));
  const places = new Set(impossible.map(({ path }) => path.at(-1)));
  return OCCURRENCES.filter((_, index) => !places.has(index));
}

const world = (line: string): string =>
  QUIET.replace('customers: 4\n', `customers: 4\n  ${line}\n`);
const consent = (keys: string): string =>
  QUIET.replace('research: 100%', `research: 100%, ${keys}`);
const fault = (keys: string): string => `${QUIET}faults: [{ ${keys} }]\n`;

test('in a quiet world nothing of it can happen', () => {
  expect(possibleIn(QUIET)).toEqual([]);
});

describe('what can happen with', () => {
  test.each<[string, Occurrence[]]>([
    [world('emails: { case: mixed }'), ['address-respelled']],
    [world('namesakes: { pairs: 1 }'), ['address-shared']],
    [world('households: { size: 2 }'), ['serial-shared', 'trainer-shared']],
    [world('serials: { pool: 3 }'), ['serial-shared']],
    [world('serials: { pool: 4 }'), []],
    [world('serials: { pool: 4, assign: random }'), ['serial-shared']],
    [world('sessions: { perPerson: 2 }\n  returns: { trainers: 1 }'), ['box-returned']],
    [
      world('sessions: { perPerson: 2 }\n  swaps: { pairs: 1, told: true }'),
      ['box-swapped', 'serial-told-anew'],
    ],
    [world('feed: { notGiven: zero }'), ['date-not-given-zero']],
    [world('feed: { notGiven: mixed }'), ['date-not-given-null', 'date-not-given-zero']],
    [world('feed: { order: mixed }'), []],
    [
      consent('giveAgainDuringRun: 1'),
      ['consent-given-again-while-streaming', 'consent-withdrawn-while-streaming'],
    ],
    [consent('onSteps: true'), []],
    [
      consent('giveDuringRun: 1, onSteps: true'),
      ['consent-given-on-a-step', 'consent-given-while-streaming'],
    ],
    [
      consent('withdrawDuringRun: 1'),
      ['consent-withdrawn-while-streaming', 'public-without-research'],
    ],
    [consent('withdrawDuringRun: 1, public: 0%'), ['consent-withdrawn-while-streaming']],
    [`${QUIET}devices: { phone: { clock: { jump: { by: 1h, at: 2m } } } }\n`, ['clock-jumped']],
    [
      `${QUIET}devices: { phone: { clock: { changes: [{ at: 1m, skew: 9ms }] } } }\n`,
      ['clock-set-anew'],
    ],
    [world('serials: { changes: [{ at: 1m }] }'), ['serial-told-anew']],
    [world('serials: { changes: [{ at: 1m, pool: 3 }] }'), ['serial-shared', 'serial-told-anew']],
    [
      consent('changes: [{ at: 1m, person: 0, research: given }]'),
      ['consent-given-while-streaming'],
    ],
    [
      consent('changes: [{ at: 1m, person: 0, research: withdrawn }]'),
      ['consent-withdrawn-while-streaming', 'public-without-research'],
    ],
    [
      consent('withdrawDuringRun: 1, changes: [{ at: 5m, person: 0, research: given }]'),
      [
        'consent-given-again-while-streaming',
        'consent-given-while-streaming',
        'consent-withdrawn-while-streaming',
        'public-without-research',
      ],
    ],
    [fault('kind: drop, on: phones, at: 0s, rate: 1%'), ['message-lost']],
    [fault('kind: drop, on: "trainer[0]", at: 0s, rate: 1%'), ['bytes-dropped']],
    [fault('kind: drop, on: "trainer[0]", at: 0s, rate: 0%'), []],
    [fault('kind: down, on: broker, at: 1m, for: 5s'), ['broker-restarted', 'message-sent-again']],
    [fault('kind: down, on: s3, at: 1m, for: 5s'), ['storage-down']],
    [fault('kind: killed, on: bridge, at: 1m'), ['bridge-killed', 'message-sent-again']],
    [fault('kind: chunks, on: "trainer[0]", at: 1m'), ['bytes-held-back']],
    [
      `${QUIET}landing: [{ kind: late-object, table: customer_landing, count: 1 }]\n`,
      ['object-late'],
    ],
    [
      QUIET.replace(
        'duration: 20m',
        'duration: 20m, swarm: { faults: [{ kind: brown-out, on: "trainer[0]", at: 1m }] }',
      ),
      ['browned-out'],
    ],
  ])('%s', (text, expected) => {
    expect(possibleIn(text)).toEqual(expected);
  });
});

test('a complaint names the place, and what it takes', () => {
  const scenario = insisting(QUIET, ['storage-slow', 'line-garbled']);
  expect(findImpossibleOccurrences(scenario)).toMatchObject([
    {
      path: ['expect', 'sometimes', 0],
      message: 'nothing in this scenario can cause storage-slow: it takes a fault of kind slow',
    },
    { path: ['expect', 'sometimes', 1], message: expect.stringContaining('of kind garble') },
  ]);
});

test('every occurrence can be caused by some scenario of the catalogue or another', async () => {
  const insisted = (await loadCatalogue()).flatMap(
    ({ scenario }) => scenario.expect.sometimes ?? [],
  );
  expect(OCCURRENCES.filter((occurrence) => !insisted.includes(occurrence))).toEqual([]);
});
