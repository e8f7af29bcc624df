import { describe, expect, it } from 'vitest';
import { validateLandingRecord } from '../../../pipeline/index.ts';
import { customerFeed } from '../../../simulator/core/customer-feed.ts';
import type { World } from '../../../simulator/core/world.ts';
import { sampleWorld } from './sample-world.ts';

const WORLD: World = sampleWorld({
  customers: 60,
  registration: 'during',
  consent: { researchShare: 0.5, withdrawDuringRun: 15, consentDuringRun: 15 },
  serials: { kind: 'pool', size: 3, assign: 'round-robin' },
});
const FEED = customerFeed(WORLD);

describe('customerFeed', () => {
  it('has one record for every decision, in the order in which they were made', () => {
    expect(FEED).toHaveLength(60 + 15 + 15);
    const written = FEED.map(({ lastUpdateDate }) => lastUpdateDate);
    expect(written).toEqual(written.toSorted((left, right) => left - right));
  });

  it('says who, which serial and when, and leaves out what was not given', () => {
    for (const person of WORLD.people) {
      const versions = FEED.filter(({ email }) => email === person.identity.email);
      const expected = (WORLD.consents[person.id] ?? []).map((decision) => {
        const record: Record<string, unknown> = {
          ...person.identity,
          serialNumber: WORLD.boxes[person.id % 3]?.serialNumber,
          registrationDate: person.registeredAtMs,
          lastUpdateDate: decision.atMs,
          shareWithResearchAsOfDate: decision.research,
          shareWithPublicAsOfDate: decision.public,
          shareWithFriendsAsOfDate: decision.friends,
        };
        return Object.fromEntries(
          Object.entries(record).filter(([, value]) => value !== undefined),
        );
      });
      expect(versions).toStrictEqual(expected);
    }
  });

  it('has the ruling version, the one with the greatest lastUpdateDate, last', () => {
    for (const person of WORLD.people.slice(0, 30)) {
      const [first, ruling] = FEED.filter(({ email }) => email === person.identity.email);
      expect(ruling?.lastUpdateDate).toBeGreaterThan(first?.lastUpdateDate ?? Infinity);
      expect(ruling?.shareWithResearchAsOfDate !== undefined).toBe(person.id >= 15);
    }
  });

  it('holds records that may land', () => {
    for (const record of FEED) {
      expect(validateLandingRecord('customer_landing', record)).toEqual({ ok: true, record });
    }
  });
});
