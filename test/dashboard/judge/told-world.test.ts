import { expect, test } from 'vitest';
import { toldWorld, withoutMotion } from '../../../dashboard/judge/told-world.ts';
import { ANN, BOB, CEM, CHANGE_MS, DUA, smallWorld } from '../../scenarios/small-world.ts';

test('decisions count as far as the customer feed tells of them', () => {
  const world = smallWorld();
  const told = toldWorld(world, [CHANGE_MS, undefined, CHANGE_MS - 1, CHANGE_MS]);
  expect(told.consents[ANN]).toEqual(world.consents[ANN]);
  expect(told.consents[BOB]).toEqual([]);
  expect(told.consents[CEM]).toEqual(world.consents[CEM]?.slice(0, 1));
  expect(told.consents[DUA]).toEqual(world.consents[DUA]);
});

test('a world is sent without its motion', () => {
  const world = smallWorld();
  const steps = [{ atMs: 1, distance: 210, accelerations: [] }];
  const [ann, ...others] = world.people;
  if (ann === undefined) throw new TypeError('There is nobody.');
  const moving = {
    ...world,
    people: [{ ...ann, sessions: [{ startMs: 1, endMs: 9, steps }] }, ...others],
  };
  const sent = withoutMotion(moving);
  expect(sent.people[ANN]).toEqual({ ...ann, sessions: [{ startMs: 1, endMs: 9, steps: [] }] });
  expect(sent.consents).toBe(world.consents);
});
