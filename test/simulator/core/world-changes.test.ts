import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { researchConsentFrom } from '../../../simulator/core/consent.ts';
import { customerExports, customerFeed } from '../../../simulator/core/customer-feed.ts';
import { phoneTime } from '../../../simulator/core/phone-clock.ts';
import type { PhoneClock } from '../../../simulator/core/phone-clock.ts';
import {
  nextChangeMs,
  withChange,
  withConsentChange,
  withPhoneClockChange,
  withSerialsChange,
} from '../../../simulator/core/world-changes.ts';
import { drawWorld } from '../../../simulator/core/world.ts';
import type { World } from '../../../simulator/core/world.ts';
import type { WorldChange, WorldSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleSpec, sampleWorld, WORLD_START_MS } from './sample-world.ts';

const STREAMS = seededStreams(1);
const AT_MS = WORLD_START_MS + 60_000;
const EVERYBODY = { researchShare: 1, withdrawDuringRun: 0, consentDuringRun: 0 };
const DIRTY = { notGiven: 'mixed', order: 'mixed', emailCase: 'mixed' } as const;

/** The serial number in the newest version of each customer, as the number of its box. */
function believed(world: World): (number | undefined)[] {
  const newest = new Map(
    customerFeed(world).map((row) => [row.registrationDate, row.serialNumber]),
  );
  return world.people.map(
    ({ registeredAtMs }) =>
      world.boxes.find(({ serialNumber }) => serialNumber === newest.get(registeredAtMs))?.id,
  );
}

describe('a person who changes their mind', () => {
  it('withdraws, and gives it again: each is a version of its own, and the last one rules', () => {
    const world = sampleWorld({ consent: EVERYBODY });
    const withdrawn = withConsentChange(world, { person: 3, atMs: AT_MS, research: 'withdrawn' });
    const again = withConsentChange(withdrawn, { person: 3, atMs: AT_MS + 9, research: 'given' });
    const from = [world, withdrawn, again].map(({ consents }) =>
      researchConsentFrom(consents[3] as never),
    );
    expect(from).toEqual([world.people[3]?.registeredAtMs, undefined, AT_MS + 9]);
    expect(again.consents.with(3, [])).toEqual(world.consents.with(3, []));
    expect(customerFeed(again).slice(-2)).toMatchObject([
      { lastUpdateDate: AT_MS, email: world.people[3]?.identity.email },
      { lastUpdateDate: AT_MS + 9, shareWithResearchAsOfDate: AT_MS + 9 },
    ]);
  });

  it('decides nothing by what is so already', () => {
    const world = sampleWorld({ consent: EVERYBODY });
    const same = withConsentChange(world, { person: 3, atMs: AT_MS, research: 'given' });
    expect(same.consents).toEqual(world.consents);
    expect(same.spec.changes).toHaveLength(1);
  });

  it('does not do so before having registered', () => {
    const world = sampleWorld({ registration: 'during', consent: EVERYBODY });
    const early = withConsentChange(world, {
      person: 2,
      atMs: WORLD_START_MS,
      research: 'withdrawn',
    });
    const registeredMs = world.people[2]?.registeredAtMs ?? NaN;
    expect(registeredMs).toBeGreaterThan(WORLD_START_MS);
    expect(early.consents[2]?.map(({ atMs }) => atMs)).toEqual([
      registeredMs,
      registeredMs + 1_000,
    ]);
  });

  it('still withdraws later if that was drawn', () => {
    const world = sampleWorld({ consent: { ...EVERYBODY, withdrawDuringRun: 1 } });
    const [, drawn] = world.consents[0] ?? [];
    const atMs = (drawn?.atMs ?? NaN) - 5;
    const earlier = withConsentChange(world, { person: 0, atMs, research: 'withdrawn' });
    expect(earlier.consents[0]?.map((made) => made.atMs).slice(1)).toEqual([atMs, drawn?.atMs]);
  });

  it('is nobody who is absent', () => {
    const world = sampleWorld({ consent: EVERYBODY, only: { people: [1] } });
    const change = { person: 3, atMs: AT_MS, research: 'withdrawn' } as const;
    expect(withConsentChange(world, change).consents).toEqual(world.consents);
  });
});

describe('a website that gives out serial numbers in another way', () => {
  it('writes every customer a new version with the new number', () => {
    const bugged = sampleWorld({ serials: { kind: 'pool', size: 3, assign: 'round-robin' } });
    const own = withSerialsChange(bugged, { atMs: AT_MS, serials: { kind: 'own' } }, STREAMS);
    const serials = { kind: 'pool', size: 4, assign: 'shifted' } as const;
    const shifted = withSerialsChange(own, { atMs: AT_MS + 5, serials }, STREAMS);
    expect(believed(bugged)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
    expect(believed(own)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(believed(shifted)).toEqual([1, 2, 3, 0, 1, 2, 3, 0, 1, 2]);
    expect(customerFeed(shifted)).toHaveLength(30);
    expect(customerFeed(shifted).slice(0, 10)).toEqual(customerFeed(bugged));
  });

  it('gives the number of the trainer that stands there then', () => {
    const moves = { returns: 10, swaps: 0, told: { returns: false, swaps: false } };
    const world = sampleWorld({ moves, sessionsPerPerson: 2, durationMs: 1_200_000 });
    const [move] = world.moves ?? [];
    const atMs = move?.atMs ?? NaN;
    const known = (at: number): string | undefined =>
      withSerialsChange(world, { atMs: at, serials: { kind: 'own' } }, STREAMS).serialChanges?.find(
        ({ person }) => person === move?.station,
      )?.serialNumber;
    expect(known(atMs)).toBe(move?.box.serialNumber);
    expect(known(atMs - 1)).toBe(world.boxes[move?.station ?? NaN]?.serialNumber);
  });

  it('writes the new number to whoever registers later, in the first version', () => {
    const world = sampleWorld({ registration: 'during' });
    const serials = { kind: 'pool', size: 1, assign: 'round-robin' } as const;
    const changed = withSerialsChange(world, { atMs: WORLD_START_MS - 60_000, serials }, STREAMS);
    expect(customerFeed(changed)).toHaveLength(customerFeed(world).length);
    expect(believed(changed)).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('draws anew for each time', () => {
    const world = sampleWorld({ customers: 40 });
    const serials = { kind: 'pool', size: 40, assign: 'random' } as const;
    const first = withSerialsChange(world, { atMs: AT_MS, serials }, STREAMS);
    const second = withSerialsChange(world, { atMs: AT_MS + 1, serials }, STREAMS);
    expect(believed(first)).not.toEqual(believed(second));
  });
});

describe('clocks that are set anew', () => {
  it('are off by the same part of another bound, from then on', () => {
    const world = sampleWorld({ phoneClock: { skewMs: 10, driftPpm: 0 } });
    const change = { atMs: AT_MS, skewMs: 1_000 };
    const changed = withPhoneClockChange(world, change, STREAMS);
    for (const [id, clock] of world.phoneClocks.entries()) {
      const anew = changed.phoneClocks[id] as PhoneClock;
      const shown = (of: PhoneClock, atMs: number): number => phoneTime(of, WORLD_START_MS, atMs);
      expect(shown(anew, AT_MS - 1)).toBe(shown(clock, AT_MS - 1));
      expect(shown(anew, AT_MS) - AT_MS).toBe(Math.round(100 * clock.skewMs));
    }
  });

  it('have their part of a bound also where there was none at first', () => {
    const change = { atMs: AT_MS, skewMs: 1_000 };
    const sharp = withPhoneClockChange(sampleWorld(), change, STREAMS);
    const dull = sampleWorld({ phoneClock: { skewMs: 1_000, driftPpm: 0 } });
    expect(sharp.phoneClocks.map(({ changes }) => changes?.[0]?.skewMs)).toEqual(
      dull.phoneClocks.map(({ skewMs }) => skewMs),
    );
  });
});

const change: fc.Arbitrary<WorldChange> = fc.oneof(
  fc.record({
    kind: fc.constant('consent' as const),
    atMs: fc.integer({ min: AT_MS, max: AT_MS + 500_000 }),
    person: fc.nat(9),
    research: fc.constantFrom('given' as const, 'withdrawn' as const),
  }),
  fc.record({
    kind: fc.constant('serials' as const),
    atMs: fc.integer({ min: AT_MS, max: AT_MS + 500_000 }),
    serials: fc.constantFrom(
      { kind: 'own' } as const,
      { kind: 'pool', size: 3, assign: 'skewed' } as const,
    ),
  }),
  fc.record({
    kind: fc.constant('phone-clock' as const),
    atMs: fc.integer({ min: AT_MS, max: AT_MS + 500_000 }),
    skewMs: fc.nat(5_000),
  }),
);

describe('a world that was changed while it went on', () => {
  it('is the one that its own spec gives, and its versions are what they were and more', () => {
    const specs: Partial<WorldSpec>[] = [
      { writing: DIRTY, registration: 'during' },
      { consent: { ...EVERYBODY, withdrawDuringRun: 3 }, only: { people: [0, 1, 2, 3] } },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...specs), fc.array(change, { maxLength: 6 }), (spec, drawn) => {
        const changes = drawn.toSorted((left, right) => left.atMs - right.atMs);
        const world = drawWorld(sampleSpec(spec), STREAMS);
        const lived = changes.reduce<World>(
          (before, next) => withChange(before, next, STREAMS),
          world,
        );
        expect(lived).toEqual(drawWorld(lived.spec, STREAMS));
        const exported = customerExports(lived);
        const isOld = ({ exportMs }: { readonly exportMs: number }): boolean => exportMs < AT_MS;
        expect(exported.filter(isOld)).toEqual(customerExports(world).filter(isOld));
        expect(exported.every(({ record }) => record.email.includes('@'))).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

it.each([
  [1_000, 1_001],
  [1_000.2, 1_001],
  [1_000.999, 1_001],
])('what somebody hears of at %d changes at %d', (nowMs, changesMs) => {
  expect(nextChangeMs(nowMs)).toBe(changesMs);
});
