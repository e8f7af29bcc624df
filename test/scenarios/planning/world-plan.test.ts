import { describe, expect, test } from 'vitest';
import { findWorldContradictions, toWorldSpec } from '../../../scenarios/planning/world-plan.ts';
import { scenarioSchema } from '../../../scenarios/schema/index.ts';
import type { Scenario } from '../../../scenarios/schema/index.ts';

const START_MS = Date.UTC(2022, 5, 18, 15);

/** Twenty people in ten households for 20 minutes, with more keys of the world and of the phones' clocks. */
function scenarioOf(world: object, clock: object = {}): Scenario {
  return scenarioSchema.parse({
    version: 1,
    name: 'Twenty people walk',
    world: {
      start: '2022-06-18T15:00:00Z',
      customers: 20,
      households: { size: 2 },
      consent: { research: '50%' },
      ...world,
    },
    devices: { phone: { clock } },
    run: { duration: '20m' },
    expect: { 'landing.lost': 0 },
  });
}

describe('the world of a plan', () => {
  test('says nothing of what the scenario leaves out', () => {
    expect(toWorldSpec(scenarioOf({}))).toEqual({
      startMs: START_MS,
      durationMs: 1_200_000,
      customers: 20,
      householdSize: 2,
      sessionsPerPerson: 1,
      registration: 'before',
      serials: { kind: 'own' },
      consent: { researchShare: 0.5, withdrawDuringRun: 0, consentDuringRun: 0 },
      phoneClock: { skewMs: 0, driftPpm: 0 },
      trainerClock: { driftPpm: 0 },
    });
  });

  test.each<[string, object, object]>([
    [
      'serial numbers',
      { serials: { pool: 3, assign: 'skewed' } },
      { serials: { kind: 'pool', size: 3, assign: 'skewed' } },
    ],
    [
      'trainers that are sent back',
      { returns: { trainers: 2, told: true } },
      { moves: { returns: 2, swaps: 0, told: { returns: true, swaps: false } } },
    ],
    [
      'trainers that are exchanged',
      { swaps: { pairs: 2 } },
      { moves: { returns: 0, swaps: 2, told: { returns: false, swaps: false } } },
    ],
    ['namesakes', { namesakes: { pairs: 2 } }, { namesakes: { pairs: 2, consent: 'drawn' } }],
    [
      'the feed',
      { feed: { notGiven: 'zero' } },
      { writing: { notGiven: 'zero', order: 'in-time', emailCase: 'same' } },
    ],
    [
      'e-mails',
      { emails: { case: 'mixed' } },
      { writing: { notGiven: 'absent', order: 'in-time', emailCase: 'mixed' } },
    ],
    [
      'consent',
      {
        consent: {
          research: '10%',
          public: '100%',
          friends: '0%',
          giveAgainDuringRun: 2,
          onSteps: true,
        },
      },
      {
        consent: {
          researchShare: 0.1,
          publicShare: 1,
          friendsShare: 0,
          withdrawDuringRun: 0,
          consentDuringRun: 0,
          consentAgainDuringRun: 2,
          onSteps: true,
        },
      },
    ],
  ])('has %s as they were written', (_what, world, expected) => {
    expect(toWorldSpec(scenarioOf(world))).toMatchObject(expected);
  });

  test('counts a jump of the clocks from the start of the world', () => {
    const clock = { jump: { by: '-1s', at: '2m' }, rounding: '100ms' };
    expect(toWorldSpec(scenarioOf({}, clock)).phoneClock).toEqual({
      skewMs: 0,
      driftPpm: 0,
      jump: { atMs: START_MS + 120_000, byMs: -1_000, share: 1 },
      roundingMs: 100,
    });
  });
});

describe('a world that contradicts itself', () => {
  test.each<[string, string, object, object]>([
    ['world.consent', 'more people change their mind than there are', { consent: { research: '50%', withdrawDuringRun: 7, giveDuringRun: 7, giveAgainDuringRun: 7 } }, {}],
    ['world.namesakes.pairs', 'more people share an e-mail than there are', { namesakes: { pairs: 11 } }, {}],
    ['devices.phone.clock.rounding', 'samples of namesakes cannot be told apart when their stamps are cut off', { namesakes: { pairs: 1 } }, { rounding: '1s' }],
    ['world.returns', 'there are only 10 households', { returns: { trainers: 9 }, swaps: { pairs: 1 }, sessions: { perPerson: 2 } }, {}],
    ['world.swaps', 'there are only 10 households', { swaps: { pairs: 6 }, sessions: { perPerson: 2 } }, {}],
    ['world.swaps', 'trainers move between two sessions; sessions.perPerson must be 2 or more', { swaps: { pairs: 1 } }, {}],
    ['run.duration', 'the sessions need at least 1830s', { sessions: { perPerson: 5 } }, {}],
  ])('is told at %s: %s', (path, message, world, clock) => {
    const found = findWorldContradictions(scenarioOf(world, clock));
    expect(found.map((each) => [each.path.join('.'), each.message])).toEqual([[path, message]]);
  }); // prettier-ignore

  test('is none where the numbers just fit', () => {
    const consent = { research: '0%', withdrawDuringRun: 20 };
    const world = {
      consent,
      namesakes: { pairs: 10 },
      returns: { trainers: 2 },
      swaps: { pairs: 4 },
    };
    const fitting = scenarioOf({ ...world, sessions: { perPerson: 2 } });
    expect(findWorldContradictions(fitting)).toEqual([]);
  });

  test('is one whose devices see people move in two ways', () => {
    const devicesOf = (trainer?: 'continuous', phone?: 'continuous' | 'step-test') => ({
      ...scenarioOf({}),
      devices: { trainer: { profile: trainer }, phone: { profile: phone } },
    });
    expect(findWorldContradictions(devicesOf('continuous', 'step-test'))).toMatchObject([
      { path: ['devices', 'phone', 'profile'] },
    ]);
    for (const devices of [devicesOf('continuous'), devicesOf(undefined, 'continuous')]) {
      expect(findWorldContradictions(devices)).toEqual([]);
      expect(toWorldSpec(devices).profile).toBe('continuous');
    }
    expect(toWorldSpec(devicesOf()).profile).toBeUndefined();
  });

  test('is one that is empty, unless a device was recorded elsewhere', () => {
    const empty = scenarioOf({ customers: 0 });
    expect(findWorldContradictions(empty)).toEqual([
      {
        path: ['world', 'customers'],
        message: 'with nobody and no recorded device nothing would land',
        because: ['devices.recorded'],
      },
    ]);
    const devices = { recorded: [{ file: 'bench.stlrec', at: 0 }] };
    expect(findWorldContradictions({ ...empty, devices })).toEqual([]);
  });
});
