import { describe, expect, it } from 'vitest';
import { findSyncs } from '../../../../device-bench/core/judges/sync-exchanges.ts';
import { BOOT, talk, talkAt } from './talk.ts';

/** One exchange of 10 ms. */
function exchange(atMs: number, rxTicks: number, txTicks: number, tag = '1'): readonly string[] {
  return [`${atMs} > @${tag} SYNC 7`, `${atMs + 10} < =SYNC,${tag},7,${rxTicks},${txTicks}`];
}

describe('findSyncs', () => {
  it('bounds the offset by the command before and the answer behind, in whole ticks', () => {
    const [sync] = findSyncs(talk(BOOT, ...exchange(100, 40, 42)));
    expect(sync).toMatchObject({ sentMs: 100, tookMs: 10, lowerMs: 59, upperMs: 68 });
  });

  it('takes off the time of the bytes', () => {
    const [sync] = findSyncs(talkAt(0.1, BOOT, ...exchange(100, 40, 42)));
    // 16 bytes go, 22 come.
    expect(sync?.lowerMs).toBeCloseTo(60.6, 6);
    expect(sync?.upperMs).toBeCloseTo(65.8, 6);
  });

  it('counts ticks on over the wrap, and anew after a boot', () => {
    const wrapped = [...exchange(100, 2 ** 32 - 5, 2 ** 32 - 1), ...exchange(120, 15, 16, '2')];
    const again = ['200 < !BOOT,0001,RST', ...exchange(300, 100, 101, '3')];
    const syncs = findSyncs(talk(BOOT, ...wrapped, ...again));
    expect(syncs.map(({ rxTicks, txTicks }) => [rxTicks, txTicks])).toEqual([
      [2 ** 32 - 5, 2 ** 32 - 1],
      [2 ** 32 + 15, 2 ** 32 + 16],
      [100, 101],
    ]);
  });

  it('bounds the offset by rx_ticks where tx_ticks is later than the answer', () => {
    const bound = (txTicks: number) =>
      findSyncs(talk(BOOT, ...exchange(100, 40, txTicks)))[0]?.upperMs;
    expect([bound(51), bound(52)]).toEqual([59, 70]);
  });

  it('leaves out what cannot be read', () => {
    const faulty = ['100 > @1 SYNC 7', '110 < =SYNC,1,7,40'];
    expect(findSyncs(talk(BOOT, ...faulty))).toEqual([]);
    expect(findSyncs(talk(BOOT, '100 > @1 SYNC 7', '900 /end'))).toEqual([]);
  });
});
