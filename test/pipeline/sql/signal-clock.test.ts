/** From waves to their phases, and from phases to the clock: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import type { GivenRow } from './model-step.ts';
import { resultRows, stepRows } from './model-step.ts';

const bout = { device_session: 1, bout: 1 };
const phone = { phone_session: 7 };
const pair = { ...bout, ...phone };

const numbers = (rows: readonly SqlRow[], column: string): number[] =>
  rows.map((row) => Number(row[column]));

describe('signal/device_wave', () => {
  it('moment: of fast devices, and of two readings at once the smaller', async () => {
    const given = {
      signal_reading: [
        { ...bout, at_ms: 5, distance_mm: 420 },
        { ...bout, at_ms: 5, distance_mm: 410 },
        { ...bout, device_session: 2, at_ms: 5, distance_mm: 410 },
      ],
      device_session: [
        { device_session: 1, period_ms: 60 },
        { device_session: 2, period_ms: 61 },
      ],
    };
    expect(await stepRows('signal/device_wave', 'moment', given)).toEqual([
      { ...bout, at_ms: 5, distance_mm: 410 },
    ]);
  });

  const moment = [300, 500, 700].map((distance_mm, index) => ({
    ...bout,
    at_ms: 50 * index * index,
    distance_mm,
  }));

  it('middle: the mean of the bout', async () => {
    expect(await stepRows('signal/device_wave', 'middle', { moment })).toEqual([
      { ...bout, middle_mm: 500 },
    ]);
  });

  it('spaced: how far the readings beside it are', async () => {
    const rows = await stepRows('signal/device_wave', 'spaced', { moment });
    expect(rows.map(({ before_ms, after_ms }) => [before_ms, after_ms])).toEqual([
      [null, 50],
      [50, 150],
      [150, null],
    ]);
  });

  it('lets a reading stand for half of the time to those beside it, up to a bound', async () => {
    const given = {
      middle: [{ ...bout, middle_mm: 500 }],
      spaced: [
        { before_ms: null, after_ms: 50 },
        { before_ms: 50, after_ms: 150 },
        { before_ms: 150, after_ms: 900 },
      ].map((row, at_ms) => ({ ...bout, at_ms, distance_mm: 510, ...row })),
    };
    expect(await resultRows('signal/device_wave', given)).toEqual([
      { ...bout, at_ms: 1, beyond: 10, width_ms: 100 },
      { ...bout, at_ms: 2, beyond: 10, width_ms: 200 },
    ]);
  });
});

describe('signal/phone_wave', () => {
  it('moment: how strong the acceleration is, of dense sessions', async () => {
    const given = {
      accelerometer_landing: [
        { user: 'Ann@x', timeStamp: 5, x: 0.6, y: 0, z: -0.8 },
        { user: 'ann@x', timeStamp: 5, x: 1.5, y: 0, z: 0 },
        { user: 'bob@x', timeStamp: 5, x: 1, y: 0, z: 0 },
      ],
      phone_session: [
        { phone_session: 7, person: 'ann@x', first_stamp: 0, last_stamp: 9, is_signal: 1 },
        { phone_session: 8, person: 'bob@x', first_stamp: 0, last_stamp: 9, is_signal: 0 },
      ],
    };
    expect(await stepRows('signal/phone_wave', 'moment', given)).toEqual([
      { ...phone, at_ms: 5, micro_g: 1_000_000 },
    ]);
  });

  const moment = [800, 1_000, 1_200].map((micro_g, index) => ({
    ...phone,
    at_ms: 20 * index * index,
    micro_g,
  }));

  it('middle: the mean of the session', async () => {
    expect(await stepRows('signal/phone_wave', 'middle', { moment })).toEqual([
      { ...phone, middle_micro_g: 1_000 },
    ]);
  });

  it('spaced: how far the samples beside it are', async () => {
    const rows = await stepRows('signal/phone_wave', 'spaced', { moment });
    expect(rows.map(({ before_ms, after_ms }) => [before_ms, after_ms])).toEqual([
      [null, 20],
      [20, 60],
      [60, null],
    ]);
  });

  it('lets a sample stand for half of the time to those beside it, up to a bound', async () => {
    const given = {
      middle: [{ ...phone, middle_micro_g: 1_000 }],
      spaced: [
        { before_ms: 20, after_ms: null },
        { before_ms: 20, after_ms: 60 },
        { before_ms: 20, after_ms: 900 },
      ].map((row, at_ms) => ({ ...phone, at_ms, micro_g: 900, ...row })),
    };
    expect(await resultRows('signal/phone_wave', given)).toEqual([
      { ...phone, at_ms: 1, beyond: -100, width_ms: 40 },
      { ...phone, at_ms: 2, beyond: -100, width_ms: 135 },
    ]);
  });
});

describe('signal/signal_phase', () => {
  it('stride: those of the bout, on both clocks, in the slices around them', async () => {
    const given = {
      signal_bout: [{ ...pair, centre_ms: 3_300 }],
      signal_candidate: [{ ...pair, step_ms: 500 }],
      device_stride: [{ ...bout, at_ms: 33_000 }],
    };
    const rows = await stepRows('signal/signal_phase', 'stride', given);
    expect(numbers(rows, 'stride_ms')).toEqual([1_000, 1_000, 1_000]);
    expect(rows.map((row) => [Number(row['device_slice']), Number(row['phone_slice'])])).toEqual([
      [9, 8],
      [10, 9],
      [11, 10],
    ]);
  });

  it('turned: what is at most two strides away, in each signal by its own clock', async () => {
    const at = { ...pair, at_ms: 5_000, stride_ms: 1_000, centre_ms: 100 };
    const given = {
      stride: [0, 1, 2].map((slice) => ({ ...at, device_slice: slice, phone_slice: slice })),
      device_wave: [2_999, 3_000, 5_250].map((at_ms) => ({
        ...bout,
        at_ms,
        beyond: 2,
        width_ms: 50,
      })),
      phone_wave: [4_900, 6_900, 6_901].map((at_ms) => ({
        ...phone,
        at_ms,
        beyond: -3,
        width_ms: 20,
      })),
    };
    const rows = await stepRows('signal/signal_phase', 'turned', given);
    const cells = rows.map(({ beats, area, turn }) => [
      Number(beats),
      Number(area),
      Number(turn) / (2 * Math.PI),
    ]);
    expect(
      cells.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[2]) - Number(b[2])),
    ).toEqual([
      [1, 100, -2],
      [1, 100, 0.25],
      [2, -60, 0],
      [2, -60, 2],
    ]);
  });

  it('wave: what is near counts most, and the body bounces twice', async () => {
    const turned = [0, Math.PI / 2].flatMap((turn) =>
      [1, 2].map((beats) => ({ ...pair, at_ms: 5, beats, width_ms: 20, area: 8, turn })),
    );
    const rows = await stepRows('signal/signal_phase', 'wave', { turned });
    const near = 8 * (1 + Math.cos(Math.PI / 8));
    const later = 2 * Math.sin(Math.PI / 8);
    const expected = [
      [1, 16, 0, 1, 0],
      [1, near, later, 0, 1],
      [2, 16, 0, 1, 0],
      [2, near, later, -1, 0],
    ];
    const names = ['beats', 'near', 'later', 'cosine', 'sine'];
    const cells = rows.map((row) => names.map((name) => Number(row[name])));
    cells.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(b[1]) - Number(a[1]));
    for (const [index, cell] of cells.entries()) {
      for (const [place, value] of cell.entries())
        expect(value).toBeCloseTo(expected[index]?.[place] ?? Number.NaN, 9);
    }
    expect(cells).toHaveLength(4);
  });

  it('summed: in thousandths', async () => {
    const wave = [
      { near: 2, later: 1, cosine: 0.5, sine: 0.25 },
      { near: 4, later: -3, cosine: 1, sine: -1 },
    ].map((row) => ({ ...pair, at_ms: 5, beats: 2, width_ms: 20, ...row }));
    expect(await stepRows('signal/signal_phase', 'summed', { wave })).toEqual([
      {
        ...pair,
        at_ms: 5,
        beats: 2,
        cover_ms: 40,
        re: 5_000,
        im: 3_500,
        re_change: -2_500,
        im_change: -3_250,
      },
    ]);
  });

  it('is the angle in strides, and how fast it turns', async () => {
    const at = { ...pair, at_ms: 5, cover_ms: 2_000 };
    const summed = [
      { ...at, beats: 1, re: 0, im: 10, re_change: -0.5, im_change: 0 },
      { ...at, beats: 2, re: 0, im: 10, re_change: -0.5, im_change: 0 },
      { ...at, beats: 1, re: 0, im: 0, re_change: 1, im_change: 1 },
    ];
    const rows = await resultRows('signal/signal_phase', { summed });
    expect(rows).toHaveLength(2);
    expect(numbers(rows, 'phase')).toEqual([0.25, 0.125]);
    expect(numbers(rows, 'rate')).toEqual([0.05, 0.025]);
  });
});

describe('signal/signal_clock', () => {
  it('both_signals: of one stride, where both fill the time around it', async () => {
    const of = (at_ms: number, beats: number, cover_ms: number): GivenRow => ({
      ...pair,
      at_ms,
      beats,
      cover_ms,
      phase: beats / 10,
      rate: beats / 100,
    });
    const given = {
      signal_phase: [of(1, 1, 4_000), of(1, 2, 3_600), of(2, 1, 4_000), of(2, 2, 3_599)],
      signal_candidate: [{ ...pair, step_ms: 500 }],
    };
    expect(await stepRows('signal/signal_clock', 'both_signals', given)).toEqual([
      { ...pair, stride_ms: 1_000, foot: 0.1, body: 0.2, rate: 0.015 },
    ]);
  });

  it('middle: the mean direction, across the end of a turn', async () => {
    const both_signals = [
      { ...pair, foot: 0.45, body: 0.24 },
      { ...pair, foot: -0.45, body: -0.24 },
    ];
    const [row] = await stepRows('signal/signal_clock', 'middle', { both_signals });
    expect(Math.abs(Number(row?.['foot']))).toBeCloseTo(0.5, 5);
    expect(Math.abs(Number(row?.['body']))).toBeCloseTo(0.25, 5);
  });

  it('strayed: the shorter way round', async () => {
    const given = {
      both_signals: [{ ...pair, stride_ms: 1_000, rate: 0, foot: -0.45, body: -0.24 }],
      middle: [{ ...pair, foot: 0.5, body: 0.25 }],
    };
    const [row] = await stepRows('signal/signal_clock', 'strayed', given);
    expect(row?.['foot']).toBeCloseTo(0.05, 9);
    expect(row?.['body']).toBeCloseTo(0.01, 9);
  });

  it('apart: in whole thousandths of ms, and millionths', async () => {
    const strayed = [{ ...pair, stride_ms: 1_000, rate: 0.0123, foot: 0.002, body: 0.005 }];
    expect(await stepRows('signal/signal_clock', 'apart', { strayed })).toEqual([
      { ...pair, ahead_us: -3_000, rate_ppm: 12_300 },
    ]);
  });

  it('summed: squares and products around the means', async () => {
    const apart = [
      { ...pair, ahead_us: 1, rate_ppm: 10 },
      { ...pair, ahead_us: 3, rate_ppm: 30 },
    ];
    expect(await stepRows('signal/signal_clock', 'summed', { apart })).toEqual([
      { ...pair, strides: 2, ahead_square: 2, ahead_rate: 20, rate_square: 200 },
    ]);
  });

  it('is wrong by the slope, and as sure as the strides lie near it', async () => {
    const summed = [
      // Ahead by 0.5 ms where the walk is faster by a hundredth: 50 ms.
      { strides: 10, ahead_square: 250_020, ahead_rate: 5_000_000, rate_square: 100_000_000 },
      { strides: 7, ahead_square: 1, ahead_rate: 1, rate_square: 1 },
      { strides: 10, ahead_square: 1, ahead_rate: 0, rate_square: 0 },
    ].map((row) => ({ ...pair, ...row }));
    const rows = await resultRows('signal/signal_clock', { summed });
    expect(rows).toHaveLength(1);
    expect(numbers(rows, 'beside_ms')).toEqual([-50]);
    expect(Number(rows[0]?.['precision'])).toBeCloseTo((8 * 1e8) / (1e6 * 2 * 20), 9);
  });
});
