import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../scenarios/listing/catalogue.ts';
import { findContradictions, makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import type { Scenario } from '../../../scenarios/schema/index.ts';

const catalogue = await loadCatalogue();
const START_MS = Date.UTC(2022, 5, 18, 15);

const SHORT = `version: 1
name: Four people walk
world: { start: 2022-06-18T15:00:00Z, customers: 4, consent: { research: 50% } }
run: { duration: 5m }
expect: { landing.lost: 0 }
`;

function scenario(change: (text: string) => string = (text) => text): Scenario {
  return parseScenario(change(SHORT), 'walk.yaml');
}

function withFaults(...faults: readonly string[]): Scenario {
  return scenario(
    (text) => `${text}faults:\n${faults.map((fault) => `  - { ${fault} }\n`).join('')}`,
  );
}

test('a plan says everything that a scenario leaves to defaults', () => {
  expect(makePlan(scenario(), {})).toEqual({
    version: 1,
    name: 'Four people walk',
    tags: [],
    seed: 1,
    mode: 'sim',
    speed: 10,
    pipeline: 'strict',
    baudRate: 57_600,
    world: {
      startMs: START_MS,
      durationMs: 300_000,
      customers: 4,
      householdSize: 1,
      sessionsPerPerson: 1,
      registration: 'before',
      serials: { kind: 'own' },
      consent: { researchShare: 0.5, withdrawDuringRun: 0, consentDuringRun: 0 },
      phoneClock: { skewMs: 0, driftPpm: 0 },
      trainerClock: { driftPpm: 0 },
    },
    faults: [],
    expectations: [{ oracle: 'landing.lost', limit: { max: 0 } }],
    sometimes: [],
  });
});

test('what a scenario says goes into its plan', () => {
  const full = parseScenario(
    `version: 1
name: Four people walk
tags: [smoke]
world:
  start: 2022-06-18T15:00:00Z
  customers: 6
  households: { size: 2 }
  sessions: { perPerson: 3 }
  registration: during
  serials: { pool: 2, assign: random }
  consent: { research: 25%, withdrawDuringRun: 1, giveDuringRun: 2 }
devices:
  trainer: { link: { baud: 9600 }, clock: { drift: 20ppm } }
  phone: { clock: { skew: 3ms, drift: 5ppm } }
run: { duration: 40m, mode: live, seeds: 7..9, speed: 20 }
pipeline: classic
expect: { ml.joinYield: { min: 0.95 }, landing.lost: 2, sometimes: [serial-shared] }
`,
    'walk.yaml',
  );
  expect(makePlan(full, {})).toMatchObject({
    seed: 7,
    mode: 'live',
    speed: 20,
    pipeline: 'classic',
    baudRate: 9_600,
    world: {
      householdSize: 2,
      sessionsPerPerson: 3,
      registration: 'during',
      serials: { kind: 'pool', size: 2, assign: 'random' },
      consent: { researchShare: 0.25, withdrawDuringRun: 1, consentDuringRun: 2 },
      phoneClock: { skewMs: 3, driftPpm: 5 },
      trainerClock: { driftPpm: 20 },
    },
    // In the order of the oracles, not of the file.
    expectations: [
      { oracle: 'landing.lost', limit: { max: 2 } },
      { oracle: 'ml.joinYield', limit: { min: 0.95 } },
    ],
    sometimes: ['serial-shared'],
  });
});

test('the choices of a caller come before the scenario', () => {
  const choices = { seed: 0, mode: 'live', speed: 50, pipeline: 'classic' } as const;
  expect(makePlan(scenario(), choices)).toMatchObject(choices);
  const none = { seed: undefined, mode: undefined, speed: undefined, pipeline: undefined };
  expect(makePlan(scenario(), none)).toEqual(makePlan(scenario(), {}));
});

describe('a fault', () => {
  const endMs = START_MS + 300_000;
  const wire = (damage: string): object => ({
    kind: 'wire',
    damage,
    station: 1,
    from: 'device',
    atMs: START_MS,
    untilMs: endMs,
  });

  test('of two speeds acts on both directions of the line', () => {
    const written = 'kind: wrong-baud, on: "trainer[1]", at: 0s, for: 1m, baud: 9600';
    const untilMs = START_MS + 60_000;
    expect(makePlan(withFaults(written), {}).faults).toEqual([
      { ...wire('wrong-baud'), rate: 1, untilMs, baud: { sent: 9_600, read: 57_600 } },
      {
        ...wire('wrong-baud'),
        rate: 1,
        untilMs,
        from: 'host',
        baud: { sent: 57_600, read: 9_600 },
      },
    ]);
  });

  test.each([
    [
      'kind: garble, on: "trainer[1].serial", at: 30s, for: 5s, rate: 2%',
      { ...wire('garble'), rate: 0.02, atMs: START_MS + 30_000, untilMs: START_MS + 35_000 },
    ],
    ['kind: drop, on: "trainer[1]", at: 0s, count: 3', { ...wire('drop'), rate: 1, count: 3 }],
    [
      'kind: duplicate, on: "trainer[1]", at: 0s, rate: 5%, count: 3',
      { ...wire('duplicate'), rate: 0.05, count: 3 },
    ],
    [
      'kind: merge, on: "trainer[1]", from: host, at: 0s, rate: 2%',
      { ...wire('merge'), from: 'host', rate: 0.02 },
    ],
    ['kind: partial, on: "trainer[1]", at: 0s, rate: 2%', { ...wire('partial'), rate: 0.02 }],
    ['kind: cr-only, on: "trainer[1]", at: 0s', { ...wire('cr-only'), rate: 1 }],
    [
      'kind: boot-garbage, on: "trainer[1]", at: 0s',
      { ...wire('boot-garbage'), rate: 1, baud: { sent: 74_880, read: 57_600 } },
    ],
    [
      'kind: burst, on: "trainer[1]", at: 0s',
      { kind: 'chunks', station: 1, size: 64, atMs: START_MS, untilMs: endMs },
    ],
    [
      'kind: chunks, on: "trainer[1]", at: 0s',
      { kind: 'chunks', station: 1, size: 'any', atMs: START_MS, untilMs: endMs },
    ],
    [
      'kind: brown-out, on: "trainer[1]", at: 1m',
      { kind: 'brown-out', station: 1, atMs: START_MS + 60_000 },
    ],
    [
      'kind: counter-wrap, on: "trainer[1]", at: 0s, seq: 7',
      {
        kind: 'counter-wrap',
        station: 1,
        seq: 7,
        ticks: 2 ** 32 - 60_000,
        atMs: START_MS,
        untilMs: endMs,
      },
    ],
    [
      'kind: unplug, on: "trainer[1]", at: 4m, for: 5m',
      { kind: 'unplug', station: 1, atMs: START_MS + 240_000, untilMs: endMs },
    ],
    [
      'kind: duplicate, on: phones, at: 0s, rate: 25%',
      { kind: 'duplicate', person: undefined, rate: 0.25, atMs: START_MS, untilMs: endMs },
    ],
    [
      'kind: duplicate, on: "phone[3]", at: 0s, for: 1m, rate: 25%',
      { kind: 'duplicate', person: 3, rate: 0.25, atMs: START_MS, untilMs: START_MS + 60_000 },
    ],
    [
      'kind: swap-device, on: "trainer[0]", at: 2m, with: "trainer[3]"',
      { kind: 'swap-device', station: 0, with: 3, atMs: START_MS + 120_000 },
    ],
    [
      'kind: down, on: broker, at: 3m, for: 20s',
      { kind: 'broker-down', atMs: START_MS + 180_000, untilMs: START_MS + 200_000 },
    ],
  ])('%s', (written, fault) => {
    expect(makePlan(withFaults(written), {}).faults).toEqual([fault]);
  });

  test('keeps its place among others', () => {
    const faults = [
      'kind: down, on: broker, at: 3m, for: 20s',
      'kind: unplug, on: "trainer[1]", at: 1m, for: 1s',
    ];
    const kinds = makePlan(withFaults(...faults), {}).faults.map(({ kind }) => kind);
    expect(kinds).toEqual(['broker-down', 'unplug']);
  });
});

describe('the JSON of a plan', () => {
  test('does not depend on the order of keys in the file', () => {
    const lines = SHORT.trimEnd().split('\n');
    const shuffled = parseScenario(lines.toReversed().join('\n'), 'walk.yaml');
    expect(JSON.stringify(makePlan(shuffled, {}))).toBe(JSON.stringify(makePlan(scenario(), {})));
  });

  test.each(catalogue)('of $file is the same each time, and holds the whole plan', (named) => {
    const [first, second] = [3, 3].map((seed) => makePlan(named.scenario, { seed }));
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });
});

describe('contradictions', () => {
  test('the catalogue has none', () => {
    const found = catalogue.flatMap(({ scenario: entry }) => findContradictions(entry));
    expect(found).toEqual([]);
  });

  test('a session for each member of a household and each repetition has to fit', () => {
    const spec = scenario();
    const world = { ...spec.world, households: { size: 2 }, sessions: { perPerson: 2 } };
    const needed = (duration: number): string[] =>
      findContradictions({ ...spec, world, run: { ...spec.run, duration } }).map(
        ({ message }) => message,
      );
    // 15 s before and after, and three minutes for each of four sessions.
    expect(needed(749_999)).toEqual(['the sessions need at least 750s']);
    expect(needed(750_000)).toEqual([]);
  });

  test('trainers are counted by household, phones by person', () => {
    const shared = (fault: string): string[] => {
      const spec = withFaults(fault);
      const world = { ...spec.world, households: { size: 2 } };
      const run = { ...spec.run, duration: 3_600_000 };
      return findContradictions({ ...spec, world, run }).map(({ message }) => message);
    };
    expect(shared('kind: unplug, on: "trainer[1]", at: 1m, for: 1s')).toEqual([]);
    expect(shared('kind: unplug, on: "trainer[2]", at: 1m, for: 1s')).toEqual([
      'there are only 2 trainers, numbered from 0',
    ]);
    expect(shared('kind: duplicate, on: "phone[3]", at: 1m, rate: 5%')).toEqual([]);
  });

  test('all are told', () => {
    const spec = withFaults(
      'kind: unplug, on: "trainer[1]", at: 1m, for: 1s',
      'kind: swap-device, on: "trainer[2]", at: 1m, with: "trainer[3]"',
    );
    const late = { ...spec, run: { ...spec.run, duration: 1_000 }, expect: {} };
    expect(findContradictions(late).map(({ path }) => path.join('.'))).toEqual([
      'run.duration',
      'expect',
      'faults.0.at',
      'faults.1.at',
    ]);
  });
});
