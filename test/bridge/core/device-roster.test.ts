import { describe, expect, it } from 'vitest';
import { addBurst } from '../../../bridge/core/clock-fit.ts';
import { DeviceRoster } from '../../../bridge/core/device-roster.ts';
import { placeReading } from '../../../bridge/core/reading-order.ts';
import type { ReadingOrder } from '../../../bridge/core/reading-order.ts';

const NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
const BOOTED_MS = 1_655_564_444_000;

const identityOf = (boot: string, serialNumber = NUMBER) => ({ serialNumber, boot });

/** What is remembered after these readings, of which each is 20 ms after the one before per number. */
function orderOf(boot: string, ...seqs: readonly number[]): ReadingOrder | undefined {
  let order: ReadingOrder | undefined;
  for (const seq of seqs) {
    const reading = { kind: 'reading', boot, seq, ticks: 20 * seq, distance: 1, flags: 0 } as const;
    ({ order } = placeReading(order, reading, { rateHz: 50, aheadMs: 0 }));
  }
  return order;
}

/** A clock that was looked at when its ticks were these, and the device had been this much ahead, in ms. */
const clockOf = (ticks: number, aheadMs = 0) => {
  const atMs = BOOTED_MS + ticks - aheadMs;
  const exchange = { sentMs: atMs, receivedMs: atMs + 1, rxTicks: ticks, txTicks: ticks };
  return addBurst(undefined, [exchange], 200);
};

describe('a roster of devices', () => {
  it('gives back what was known of a boot, on whatever port', () => {
    const roster = new DeviceRoster();
    const order = orderOf('B001', 3, 4);
    roster.recall(identityOf('B001'), BOOTED_MS).keep({ order, clock: clockOf(100) });
    const again = roster.recall(identityOf('B001'), undefined);
    expect(again.order).toBe(order);
    expect(again.clockAt(BOOTED_MS + 200)).toEqual(clockOf(100));
  });

  it.each([
    ['another boot', identityOf('B002'), undefined],
    ['another device', identityOf('B001', `${NUMBER.slice(0, -1)}6`), undefined],
    ['the same boot id after another start', identityOf('B001'), BOOTED_MS + 1_001],
  ])('knows nothing of %s', (_what, identity, announcedMs) => {
    const roster = new DeviceRoster();
    roster
      .recall(identityOf('B001'), BOOTED_MS)
      .keep({ order: orderOf('B001', 3), clock: clockOf(9) });
    const record = roster.recall(identity, announcedMs);
    expect([record.order, record.clock]).toEqual([undefined, undefined]);
    expect(record.isOf(identity)).toBe(true);
  });

  it('gives two ports on which the same boot was announced one record', () => {
    const roster = new DeviceRoster();
    const first = roster.recall(identityOf('B001'), BOOTED_MS);
    expect(roster.recall(identityOf('B001'), BOOTED_MS + 30)).toBe(first);
    expect(roster.recall(identityOf('B001'), BOOTED_MS - 30)).toBe(first);
  });

  it('trusts a clock only while it is known well', () => {
    const record = new DeviceRoster().recall(identityOf('B001'), BOOTED_MS);
    expect(record.clockAt(BOOTED_MS)).toBeUndefined();
    record.keep({ order: undefined, clock: clockOf(100) });
    // 200 ppm are 2 ms after 10 s, and 200 ms after 1000 s.
    expect(record.clockAt(BOOTED_MS + 10_000)).toBeDefined();
    expect(record.clockAt(BOOTED_MS + 1_000_000)).toBeUndefined();
  });

  it('counts what is missing and what came again over all boots of a device', () => {
    const roster = new DeviceRoster();
    roster
      .recall(identityOf('B001'), BOOTED_MS)
      .keep({ order: orderOf('B001', 3, 4, 7, 7), clock: undefined });
    // A reboot is no gap.
    const second = roster.recall(identityOf('B002'), BOOTED_MS);
    second.keep({ order: orderOf('B002', 0, 1), clock: undefined });
    second.keep({ order: orderOf('B002', 0, 1, 5), clock: undefined });
    expect(roster.devices).toEqual([
      {
        serialNumber: NUMBER,
        boot: 'B002',
        missing: 5,
        repeated: 1,
        clockOffsetMs: undefined,
        clockDriftPpm: undefined,
      },
    ]);
  });

  it('tells how far a clock has moved since it was fitted, ahead counted as positive', () => {
    const roster = new DeviceRoster();
    const record = roster.recall(identityOf('B001'), BOOTED_MS);
    record.keep({ order: undefined, clock: clockOf(100) });
    record.keep({ order: undefined, clock: clockOf(60_100, 12) });
    expect(record.clockOffsetMs).toBeCloseTo(12, 2);
    // On another port it is not known yet.
    record.keep({ order: undefined, clock: undefined });
    expect(roster.devices[0]?.clockOffsetMs).toBeCloseTo(12, 2);
  });

  it('tells how fast a clock is, not how slow the host', () => {
    const record = new DeviceRoster();
    const clock = { ...(clockOf(9) as NonNullable<ReturnType<typeof clockOf>>), driftPpm: 40 };
    record.recall(identityOf('B001'), BOOTED_MS).keep({ order: undefined, clock });
    expect(record.devices[0]?.clockDriftPpm).toBe(-40);
  });

  it('holds a bounded number of devices and boots, and forgets the oldest', () => {
    const roster = new DeviceRoster();
    const numbers = Array.from({ length: 1_200 }, (_, at) => `${NUMBER.slice(0, -4)}${1_000 + at}`);
    const order = orderOf('B001', 1);
    for (const number of numbers) {
      roster.recall(identityOf('B001', number), BOOTED_MS).keep({ order, clock: undefined });
      // The first one is never away for long.
      roster.recall(identityOf('B001', numbers[0]), undefined);
    }
    expect(roster.devices.map(({ serialNumber }) => serialNumber)).toEqual([
      ...numbers.slice(-999),
      numbers[0],
    ]);
    expect(roster.recall(identityOf('B001', numbers[0]), undefined).order).toBe(order);
    expect(roster.recall(identityOf('B001', numbers[1]), undefined).order).toBeUndefined();
    for (const boot of ['B002', 'B003', 'B004', 'B005'])
      roster.recall(identityOf(boot, numbers[0]), BOOTED_MS);
    expect(roster.recall(identityOf('B001', numbers[0]), undefined).order).toBeUndefined();
  });
});
