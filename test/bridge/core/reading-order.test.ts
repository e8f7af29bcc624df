import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeReading, recallOrder } from '../../../bridge/core/reading-order.ts';
import type { ReadingOrder, ReadingPlace } from '../../../bridge/core/reading-order.ts';

type Sent = readonly [seq: number, ticks: number, aheadMs?: number];

/** Places readings one after the other. */
function placesOf(
  sent: readonly Sent[],
  rateHz: number | undefined,
  boot = 'B001',
): ReadingPlace[] {
  let order: ReadingOrder | undefined;
  return sent.map(([seq, ticks, aheadMs = -5]) => {
    const reading = { kind: 'reading', boot, seq, ticks, distance: 250, flags: 0 } as const;
    const placed = placeReading(order, reading, { rateHz, aheadMs });
    order = placed.order;
    return placed.place;
  });
}

const lastPlace = (
  rateHz: number | undefined,
  ...sent: readonly Sent[]
): ReadingPlace | undefined => placesOf(sent, rateHz).at(-1);

describe('a reading follows', () => {
  it.each<[string, readonly Sent[]]>([
    ['as the first of a boot, whatever its counters', [[40_000, 3_000_000_000]]],
    ['one period later', [[7, 1_000], [8, 1_020]]],
    ['one step later, however long that takes', [[7, 1_000], [8, 86_401_000]]],
    ['at the same tick', [[7, 1_000], [8, 1_000]]],
    ['after readings that were dropped', [[7, 1_000], [57, 2_000]]],
    ['when a burst of readings makes up for a pause', [[7, 1_000], [9, 1_000]]],
    ['across the end of seq', [[65_535, 1_000], [0, 1_020]]],
    ['across the end of ticks', [[7, 4_294_967_290], [8, 14]]],
    ['across both ends at once', [[65_535, 4_294_967_295], [0, 19]]],
    ['after a whole round of seq', [[7, 1_000], [7, 1_311_720]]],
    ['a second ahead of the clock fit', [[7, 1_000, 1_000]]],
  ])('%s', (_what, sent) => {
    expect(lastPlace(50, ...sent)).toBe('follows');
  }); // prettier-ignore
});

describe('a reading cannot be', () => {
  it.each<[string, readonly Sent[]]>([
    [
      'back in seq',
      [
        [7, 1_000],
        [6, 1_020],
      ],
    ],
    [
      'back in ticks',
      [
        [7, 1_000],
        [8, 999],
      ],
    ],
    [
      'the same seq at another time',
      [
        [7, 1_000],
        [7, 1_020],
      ],
    ],
    [
      'farther in seq than its time allows',
      [
        [7, 1_000],
        [12, 1_020],
      ],
    ],
    ['more than a second ahead of the clock fit', [[7, 1_000, 1_001]]],
    [
      'ahead, although it follows',
      [
        [7, 1_000],
        [8, 3_020, 1_500],
      ],
    ],
  ])('%s', (_what, sent) => {
    expect(lastPlace(50, ...sent)).toBe('implausible');
  });

  it('unless its device may run at any rate', () => {
    expect(lastPlace(undefined, [7, 1_000], [12, 1_020])).toBe('follows');
    expect(lastPlace(undefined, [7, 1_000], [50, 1_020])).toBe('implausible');
  });
});

describe('a reading is repeated', () => {
  it('when seq and ticks are those of the last one', () => {
    expect(placesOf([[7, 1_000], [7, 1_000], [7, 1_000], [8, 1_020]], 50)).toEqual([
      'follows',
      'repeated',
      'repeated',
      'follows',
    ]);
  }); // prettier-ignore

  it('unless it is of another boot', () => {
    let order: ReadingOrder | undefined;
    for (const boot of ['B001', 'B002']) {
      const reading = { kind: 'reading', boot, seq: 0, ticks: 9, distance: 1, flags: 0 } as const;
      const placed = placeReading(order, reading, { rateHz: 50, aheadMs: 0 });
      expect(placed.place).toBe('follows');
      order = placed.order;
    }
  });
});

describe('a reading that came before', () => {
  const stream = (from: number, to: number): Sent[] =>
    Array.from({ length: to - from }, (_, index): Sent => [from + index, 20 * (from + index)]);

  it('is repeated, not a step back, for as long as it is remembered', () => {
    const places = placesOf([...stream(0, 200), ...stream(72, 203)], 50);
    expect(places.slice(200, 328)).toEqual(Array.from({ length: 128 }, () => 'repeated'));
    expect(places.slice(328)).toEqual(['follows', 'follows', 'follows']);
  });

  it('is out of order when it is not remembered any more', () => {
    expect(placesOf([...stream(0, 200), [71, 1_420]], 50).at(-1)).toBe('implausible');
  });

  it('is repeated across the end of seq, and not mistaken for one of the next round', () => {
    const around = [65_534, 65_535, 0, 1].map((seq, at): Sent => [seq, 1_000 + 20 * at]);
    expect(placesOf([...around, ...around, [2, 1_080]], 50).slice(4)).toEqual([
      'repeated',
      'repeated',
      'repeated',
      'repeated',
      'follows',
    ]);
    expect(placesOf([[7, 1_000], [7, 1_311_720], [7, 1_000]], 50)).toEqual([
      'follows',
      'follows',
      'repeated',
    ]);
  }); // prettier-ignore
});

describe('readings that are missing', () => {
  it.each<[string, readonly Sent[], number]>([
    ['none at the beginning', [[40_000, 1_000]], 0],
    ['none in a row', [[7, 1_000], [8, 1_020], [9, 1_040]], 0],
    ['those between', [[7, 1_000], [9, 1_040], [59, 2_040]], 50],
    ['those across the end of seq', [[65_534, 1_000], [2, 1_080]], 3],
    ['none when one came again', [[7, 1_000], [8, 1_020], [7, 1_000], [9, 1_040]], 0],
    // 8 came and was refused; nobody knows better than that something is wrong there.
    ['those in front of a wrong one that got through', [[7, 1_000], [9, 1_900], [8, 1_020], [9, 1_040]], 1],
  ])('%s are counted', (_what, sent, missing) => {
    let order: ReadingOrder | undefined;
    for (const [seq, ticks] of sent) {
      const reading = { kind: 'reading', boot: 'B001', seq, ticks, distance: 1, flags: 0 } as const;
      ({ order } = placeReading(order, reading, { rateHz: 50, aheadMs: 0 }));
    }
    expect(order?.missing).toBe(missing);
  }); // prettier-ignore
});

describe('a wrong reading that got through', () => {
  it('costs one right reading, not the rest of the boot', () => {
    const places = placesOf([[7, 1_000], [9, 1_900], [8, 1_020], [9, 1_040], [10, 1_060]], 50);
    expect(places).toEqual(['follows', 'follows', 'implausible', 'follows', 'follows']);
  }); // prettier-ignore

  it('costs one right reading as well when it was the first', () => {
    const places = placesOf([[50_000, 77], [8, 1_020], [9, 1_040]], 50);
    expect(places).toEqual(['follows', 'implausible', 'follows']);
  }); // prettier-ignore

  it('is not proved by itself, nor by another wrong one', () => {
    const places = placesOf([[7, 1_000], [907, 1_020], [907, 1_020], [31, 1_050], [8, 1_060]], 50);
    expect(places).toEqual(['follows', 'implausible', 'implausible', 'implausible', 'follows']);
  }); // prettier-ignore
});

it('a host whose clock is set back refuses one reading', () => {
  const sent = Array.from({ length: 6 }, (_, index): Sent => [
    index,
    index * 20,
    index < 2 ? -5 : 3_600_000,
  ]);
  expect(placesOf(sent, 50)).toEqual([
    'follows',
    'follows',
    'implausible',
    'follows',
    'follows',
    'follows',
  ]);
});

it('no reading of a device that keeps the protocol is refused', () => {
  const device = fc.record({
    seq: fc.integer({ min: 0, max: 65_535 }),
    ticks: fc.integer({ min: 0, max: 4_294_967_295 }),
    rateHz: fc.integer({ min: 1, max: 1_000 }),
    // How many readings are dropped before each, and how much later than due it is measured, as a share of a period.
    readings: fc.array(
      fc.record({
        drops: fc.integer({ min: 0, max: 300 }),
        late: fc.double({ min: 0, max: 0.9, noNaN: true }),
      }),
      { minLength: 2, maxLength: 40 },
    ),
  });
  fc.assert(
    fc.property(device, ({ seq, ticks, rateHz, readings }) => {
      let due = 0;
      const sent = readings.map(({ drops, late }): Sent => {
        due += drops + 1;
        const afterMs = Math.floor(((due + late) * 1_000) / (rateHz * 1.05));
        return [(seq + due) % 65_536, (ticks + afterMs) % 2 ** 32];
      });
      expect(new Set(placesOf(sent, rateHz))).toEqual(new Set(['follows']));
    }),
    { numRuns: 1_000 },
  );
});

describe('after a restart of the bridge', () => {
  const RECALLED = { boot: 'B001', seq: 11, ticks: 9_000 };
  const reading = { kind: 'reading', boot: 'B001', distance: 250, flags: 0 } as const;

  it.each([
    ['goes on where the device was', 12, 9_020, 0],
    ['counts what is missing', 61, 10_000, 49],
    ['begins anew where it cannot follow: the boot id was drawn twice', 22, 440, 0],
  ])('a reading %s', (_what, seq, ticks, missing) => {
    const context = { rateHz: undefined, aheadMs: 0 };
    const { place, order } = placeReading(
      recallOrder(RECALLED),
      { ...reading, seq, ticks },
      context,
    );
    expect([place, order.missing]).toEqual(['follows', missing]);
    // From now on, what cannot follow cannot be.
    const back = placeReading(order, { ...reading, seq: seq - 1, ticks: ticks + 20 }, context);
    expect(back.place).toBe('implausible');
  });
});
