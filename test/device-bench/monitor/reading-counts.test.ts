import { describe, expect, it } from 'vitest';
import {
  countReading,
  NO_READINGS,
  rateHz,
  WINDOW_MS,
} from '../../../device-bench/monitor/reading-counts.ts';
import type { ReadingCounts, Sample } from '../../../device-bench/monitor/reading-counts.ts';

const sample = (seq: number, change: Partial<Sample> = {}): Sample => ({
  ticks: 20 * seq,
  distance: 200 + seq,
  boot: '7F3A',
  seq,
  flags: 0,
  ...change,
});

const count = (samples: readonly Sample[], everyMs = 20): ReadingCounts =>
  samples.reduce((counts, each, index) => countReading(counts, each, index * everyMs), NO_READINGS);

describe('the counts of readings', () => {
  it.each([
    ['no gap in a row', [3, 4, 5], 0, 0],
    ['a gap', [3, 7, 8], 1, 3],
    ['none at the wrap', [65_534, 65_535, 0, 1], 0, 0],
    ['one across the wrap', [65_535, 2], 1, 2],
    ['none for readings that are repeated', [5, 5, 6, 4], 0, 0],
  ])('have %s', (_what, seqs, gaps, missing) => {
    expect(count(seqs.map((seq) => sample(seq)))).toMatchObject({ gaps, missing });
  });

  it('begin anew with each boot', () => {
    const counts = count([sample(9), sample(0, { boot: '0001', ticks: 7 })]);
    expect(counts).toMatchObject({ readings: 2, gaps: 0, missing: 0 });
    expect(counts.window).toEqual([{ ms: 20, ticks: 7, distance: 200 }]);
  });

  it('know what readings say of themselves', () => {
    expect(count([sample(0, { flags: 1 }), sample(1, { flags: 5 }), sample(2)])).toMatchObject({
      late: 2,
      droppedBefore: 1,
    });
  });

  it('count records that have neither number nor boot', () => {
    expect(
      count([
        { ticks: 5, distance: 1 },
        { ticks: 9, distance: 2 },
      ]),
    ).toMatchObject({
      readings: 2,
      gaps: 0,
      window: [{ ticks: 5 }, { ticks: 9 }],
    });
  });
});

describe('the window of readings', () => {
  it("holds what is in it by the device's clock", () => {
    const counts = count(Array.from({ length: 2_000 }, (_, seq) => sample(seq)));
    expect(counts.window).toHaveLength(WINDOW_MS / 20);
    expect(counts.window.at(-1)?.ticks).toBe(20 * 1_999);
  });

  it('goes on over the wrap of the ticks', () => {
    const { window } = count([2 ** 32 - 10, 10, 30].map((ticks, seq) => sample(seq, { ticks })));
    expect(window.map(({ ticks }) => ticks - 2 ** 32)).toEqual([-10, 10, 30]);
  });

  it('is bounded when ticks stand still', () => {
    const stuck = Array.from({ length: 12_000 }, (_, seq) => sample(seq, { ticks: 5 }));
    expect(count(stuck).window).toHaveLength(10_000);
  });
});

describe('the rate', () => {
  it('is that of the last two seconds', () => {
    const counts = count(Array.from({ length: 500 }, (_, seq) => sample(seq)));
    expect(rateHz(counts, 500 * 20)).toBeCloseTo(50);
    expect(rateHz(counts, 500 * 20 + 2_500)).toBe(0);
  });

  it('is none of nothing and of one', () => {
    expect(rateHz(NO_READINGS, 0)).toBe(0);
    expect(rateHz(count([sample(0)]), 1)).toBe(0);
  });
});
