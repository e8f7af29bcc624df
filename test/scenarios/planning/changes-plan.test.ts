import { describe, expect, test } from 'vitest';
import { toSerials } from '../../../scenarios/planning/changes-plan.ts';
import { findContradictions, makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import type { Scenario } from '../../../scenarios/schema/index.ts';
import { drawWorld, seededStreams, withChange } from '../../../simulator/index.ts';
import type { World } from '../../../simulator/index.ts';

const START_MS = Date.parse('2022-06-18T15:00:00Z');

function scenarioOf(consents: string, serials: string, clocks: string, more = ''): Scenario {
  return parseScenario(
    `version: 1
name: Everything changes in the middle of a run
world:
  start: 2022-06-18T15:00:00Z
  customers: 9
  consent: { research: 50%${consents} }
  serials: { ${serials} }
${more}devices: { phone: { clock: { skew: 5ms${clocks} } } }
run: { duration: 6m }
expect: { landing.lost: 0 }
`,
    'changes.yaml',
  );
}

const CONSENTS = `, withdrawDuringRun: 2, changes: [
    { at: 3m, person: 1, research: given }, { at: 100s, person: 4, research: withdrawn },
    { at: 110s, person: 4, research: given }, { at: 100s, person: 8, research: given }]`;
const SERIALS = 'pool: 4, changes: [{ at: 1m }, { at: 4m, pool: 3, assign: random }]';
const CLOCKS = ', changes: [{ at: 90s, skew: 300ms }]';

test('changes stand in the plan in the order of their times', () => {
  const { world } = makePlan(scenarioOf(CONSENTS, SERIALS, CLOCKS), {});
  expect(world.changes).toEqual([
    { kind: 'serials', atMs: START_MS + 60_000, serials: { kind: 'own' } },
    { kind: 'phone-clock', atMs: START_MS + 90_000, skewMs: 300 },
    { kind: 'consent', atMs: START_MS + 100_000, person: 4, research: 'withdrawn' },
    { kind: 'consent', atMs: START_MS + 100_000, person: 8, research: 'given' },
    { kind: 'consent', atMs: START_MS + 110_000, person: 4, research: 'given' },
    { kind: 'consent', atMs: START_MS + 180_000, person: 1, research: 'given' },
    { kind: 'serials', atMs: START_MS + 240_000, serials: { kind: 'pool', size: 3, assign: 'random' } },
  ]); // prettier-ignore
  expect(makePlan(scenarioOf('', 'pool: 4', ''), {}).world).not.toHaveProperty('changes');
});

test('how often the website exports stands in the plan if it is said', () => {
  const { world } = makePlan(scenarioOf('', 'pool: 4', '', '  feed: { every: 10s }\n'), {});
  expect(world.exportEveryMs).toBe(10_000);
  expect(makePlan(scenarioOf('', 'pool: 4', ''), {}).world).not.toHaveProperty('exportEveryMs');
});

test.each([
  '',
  '  feed: { notGiven: mixed, order: mixed }\n  emails: { case: mixed }\n',
  '  registration: during\n',
  '  only: { people: [0, 4, 5] }\n',
])('who does the same one after the other to a world comes to the planned one: %s', (more) => {
  const { changes = [], ...still } = makePlan(
    scenarioOf(CONSENTS, SERIALS, CLOCKS, more),
    {},
  ).world;
  const streams = seededStreams(3);
  const planned = drawWorld({ ...still, changes }, streams);
  const lived = changes.reduce<World>(
    (world, change) => withChange(world, change, streams),
    drawWorld(still, streams),
  );
  expect(lived).toEqual(planned);
  expect(lived).not.toEqual(drawWorld(still, streams));
});

test('without a pool everybody has their own number', () => {
  expect(toSerials()).toEqual({ kind: 'own' });
  expect(toSerials({ pool: 3 })).toEqual({ kind: 'pool', size: 3, assign: 'round-robin' });
  expect(toSerials({ pool: 3, assign: 'skewed' })).toMatchObject({ assign: 'skewed' });
});

describe('what is refused', () => {
  test.each<[string, string, string, string]>([
    ['a change after the end', ', changes: [{ at: 6m, person: 0, research: given }]', '', ''],
    ['a person who does not exist', ', changes: [{ at: 1m, person: 9, research: given }]', '', ''],
    ['a pool that is too large', '', 'changes: [{ at: 1m, pool: 10 }]', ''],
    ['an assignment without a pool', '', 'assign: random', ''],
    ['a later assignment without a pool', '', 'changes: [{ at: 1m, assign: random }]', ''],
    ['clocks that change after the end', '', '', ', changes: [{ at: 7m, skew: 1ms }]'],
  ])('%s', (_what, consents, serials, clocks) => {
    expect(() => scenarioOf(consents, serials, clocks)).toThrow(
      /after the end of the run|only 9 (?:people|trainers)|where there is no pool/,
    );
    expect(findContradictions(scenarioOf(CONSENTS, SERIALS, CLOCKS))).toEqual([]);
  });
});
