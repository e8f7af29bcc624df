import { describe, expect, test } from 'vitest';
import { customerFeed } from '../../../simulator/core/customer-feed.ts';
import { NOT_GIVEN_SPELLINGS, SERIAL_ASSIGNMENTS } from '../../../simulator/core/world-spec.ts';
import { sampleWorld } from './sample-world.ts';

describe('every assignment of serial numbers', () => {
  const drawn = SERIAL_ASSIGNMENTS.map((assign) =>
    sampleWorld({ customers: 40, serials: { kind: 'pool', size: 5, assign } }),
  );

  test.each(SERIAL_ASSIGNMENTS.map((assign, index) => [assign, index] as const))(
    '%s gives everybody a number of the pool',
    (_, index) => {
      const { fulfilledSerials, boxes } = drawn[index] ?? sampleWorld();
      const pool = boxes.slice(0, 5).map(({ serialNumber }) => serialNumber);
      expect(fulfilledSerials).toHaveLength(40);
      expect(new Set(fulfilledSerials)).toEqual(new Set(pool));
    },
  );

  test('is one of its own', () => {
    const ways = drawn.map(({ fulfilledSerials }) => fulfilledSerials.join());
    expect(new Set(ways).size).toBe(SERIAL_ASSIGNMENTS.length);
  });
});

test('every spelling of a date that was not given is one of its own, and mixed is all of the others', () => {
  const spellings = NOT_GIVEN_SPELLINGS.map((notGiven) => {
    const world = sampleWorld({
      customers: 40,
      consent: { researchShare: 0, withdrawDuringRun: 0, consentDuringRun: 0 },
      writing: { notGiven, order: 'in-time', emailCase: 'same' },
    });
    const dates = customerFeed(world).map((record) => record.shareWithResearchAsOfDate);
    return new Set(dates);
  });
  expect(spellings).toEqual([
    new Set([undefined]),
    new Set([null]),
    new Set([0]),
    new Set([undefined, null, 0]),
  ]);
});
