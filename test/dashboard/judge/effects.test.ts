import { describe, expect, test } from 'vitest';
import type { Deed } from '../../../dashboard/api.ts';
import { tellEffect } from '../../../dashboard/judge/index.ts';
import { judgedWith } from './small-judged.ts';
import type { JudgedChanges } from './small-judged.ts';

const AT_MS = 100_000;
const TOLD = { toldUntilMs: [0, AT_MS] };
const SEEN = { readingsUntilMs: AT_MS + 5_000 };

function effect(deed: Deed, before: JudgedChanges, after: JudgedChanges): string | undefined {
  return tellEffect({ deed, atMs: AT_MS, people: [1] }, judgedWith(before), judgedWith(after));
}

describe('a withdrawal', () => {
  const withdrawal: Deed = { do: 'consent', person: 1, isGiven: false };
  const had = { rowsOf: { strict: [9, 412], classic: [9, 412] } };

  test('is told when the customer feed tells of it, and not before', () => {
    expect(
      effect(withdrawal, had, { landed: { toldUntilMs: [AT_MS, AT_MS - 1] } }),
    ).toBeUndefined();
    expect(
      effect(withdrawal, had, { rowsOf: { strict: [9, 0], classic: [9, 412] }, landed: TOLD }),
    ).toBe('strict dropped 412 rows, classic kept them');
  });

  test.each([
    [[412, 0], [380, 390], 'strict dropped 412 rows, classic keeps 390 rows about them'],
    [
      [412, 12],
      [380, 80],
      'strict dropped 400 rows and holds 12, classic dropped 300 rows and holds 80',
    ],
    [[5, 5], [0, 0], 'strict still holds 5 rows about them, classic had none'],
    [[0, 0], [1, 1], 'strict had no rows about them, classic keeps 1 row about them'],
    [[0, 0], [0, 0], 'neither pipeline had rows about them'],
  ] as const)('of strict %j and classic %j', ([s0, s1], [c0, c1], told) => {
    const before = { rowsOf: { strict: [0, s0], classic: [0, c0] } };
    const after = { rowsOf: { strict: [0, s1], classic: [0, c1] }, landed: TOLD };
    expect(effect(withdrawal, before, after)).toBe(told);
  });
});

test('consent that is given is told once there are rows', () => {
  const given: Deed = { do: 'consent', person: 1, isGiven: true };
  expect(effect(given, {}, { landed: TOLD })).toBeUndefined();
  const after = { landed: TOLD, rowsOf: { strict: [0, 1_200], classic: [0, 0] } };
  expect(effect(given, {}, after)).toBe('strict took in 1,200 rows, classic took in none');
});

test('another pool of serial numbers shows in whose steps are whose', () => {
  const deed: Deed = { do: 'serials', pool: 8 };
  const before = { strict: { steps: 100 }, classic: { steps: 200, misattributed: 10 } };
  const after = {
    strict: { steps: 100 },
    classic: { steps: 300, misattributed: 192 },
    landed: TOLD,
  };
  expect(effect(deed, before, { ...after, landed: {} })).toBeUndefined();
  expect(effect(deed, before, after)).toBe(
    'classic gives 64 % of its steps to the wrong person (before: 5 %), strict gives 0 % of its steps to the wrong person (before: 0 %)',
  );
  expect(effect(deed, {}, { landed: TOLD })).toContain('(before: none)');
});

test('clocks that go wrong show in the pairs that come afterwards', () => {
  const deed: Deed = { do: 'skew', ms: 300 };
  const before = { classic: { pairs: 100, mismatched: 20 }, strict: { pairs: 50 } };
  const after = { classic: { pairs: 912, mismatched: 810 }, strict: { pairs: 50 } };
  expect(
    effect(deed, before, { ...after, landed: { readingsUntilMs: AT_MS + 4_999 } }),
  ).toBeUndefined();
  expect(effect(deed, before, { ...after, landed: SEEN })).toBe(
    'classic added 812 pairs, 790 of them of two people, strict found no more pairs of step and phone',
  );
});

test('boxes that change places show in the steps that come afterwards', () => {
  const deed: Deed = { do: 'swap', station: 1, with: 2 };
  const before = { classic: { steps: 10 }, strict: { steps: 10, misattributed: 1 } };
  const after = { classic: { steps: 11, misattributed: 1 }, strict: { steps: 9 }, landed: SEEN };
  expect(effect(deed, before, after)).toBe(
    "classic took in 1 step, 1 of them somebody else's, strict took in no more steps",
  );
});

test('a cable that is pulled shows in what has landed of those who exercise there', () => {
  const landed = { ...SEEN, stepsOf: [70, 10], samplesOf: [0, 250] };
  const before = { landed: { stepsOf: [0, 10], samplesOf: [0, 150] } };
  expect(effect({ do: 'unplug', station: 1, isOn: true }, before, { landed })).toBe(
    '100 phone samples and 0 steps from there have landed since',
  );
  const plugged: Deed = { do: 'unplug', station: 1, isOn: false };
  expect(effect(plugged, before, { landed })).toBeUndefined();
  expect(effect(plugged, before, { landed: { ...landed, stepsOf: [70, 30] } })).toBe(
    '20 steps from there have landed since',
  );
});

test('a line that garbles shows in quarantine', () => {
  const deed: Deed = { do: 'garble', station: 1, isOn: true };
  expect(effect(deed, {}, {})).toBeUndefined();
  expect(effect(deed, {}, { landed: { quarantined: 37 } })).toBe(
    'the bridge refused 37 lines, no damaged row landed',
  );
  expect(effect(deed, {}, { landed: { quarantined: 1, unexpected: 2 } })).toBe(
    'the bridge refused 1 line, 2 damaged rows landed',
  );
});

test('what was away shows when it is back', () => {
  const after = { landed: { rows: 812 } };
  expect(effect({ do: 'broker', isUp: false }, {}, after)).toBeUndefined();
  expect(effect({ do: 'broker', isUp: true }, {}, {})).toBeUndefined();
  expect(effect({ do: 'storage', isUp: true }, {}, after)).toBe('812 rows have landed since');
});

test('what changes no data has no effect', () => {
  const after = { landed: { ...SEEN, ...TOLD } };
  expect(effect({ do: 'policy', policy: 'classic' }, {}, after)).toBeUndefined();
  expect(effect({ do: 'pause', isOn: true }, {}, after)).toBeUndefined();
});
