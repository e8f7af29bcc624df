import { describe, expect, it } from 'vitest';
import { toHostMs } from '../../../bridge/core/clock-fit.ts';
import type { ClockFit } from '../../../bridge/core/clock-fit.ts';
import { takeExchange } from '../../../bridge/core/sync-burst.ts';
import type { SyncState } from '../../../bridge/core/sync-burst.ts';
import type { SyncExchange } from '../../../bridge/core/sync-sample.ts';

const BOOTED_MS = 1_655_564_400_000;
const NEW: SyncState = {
  byteMs: 0.5,
  isPaced: true,
  driftPpmMax: 200,
  clock: undefined,
  burst: [],
};

/** An exchange of 20 bytes each way; the device read its clock in the middle of the time it took. */
function exchangeAt(sentMs: number, tookMs: number): SyncExchange {
  const ticks = Math.floor(sentMs + tookMs / 2 - BOOTED_MS);
  return {
    response: { kind: 'synced', tag: '1', hostMs: sentMs, rxTicks: ticks, txTicks: ticks },
    sentMs,
    sentBytes: 20,
    receivedMs: sentMs + tookMs,
    receivedBytes: 20,
  };
}

/** The state after exchanges that begin 25.37 ms apart. */
function after(state: SyncState, tookMs: readonly number[], fromMs: number): SyncState {
  return tookMs.reduce(
    (known, took, index) => ({
      ...known,
      ...takeExchange(known, exchangeAt(fromMs + index * 25.37, took)),
    }),
    state,
  );
}

const EIGHT = Array.from({ length: 8 }, () => 20);

describe('a burst of exchanges', () => {
  it('makes a clock with its eighth exchange, and is empty again', () => {
    const seven = after(NEW, EIGHT.slice(1), BOOTED_MS + 1_000);
    expect(seven.clock).toBeUndefined();
    expect(seven.burst).toHaveLength(7);
    const eight = after(NEW, EIGHT, BOOTED_MS + 1_000);
    expect(eight.burst).toEqual([]);
    expect(toHostMs(eight.clock as ClockFit, 5_000)).toBeCloseTo(BOOTED_MS + 5_000, 0);
  });

  it('keeps the clock while the next one is under way', () => {
    const first = after(NEW, EIGHT, BOOTED_MS + 1_000);
    const second = after(first, [20, 20, 20], BOOTED_MS + 4_000);
    expect(second.clock).toBe(first.clock);
    expect(after(second, [20], BOOTED_MS + 4_200).clock?.bursts).toHaveLength(2);
  });

  it('goes on as long as the clock is not known well', () => {
    const slow = after(
      NEW,
      Array.from({ length: 12 }, () => 60),
      BOOTED_MS + 1_000,
    );
    expect(slow.burst).toHaveLength(12);
    expect(after(slow, [20, 20, 20, 20], BOOTED_MS + 2_000).burst).toEqual([]);
  });

  it('believes nothing that was reckoned with a pace which the line does not have', () => {
    const paced = after(NEW, EIGHT, BOOTED_MS + 1_000);
    const quick = after(paced, [20, 3], BOOTED_MS + 4_000);
    expect(quick.isPaced).toBe(false);
    // The old clock serves on, but no bound of it.
    expect(quick.clock).toMatchObject({ offsetMs: paced.clock?.offsetMs, bursts: [] });
    const fitted = after(quick, [3, 3, 3, 3, 3, 3], BOOTED_MS + 4_100);
    expect(fitted.clock?.bursts).toHaveLength(1);
    expect(fitted.clock?.bursts[0]).toHaveLength(8);
    expect(fitted.clock?.bursts[0]?.[1]?.sentMs).toBe(BOOTED_MS + 4_025.37);
  });
});
