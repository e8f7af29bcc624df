import { describe, expect, it } from 'vitest';
import { drawMoves } from '../../../simulator/core/box-moves.ts';
import type { BoxMove, SerialChange } from '../../../simulator/core/box-moves.ts';
import type { Person } from '../../../simulator/core/people.ts';
import type { World } from '../../../simulator/core/world.ts';
import type { WorldSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleSpec, sampleWorld } from './sample-world.ts';

const MOVES = { returns: 2, swaps: 2, told: { returns: true, swaps: false } };
const SPEC: Partial<WorldSpec> = {
  sessionsPerPerson: 2,
  durationMs: 1_800_000,
  moves: MOVES,
};

const movesOf = (world: World): readonly BoxMove[] => world.moves ?? [];
const changesOf = (world: World): readonly SerialChange[] => world.serialChanges ?? [];

/** The end of the last first session at a station, and the start of the first second one, of the stations given. */
function pauseOf(people: readonly Person[], stations: readonly number[]): [number, number] {
  const users = people.filter(({ station }) => stations.includes(station));
  const ends = users.map(({ sessions }) => sessions[0]?.endMs ?? Number.NaN);
  const starts = users.map(({ sessions }) => sessions[1]?.startMs ?? Number.NaN);
  return [Math.max(...ends), Math.min(...starts)];
}

describe('trainers that move', () => {
  it.each([1, 2, 3])('do so between the first and the second sessions, at seed %i', (seed) => {
    for (const householdSize of [1, 2]) {
      const customers = 10 * householdSize;
      const world = sampleWorld({ ...SPEC, customers, householdSize, durationMs: 3_600_000 }, seed);
      expect(movesOf(world)).toHaveLength(6);
      for (const { atMs, station } of movesOf(world)) {
        const partners = movesOf(world).filter((move) => move.atMs === atMs);
        const stations = partners.map((move) => move.station);
        expect(stations).toContain(station);
        const [endMs, startMs] = pauseOf(world.people, stations);
        expect(atMs).toBeGreaterThan(endMs);
        // A trainer has 10 s before the first step elsewhere, too.
        expect(startMs - atMs).toBeGreaterThanOrEqual(10_000);
      }
    }
  });

  it('are new where the old one was sent back, and each other’s where they are exchanged', () => {
    const world = sampleWorld(SPEC);
    const byStation = new Map(movesOf(world).map((move) => [move.station, move]));
    const known = new Set(world.boxes.map(({ serialNumber }) => serialNumber));
    for (const station of [0, 1]) {
      expect(byStation.get(station)?.reason).toBe('return');
      expect(known.has(byStation.get(station)?.box.serialNumber ?? '')).toBe(false);
    }
    for (const [station, other] of [
      [2, 3],
      [3, 2],
      [4, 5],
      [5, 4],
    ] as const) {
      expect(byStation.get(station)).toMatchObject({ reason: 'swap', box: world.boxes[other] });
    }
    const times = movesOf(world).map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
  });

  it('are heard of by the website only where it is told', () => {
    const world = sampleWorld(SPEC);
    expect(
      changesOf(world)
        .map(({ person }) => person)
        .toSorted((left, right) => left - right),
    ).toEqual([0, 1]);
    for (const { person, atMs, serialNumber } of changesOf(world)) {
      const move = movesOf(world).find(({ station }) => station === person);
      expect(move).toMatchObject({ atMs, box: { serialNumber } });
    }
    const told = { ...MOVES, told: { returns: false, swaps: true } };
    const others = changesOf(sampleWorld({ ...SPEC, moves: told }));
    expect(others.map(({ person }) => person).toSorted((left, right) => left - right)).toEqual([
      2, 3, 4, 5,
    ]);
  });

  it('stay where the partner of a swap does not exist', () => {
    const spec = sampleSpec({ ...SPEC, customers: 3 });
    const world = sampleWorld({ ...SPEC, customers: 3 });
    const { moves } = drawMoves(spec, {
      ...world,
      drawReplacement: () => ({ id: 99, serialNumber: 'new', driftPpm: 0 }),
      streams: seededStreams(1),
    });
    expect(moves.map(({ station }) => station).toSorted((left, right) => left - right)).toEqual([
      0, 1,
    ]);
  });

  it('change nothing else but the starts of second partners', () => {
    const [moving, still] = [
      sampleWorld(SPEC),
      sampleWorld({ sessionsPerPerson: 2, durationMs: 1_800_000 }),
    ];
    const startsOf = (world: World): (number | undefined)[] =>
      world.people.map(({ sessions }) => sessions[0]?.startMs);
    const seconds = [3, 5];
    const kept = (starts: readonly unknown[]): unknown[] =>
      starts.filter((_, station) => !seconds.includes(station));
    expect(kept(startsOf(moving))).toEqual(kept(startsOf(still)));
    expect(moving.boxes).toEqual(still.boxes);
    expect(moving.consents.map(([first]) => first)).toEqual(still.consents.map(([first]) => first));
  });
});
