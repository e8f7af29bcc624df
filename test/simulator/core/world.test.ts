import { describe, expect, it } from 'vitest';
import { isSerialNumber } from '../../../firmware-protocol/index.ts';
import type {
  SerialAssignment,
  SerialsSpec,
  WorldSpec,
} from '../../../simulator/core/world-spec.ts';
import { drawWorld } from '../../../simulator/core/world.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleSpec, sampleWorld } from './sample-world.ts';

const BUSY: Partial<WorldSpec> = {
  durationMs: 3_600_000,
  sessionsPerPerson: 2,
  consent: { researchShare: 0.5, withdrawDuringRun: 2, consentDuringRun: 2 },
  phoneClock: { skewMs: 250, driftPpm: 40 },
  trainerClock: { driftPpm: 100 },
};

const MOVES = { returns: 1, swaps: 2, told: { returns: true, swaps: true } };
const WRITING = { notGiven: 'mixed', order: 'mixed', emailCase: 'mixed' } as const;

describe('drawWorld', () => {
  it('draws the same world for the same spec and seed, and another one for another seed', () => {
    expect(sampleWorld(BUSY, 7)).toEqual(sampleWorld(BUSY, 7));
    const [one, two] = [sampleWorld(BUSY, 7), sampleWorld(BUSY, 8)];
    expect(one.boxes).not.toEqual(two.boxes);
    expect(one.people.map(({ sessions }) => sessions)).not.toEqual(
      two.people.map(({ sessions }) => sessions),
    );
  });

  it('keeps the spec, and ends when it says', () => {
    const world = sampleWorld();
    expect(world.spec).toEqual(sampleSpec());
    expect(world.endMs).toBe(world.spec.startMs + 600_000);
  });

  it.each<[string, Partial<WorldSpec>]>([
    ['with trainers of their own', BUSY],
    ['who register during their sessions', { ...BUSY, registration: 'during' }],
    ['in households of two', { ...BUSY, householdSize: 2 }],
    ['with three serials in turn', { ...BUSY, serials: pool(3, 'round-robin') }],
    ['with three serials at random', { ...BUSY, serials: pool(3, 'random') }],
    ['with three serials, the first one most', { ...BUSY, serials: pool(3, 'skewed') }],
    ['with namesakes', { ...BUSY, namesakes: { pairs: 3, consent: 'one' } }],
    ['who exchange their trainers', { ...BUSY, moves: MOVES }],
    ['who spell as they like', { ...BUSY, writing: WRITING }],
  ])('draws ten people %s the same, whether there is an eleventh or not', (_who, change) => {
    const ten = sampleWorld({ ...change, customers: 10 });
    const eleven = sampleWorld({ ...change, customers: 11 });
    expect(eleven.people).toHaveLength(11);
    expect(eleven.writings?.slice(0, 10)).toEqual(ten.writings);
    expect(eleven.serialChanges).toEqual(ten.serialChanges);
    for (const part of ['people', 'consents', 'phoneClocks', 'fulfilledSerials'] as const) {
      expect(eleven[part].slice(0, 10)).toEqual(ten[part]);
    }
    expect(eleven.boxes.slice(0, ten.boxes.length)).toEqual(ten.boxes);
  });

  it('opens a stream for each concern of each person, phone and box', () => {
    const names: string[] = [];
    const streams = seededStreams(1);
    drawWorld(sampleSpec({ ...BUSY, householdSize: 2, serials: pool(3, 'random') }), (name) => {
      names.push(name);
      return streams(name);
    });
    const perPerson = ['identity', 'registration', 'consent', 'fulfilment'];
    const motions = ['session:0/motion', 'session:1/motion'];
    const expected = Array.from({ length: 10 }, (_, id) => [
      ...[...perPerson, ...motions].map((concern) => `person:${id}/${concern}`),
      `phone:${id}/clock`,
      `station:${Math.floor(id / 2)}/start`,
    ]);
    const boxes = Array.from({ length: 5 }, (_, id) => `box:${id}/identity`);
    expect(names.toSorted()).toEqual([...expected.flat(), ...boxes].toSorted());
  });

  it.each([
    [10, 1, 10],
    [10, 3, 4],
    [12, 4, 3],
    [1, 4, 1],
  ])(
    'has for %d people in households of %d exactly %d trainers, all different',
    (customers, householdSize, boxes) => {
      const world = sampleWorld({ customers, householdSize, durationMs: 3_600_000 });
      expect(world.boxes.map(({ id }) => id)).toEqual(Array.from({ length: boxes }, (_, id) => id));
      expect(new Set(world.boxes.map(({ serialNumber }) => serialNumber)).size).toBe(boxes);
      expect(world.boxes.every(({ serialNumber }) => isSerialNumber(serialNumber))).toBe(true);
      expect(Math.max(...world.people.map(({ station }) => station))).toBe(boxes - 1);
    },
  );

  it('draws clocks within their bounds, to both sides', () => {
    const { phoneClocks, boxes } = sampleWorld({ ...BUSY, customers: 300 });
    const values = [
      [phoneClocks.map(({ skewMs }) => skewMs), 250],
      [phoneClocks.map(({ driftPpm }) => driftPpm), 40],
      [boxes.map(({ driftPpm }) => driftPpm), 100],
    ] as const;
    for (const [drawn, bound] of values) {
      expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(bound);
      expect(Math.max(...drawn)).toBeGreaterThan(0.9 * bound);
      expect(Math.min(...drawn)).toBeLessThan(-0.9 * bound);
    }
  });

  it('has nobody, and nothing, where nobody lives', () => {
    const world = sampleWorld({ customers: 0, moves: MOVES, writing: WRITING });
    const { people, boxes, consents, fulfilledSerials, moves, writings } = world;
    expect([people, boxes, consents, fulfilledSerials, moves, writings]).toEqual(
      Array.from({ length: 6 }, () => []),
    );
  });

  it('has clocks that are exactly right when the bounds are 0', () => {
    const { phoneClocks, boxes } = sampleWorld();
    expect(phoneClocks.every(({ skewMs, driftPpm }) => skewMs === 0 && driftPpm === 0)).toBe(true);
    expect(boxes.every(({ driftPpm }) => driftPpm === 0)).toBe(true);
  });
});

describe('the serial numbers of the fulfilment website', () => {
  const fulfilledBoxes = (change: Partial<WorldSpec>): number[] => {
    const world = sampleWorld({ durationMs: 3_600_000, ...change });
    const serials = world.boxes.map(({ serialNumber }) => serialNumber);
    return world.fulfilledSerials.map((serial) => serials.indexOf(serial));
  };

  it.each<[string, Partial<WorldSpec>, readonly number[]]>([
    ['everybody gets their own', { customers: 5 }, [0, 1, 2, 3, 4]],
    ['households get the one they share', { customers: 5, householdSize: 2 }, [0, 0, 1, 1, 2]],
    [
      'three serials in turn',
      { customers: 7, serials: pool(3, 'round-robin') },
      [0, 1, 2, 0, 1, 2, 0],
    ],
    [
      'no more serials than there are trainers',
      { customers: 6, householdSize: 2, serials: pool(30, 'round-robin') },
      [0, 1, 2, 0, 1, 2],
    ],
    [
      'the serial of the next one, all of them once',
      { customers: 4, serials: pool(4, 'shifted') },
      [1, 2, 3, 0],
    ],
    [
      'the serial of the next household',
      { customers: 4, householdSize: 2, serials: pool(30, 'shifted') },
      [1, 1, 0, 0],
    ],
    ['one serial for all', { customers: 4, serials: pool(1, 'random') }, [0, 0, 0, 0]],
  ])('%s', (_what, change, boxes) => {
    expect(fulfilledBoxes(change)).toEqual(boxes);
  });

  it('skewed: the k-th of the pool to a share of log((k + 1) / k), the first ones most', () => {
    const boxes = fulfilledBoxes({ customers: 3_000, serials: pool(9, 'skewed') });
    for (let box = 0; box < 9; box++) {
      const share = boxes.filter((drawn) => drawn === box).length / 3_000;
      expect(Math.abs(share - Math.log10((box + 2) / (box + 1)))).toBeLessThan(0.03);
    }
  });

  it('at random: only serials of the pool, all of them, and not in turn', () => {
    const boxes = fulfilledBoxes({ customers: 100, serials: pool(4, 'random') });
    expect(new Set(boxes)).toEqual(new Set([0, 1, 2, 3]));
    expect(boxes).not.toEqual(boxes.map((_, id) => id % 4));
  });
});

function pool(size: number, assign: SerialAssignment): SerialsSpec {
  return { kind: 'pool', size, assign };
}
