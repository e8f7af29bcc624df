import { describe, expect, it } from 'vitest';
import { mayBePaced, toSyncSample } from '../../../bridge/core/sync-sample.ts';
import type { SyncExchange } from '../../../bridge/core/sync-sample.ts';

const SENT_MS = 1_655_564_400_000;

const exchangeOf = (tookMs: number): SyncExchange => ({
  response: { kind: 'synced', tag: '1', hostMs: SENT_MS, rxTicks: 700, txTicks: 702 },
  sentMs: SENT_MS,
  sentBytes: 30,
  receivedMs: SENT_MS + tookMs,
  receivedBytes: 40,
});

describe('mayBePaced', () => {
  it.each([
    ['exactly the time of its 70 bytes', 70, 1, true],
    ['that, but for rounding', 69.995, 1, true],
    ['longer', 500, 1, true],
    ['too short for 1 ms each', 69.9, 1, false],
    ['no time, but then bytes take none', 0, 0, true],
  ])('an exchange that took %s', (_what, tookMs, byteMs, expected) => {
    expect(mayBePaced(exchangeOf(tookMs), byteMs)).toBe(expected);
  });
});

describe('toSyncSample', () => {
  it.each([
    [1, SENT_MS + 30, SENT_MS + 60],
    [0.5, SENT_MS + 15, SENT_MS + 80],
    [0, SENT_MS, SENT_MS + 100],
  ])('takes out the time of the bytes at %d ms each', (byteMs, sentMs, receivedMs) => {
    expect(toSyncSample(exchangeOf(100), byteMs)).toEqual({
      sentMs,
      receivedMs,
      rxTicks: 700,
      txTicks: 702,
    });
  });
});
