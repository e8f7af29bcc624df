import { expect, test } from 'vitest';
import { rankPeople } from '../../../scenarios/shrink/rank-people.ts';
import type { World } from '../../../simulator/index.ts';

function worldOf(
  people: readonly { startMs: number; serial: string; station?: number; email?: string }[],
): World {
  return {
    people: people.map(({ startMs, station, email }, id) => ({
      id,
      station: station ?? id,
      identity: { email: email ?? `${id}@mail.example` },
      sessions: [{ startMs }],
    })),
    fulfilledSerials: people.map(({ serial }) => serial),
  } as unknown as World;
}

test('those come first who share something, then those who exercise at the same time', () => {
  const world = worldOf([
    { startMs: 0, serial: 'a' },
    { startMs: 900, serial: 'b' },
    { startMs: 100, serial: 'c' },
    { startMs: 800, serial: 'a' },
    { startMs: 700, serial: 'd', station: 0, email: '0@mail.example' },
  ]);
  expect(rankPeople(world, [0])).toEqual([0, 4, 3, 2, 1]);
});

test('beside nobody, everybody stays in order', () => {
  const world = worldOf([1, 2, 3].map((startMs) => ({ startMs, serial: 'a' })));
  expect(rankPeople(world, [])).toEqual([0, 1, 2]);
});
