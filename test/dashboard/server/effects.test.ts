import { expect, test } from 'vitest';
import { Effects } from '../../../dashboard/server/effects.ts';
import type { Judged } from '../../../dashboard/judge/index.ts';
import { verdictOf } from './fake-state.ts';

/** A judgement in which strict has so many rows about person 0, of whom the feed tells until `toldMs`. */
function judged(strict: number, toldMs: number): Judged {
  return {
    verdict: verdictOf(1),
    landed: {
      objects: 0,
      rows: 0,
      quarantined: 0,
      unexpected: 0,
      toldUntilMs: [toldMs],
      readingsUntilMs: undefined,
      stepsOf: [],
      samplesOf: [],
    },
    rowsOf: { strict: [strict], classic: [412] },
  };
}

const WITHDREW = {
  deed: { do: 'consent', person: 0, isGiven: false },
  atMs: 100,
  people: [0],
} as const;

test('an effect is told once, when a verdict knows of the deed', () => {
  const effects = new Effects();
  effects.take(judged(3, 50));
  effects.await(WITHDREW, 'Ana withdrew consent');
  expect(effects.take(judged(412, 50))).toEqual([]);
  expect(effects.take(judged(0, 100))).toEqual([
    'Ana withdrew consent: strict dropped 412 rows, classic kept them',
  ]);
  expect(effects.take(judged(0, 100))).toEqual([]);
});

test('before the first verdict there is nothing to hold a deed against', () => {
  const effects = new Effects();
  effects.await(WITHDREW, 'Ana withdrew consent');
  expect(effects.take(judged(0, 100))).toEqual([]);
});

test('a deed that is taken back is not waited for any longer', () => {
  const effects = new Effects();
  effects.take(judged(412, 50));
  effects.await(WITHDREW, 'Ana withdrew consent');
  const back = { ...WITHDREW, deed: { ...WITHDREW.deed, isGiven: true }, atMs: 200 };
  effects.await(back, 'Ana gave consent');
  expect(effects.take(judged(0, 150))).toEqual([]);
});
