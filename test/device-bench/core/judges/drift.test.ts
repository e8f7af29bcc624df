import { describe, expect, it } from 'vitest';
import { measureDrift } from '../../../../device-bench/core/judges/drift.ts';
import type { SyncExchange } from '../../../../device-bench/core/judges/sync-exchanges.ts';
import { BOOT, talk } from './talk.ts';

const [boot, otherBoot] = talk(BOOT, '9 < !BOOT,0001,PWR').boots;

/** An exchange after which the offset of the host is known to be between two bounds. */
function exchange(sentMs: number, lowerMs: number, upperMs: number, of = boot): SyncExchange {
  const times = { entry: sentMs, sentMs, tookMs: 1, rxTicks: 0, txTicks: 0, lowerMs, upperMs };
  return { ...times, boot: of as NonNullable<typeof of> };
}

describe('measureDrift', () => {
  it('measures from 2 s on', () => {
    const first = exchange(0, 0, 0);
    expect(measureDrift([first, exchange(1_999, 0, 0)], 200)).toBeUndefined();
    expect(measureDrift([first, exchange(2_000, 0, 0)], 200)).toMatchObject({
      entry: 2_000,
      spanMs: 2_000,
    });
  });

  it('finds a clock that runs fast to make the offset smaller', () => {
    const drift = measureDrift([exchange(0, 10, 10), exchange(10_000, 5, 5)], 200);
    expect(drift).toMatchObject({ lowestPpm: 500, highestPpm: 500 });
  });

  it('adds up what both exchanges leave open', () => {
    const drift = measureDrift([exchange(0, 9, 11), exchange(10_000, 4, 7)], 200);
    expect(drift).toMatchObject({ lowestPpm: 200, highestPpm: 700 });
  });

  it('narrows the bounds by every pair', () => {
    const syncs = [exchange(0, 0, 4), exchange(10_000, -5, 0), exchange(20_000, -20, -8)];
    // The first two bound it from above, the first and the last from below.
    expect(measureDrift(syncs, 200)).toMatchObject({ lowestPpm: 400, highestPpm: 900 });
  });

  it('takes the two exchanges that say most, be the clock fast or slow', () => {
    const fast = [exchange(0, 0, 0), exchange(10_000, -2, -2), exchange(20_000, -20, -2)];
    expect(measureDrift(fast, 200)?.entry).toBe(10_000);
    const slow = [exchange(0, 0, 0), exchange(10_000, 0, 9), exchange(20_000, 9, 9)];
    expect(measureDrift(slow, 200)).toMatchObject({ entry: 20_000, highestPpm: -450 });
  });

  it('does not compare two boots', () => {
    expect(measureDrift([exchange(0, 0, 0), exchange(5_000, 0, 0, otherBoot)], 200)).toBe(
      undefined,
    );
  });
});
