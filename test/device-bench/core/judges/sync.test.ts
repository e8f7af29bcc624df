import { describe, expect, it } from 'vitest';
import { SYNC_JUDGES } from '../../../../device-bench/core/judges/sync.ts';
import { BOOT, broken, chances, talk } from './talk.ts';

/** An exchange that takes 10 ms, with the ticks of the device halfway. */
function sync(atMs: number, tag: string, ticks: number = atMs + 5, txTicks = ticks) {
  return [
    `${atMs} > @${tag} SYNC ${atMs}`,
    `${atMs + 10} < =SYNC,${tag},${atMs},${ticks},${txTicks}`,
  ];
}
const PPM = (ppm: string) => ['50 > @0 CAPS?', `55 < =CAPS,0,R200,SYNC${ppm}`];

describe('the judges of synchronisation', () => {
  it('have no chance without an exchange', () => {
    for (const judge of Object.values(SYNC_JUDGES)) {
      expect(judge(talk(BOOT, '100 /end'))).toMatchObject({ chances: 0, violations: [] });
    }
  });

  it('do not judge the content of an answer that never came', () => {
    expect(broken(BOOT, '100 > @1 SYNC 7', '900 /end')).toEqual(['STL-SYNC-001']);
    for (const rule of ['STL-SYNC-002', 'STL-SYNC-003', 'STL-SYNC-006'] as const) {
      expect(chances(rule, BOOT, '100 > @1 SYNC 7', '900 /end')).toBe(0);
    }
  });

  it('hold SYNC against what CAPS says', () => {
    const caps = ['50 > @0 CAPS?', '55 < =CAPS,0,R200,REBOOT'];
    expect(broken(BOOT, ...caps, ...sync(100, '1'))).toEqual(['STL-SYNC-001']);
    expect(broken(BOOT, ...caps, '100 > @1 SYNC 7', '105 < =ERR,1,3', '300 /end')).toEqual([]);
  });

  it.each([
    ['0 ticks', 105, []],
    ['12 ticks, as the exchange took 10 ms', 117, []],
    ['13 ticks', 118, ['STL-SYNC-003']],
    ['a step back', 104, ['STL-SYNC-003']],
  ])('allow between rx_ticks and tx_ticks %s', (_what, txTicks, due) => {
    expect(broken(BOOT, ...sync(100, '1', 105, txTicks))).toEqual(due);
  });

  it('allow 250 ticks between rx_ticks and tx_ticks at most, however long it took', () => {
    const slow = (txTicks: number) =>
      broken(BOOT, '100 > @1 SYNC 7', `440 < =SYNC,1,7,105,${txTicks}`);
    expect([slow(355), slow(356)]).toEqual([[], ['STL-SYNC-003']]);
  });

  it('compare the offsets of exchanges that are 600 ms apart at most', () => {
    // Each bounds the offset to 11 ms; two whole ticks and 2 % of the time come on top.
    const stale = (atMs: number, ticks: number) =>
      broken(BOOT, ...sync(100, '1'), ...sync(atMs, '2', ticks));
    expect(stale(200, 190)).toEqual([]);
    expect(stale(200, 189)).toEqual(['STL-SYNC-002']);
    expect(chances('STL-SYNC-002', BOOT, ...sync(100, '1'), ...sync(700, '2'))).toBe(1);
    expect(chances('STL-SYNC-002', BOOT, ...sync(100, '1'), ...sync(701, '2'))).toBe(0);
  });

  it('go on over the wrap of ticks', () => {
    const end = 2 ** 32;
    const wrapped = [...sync(100, '1', end - 5), ...sync(200, '2', 95), '250 < !HB,7F3A,140'];
    expect(broken(...wrapped)).toEqual([]);
    expect(chances('STL-SYNC-004', ...wrapped)).toBe(2);
  });

  it('allow a heartbeat to be 600 ms older than an exchange, and no newer', () => {
    const at = (ticks: number) => [...sync(500, '1', 5000), `600 < !HB,7F3A,${ticks}`];
    // Bounds of the offset -4501 to -4490, and 2 ms for the 100 ms of distance.
    expect([broken(...at(5105)), broken(...at(5106))]).toEqual([[], ['STL-SYNC-004']]);
    expect([broken(...at(4486)), broken(...at(4485))]).toEqual([[], ['STL-SYNC-004']]);
  });
});

describe('the judge of drift', () => {
  /** Two exchanges 100 s apart whose bounds leave 110 ppm open on both sides. */
  const drift = (driftMs: number, caps: string) =>
    broken(
      BOOT,
      ...PPM(caps),
      ...sync(100, '1', 105),
      ...beats(),
      ...sync(100_100, '2', 100_105 + driftMs),
    );
  const beats = () =>
    Array.from(
      { length: 20 },
      (_, index) => `${5000 * index + 300} < !HB,7F3A,${5000 * index + 300}`,
    );

  it.each([
    [31, '', []],
    [32, '', ['STL-SYNC-005']],
    [-31, '', []],
    [-32, '', ['STL-SYNC-005']],
    [61, '+PPM500', []],
    [62, '+PPM500', ['STL-SYNC-005']],
  ])('judges %d ms in 100 s of a device that states "%s"', (driftMs, caps, due) => {
    expect(drift(driftMs, caps)).toEqual(due);
  });

  it('has no chance where exchanges are less than 2 s apart', () => {
    const apart = (ms: number) =>
      chances('STL-SYNC-005', BOOT, ...sync(100, '1'), ...sync(100 + ms, '2'));
    expect([apart(1999), apart(2000)]).toEqual([0, 1]);
  });
});

it('the host time comes back as it was, up to the greatest', () => {
  const { MAX_SAFE_INTEGER: most } = Number;
  const back = (hostMs: string) =>
    broken(BOOT, `100 > @1 SYNC ${most}`, `105 < =SYNC,1,${hostMs},101,101`);
  expect(back(String(most))).toEqual([]);
  expect(back('4294967295')).toEqual(['STL-SYNC-006']);
});
