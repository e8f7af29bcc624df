import { describe, expect, it } from 'vitest';
import { customerExports, customerFeed } from '../../../simulator/core/customer-feed.ts';
import type { CustomerRecord } from '../../../simulator/core/customer-feed.ts';
import { customerVersions, drawWritings } from '../../../simulator/core/customer-versions.ts';
import type { World } from '../../../simulator/core/world.ts';
import type { WorldSpec, WritingSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleWorld, WORLD_START_MS } from './sample-world.ts';

const PLAIN: WritingSpec = { notGiven: 'absent', order: 'in-time', emailCase: 'same' };
const CHANGING = { researchShare: 0.5, withdrawDuringRun: 20, consentDuringRun: 20 };

function worldOf(writing: Partial<WritingSpec>, change: Partial<WorldSpec> = {}): World {
  return sampleWorld({
    customers: 60,
    consent: CHANGING,
    writing: { ...PLAIN, ...writing },
    ...change,
  });
}

const DATES = [
  'shareWithResearchAsOfDate',
  'shareWithPublicAsOfDate',
  'shareWithFriendsAsOfDate',
] as const;

/** What stands for the dates that were not given, each once. */
function spellingsIn(feed: readonly CustomerRecord[]): Set<unknown> {
  const written = feed.flatMap((record) => DATES.map((name) => record[name]));
  return new Set(written.filter((date) => (date ?? 0) === 0));
}

describe('the versions of a customer', () => {
  it('are one for each decision and each trainer that the website heard of', () => {
    const [first, later] = [
      { atMs: 1, research: 1 },
      { atMs: 5, research: undefined },
    ].map((decision) => ({ ...decision, public: undefined, friends: undefined }));
    if (first === undefined || later === undefined) throw new RangeError('No decisions.');
    const world = {
      consents: [[first, later] as const],
      fulfilledSerials: ['old'],
      serialChanges: [
        { atMs: 3, person: 0, serialNumber: 'new' },
        { atMs: 4, person: 1, serialNumber: 'other' },
      ],
    };
    expect(customerVersions(world, 0)).toEqual([
      { decision: first, serialNumber: 'old' },
      { decision: { ...first, atMs: 3 }, serialNumber: 'new' },
      { decision: later, serialNumber: 'new' },
    ]);
    expect(customerVersions({ ...world, serialChanges: [] }, 0).at(-1)?.serialNumber).toBe('old');
  });

  it.each([
    ['absent', [undefined]],
    ['null', [null]],
    ['zero', [0]],
    ['mixed', [undefined, null, 0]],
  ] as const)('spell a date that was not given %s', (notGiven, expected) => {
    const feed = customerFeed(worldOf({ notGiven }));
    expect(spellingsIn(feed)).toEqual(new Set<unknown>(expected));
    // What was given stands there as ever.
    const given = (records: readonly CustomerRecord[]): unknown[] =>
      records.map((record) => DATES.map((name) => record[name] || undefined));
    expect(given(feed)).toEqual(given(customerFeed(worldOf({}))));
  });

  it('are exported when they are written, or, of every second customer, late and the newest first', () => {
    const inTime = customerExports(worldOf({}));
    expect(inTime.every(({ exportMs, record }) => exportMs === record.lastUpdateDate)).toBe(true);
    const world = worldOf({ order: 'mixed' });
    const exports = customerExports(world);
    for (const { id } of world.people) {
      const own = exports.filter(({ person }) => person === id);
      const written = own.map(({ record }) => record.lastUpdateDate);
      const order = id % 2 === 0 ? 1 : -1;
      expect(written).toEqual(written.toSorted((left, right) => order * (left - right)));
      const earliest = id % 2 === 0 ? 0 : WORLD_START_MS;
      for (const { exportMs, record } of own) {
        expect(exportMs).toBeGreaterThanOrEqual(Math.max(record.lastUpdateDate, earliest));
        expect(exportMs).toBeLessThanOrEqual(world.endMs);
      }
    }
    expect(customerFeed(world)).toEqual(customerFeed(worldOf({})));
  });

  it('spell the e-mail otherwise from the second one on', () => {
    const world = worldOf({ emailCase: 'mixed' });
    for (const { person, record } of customerExports(world)) {
      const email = world.people[person]?.identity.email ?? '';
      const isFirst = record.lastUpdateDate === world.consents[person]?.[0]?.atMs;
      expect(record.email === email).toBe(isFirst);
      expect(record.email.toLowerCase()).toBe(email.toLowerCase());
    }
    expect(new Set(world.people.map(({ phoneEmail = '' }) => /[a-z]/.test(phoneEmail)))).toEqual(
      new Set([true, false]),
    );
    expect(world.people.every(({ phoneEmail, identity }) => phoneEmail !== identity.email)).toBe(
      true,
    );
  });

  it('are written as their person’s own stream draws it', () => {
    const names: string[] = [];
    const streams = seededStreams(1);
    const [person] = sampleWorld().people;
    if (person === undefined) throw new RangeError('Nobody is there.');
    const spec = { startMs: 0, durationMs: 10, writing: { ...PLAIN, notGiven: 'mixed' } } as const;
    const draw = (): unknown =>
      drawWritings(person, [1, 2], spec, (name) => {
        names.push(name);
        return streams(name);
      });
    expect(draw()).toEqual(draw());
    expect(new Set(names)).toEqual(new Set(['person:0/writing']));
  });
});
