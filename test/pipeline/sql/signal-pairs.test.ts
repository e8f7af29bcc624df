/** From the best slip to pairs of sessions and their clocks: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import { resultRows, stepRows } from './model-step.ts';

const bout = { device_session: 1, bout: 1 };
const pair = { ...bout, phone_session: 7 };
const sessions = { device_session: 1, phone_session: 7 };
const run = { ...sessions, run: 0 };

describe('signal/signal_bout', () => {
  it('possible: slips that two clocks can have', async () => {
    const signal_slip = [-2_750, -2_751, 2_750].map((centre_ms, slip) => ({
      ...pair,
      slip,
      step_ms: 500,
      strides: 9,
      centre_ms,
      near: 9,
      score: 5,
    }));
    expect(
      (await stepRows('signal/signal_bout', 'possible', { signal_slip })).map((row) => row['slip']),
    ).toEqual([0, 2]);
  });

  it('slip_score: of all bouts that speak for a slip', async () => {
    const possible = [
      { bout: 1, slip: 0, score: 50 },
      { bout: 2, slip: 0, score: -70 },
      { bout: 3, slip: 0, score: 20 },
    ].map((row) => ({ ...pair, ...row }));
    expect(await stepRows('signal/signal_bout', 'slip_score', { possible })).toEqual([
      { ...sessions, slip: 0, score: 70 },
    ]);
  });

  it('ranked: of equals the smaller slip is better', async () => {
    const slip_score = [
      { ...sessions, slip: -1, score: 50 },
      { ...sessions, slip: 0, score: 50 },
      { ...sessions, slip: 2, score: 60 },
    ];
    expect(
      (await stepRows('signal/signal_bout', 'ranked', { slip_score })).map((row) => row['place']),
    ).toEqual([3, 2, 1]);
  });

  it('best: the bouts at the best slip', async () => {
    const possible = [0, 1].map((slip) => ({
      ...pair,
      slip,
      strides: 9,
      centre_ms: 500 * slip,
      near: 9,
      score: 5,
    }));
    const ranked = [2, 1].map((place, slip) => ({ ...sessions, slip, place }));
    expect(await stepRows('signal/signal_bout', 'best', { possible, ranked })).toEqual([
      { ...pair, slip: 1, strides: 9, centre_ms: 500, near: 9, score: 5 },
    ]);
  });

  it('expected: the strides of a bout while the phone was sending', async () => {
    const given = {
      best: [{ ...pair, slip: 1, strides: 2, centre_ms: 500, near: 2, score: 5 }],
      phone_session: [{ phone_session: 7, first_stamp: 1_000, last_stamp: 3_000 }],
      device_stride: [1_499, 1_500, 2_500, 3_500, 3_501].map((at_ms) => ({ ...bout, at_ms })),
    };
    expect(await stepRows('signal/signal_bout', 'expected', given)).toEqual([
      { ...pair, strides: 3 },
    ]);
  });

  it('scored: less the toll of every stride, and those without any step', async () => {
    const best = [{ ...pair, slip: 1, strides: 8, centre_ms: 500, near: 7, score: 25_000 }];
    const given = { best, expected: [{ ...pair, strides: 9 }] };
    expect(await stepRows('signal/signal_bout', 'scored', given)).toEqual([
      { ...pair, slip: 1, centre_ms: 500, strides: 9, matches: 7, score: 25_000 - 18_000 - 3_912 },
    ]);
  });

  it('keeps what speaks for the pair', async () => {
    const scored = [0, 1].map((score) => ({
      ...pair,
      bout: score + 1,
      slip: 1,
      centre_ms: 500,
      strides: 9,
      matches: 8,
      score,
    }));
    expect((await resultRows('signal/signal_bout', { scored })).map((row) => row['bout'])).toEqual([
      2,
    ]);
  });
});

describe('signal/signal_pair', () => {
  it('walked: numbers the bouts in which somebody walked', async () => {
    const device_pace = [
      { bout: 1, slice: 0 },
      { bout: 1, slice: 1 },
      { bout: 3, slice: 2 },
    ].map((row) => ({ device_session: 1, stride_ms: 1_000, strides: 20, ...row }));
    expect(await stepRows('signal/signal_pair', 'walked', { device_pace })).toEqual([
      { device_session: 1, bout: 1, place: 1 },
      { device_session: 1, bout: 3, place: 2 },
    ]);
  });

  it('run: ends where a bout of other strides lies between', async () => {
    const given = {
      signal_bout: [1, 3, 6].map((number) => ({
        ...pair,
        bout: number,
        slip: 0,
        centre_ms: 100,
        strides: 9,
        matches: 8,
        score: 5,
      })),
      walked: [1, 3, 5, 6].map((number, index) => ({
        device_session: 1,
        bout: number,
        place: index + 1,
      })),
    };
    expect((await stepRows('signal/signal_pair', 'run', given)).map((row) => row['run'])).toEqual([
      0, 0, 1,
    ]);
  });

  it('evidence: what the bouts say, less the chance that one of many strangers walks so', async () => {
    const given = {
      run: [10_000, 20_000].map((score, index) => ({
        ...run,
        bout: index + 1,
        slip: 0,
        strides: 9,
        matches: 8,
        score,
      })),
      signal_candidate: [2, 1, 9].map((strangers, index) => ({
        ...pair,
        bout: index + 1,
        step_ms: 500,
        strangers,
      })),
    };
    const [row] = await stepRows('signal/signal_pair', 'evidence', given);
    expect(row).toMatchObject({ ...run, first_bout: 1, last_bout: 2, matches: 16 });
    expect(row?.['log_evidence']).toBeCloseTo(0.3 * 30 - Math.log(2), 9);
  });

  it('lag_at_slip: mean and variance at the slip of the run and beside it', async () => {
    const at = (slip: number, number: number, centre_ms: number, near_ms: number): SqlRow => ({
      ...pair,
      slip,
      bout: number,
      centre_ms,
      near: 2,
      near_ms,
      near_square: 100,
      apart_ms: 12,
    });
    const given = {
      run: [1, 2].map((number) => ({
        ...run,
        bout: number,
        slip: 3,
        strides: 9,
        matches: 8,
        score: 5,
      })),
      signal_slip: [at(3, 1, 100, 10), at(3, 2, 104, -10), at(4, 1, 600, 0), at(5, 1, 1_100, 0)],
    };
    expect(await stepRows('signal/signal_pair', 'lag_at_slip', given)).toEqual([
      { ...run, beside: 0, mean_ms: 102, variance: 25, mean_residual_ms: 6 },
      { ...run, beside: 1, mean_ms: 600, variance: 50, mean_residual_ms: 6 },
    ]);
  });

  it('parabola: its slope and bend at the slip of the run', async () => {
    const lag_at_slip = [
      { beside: -1, mean_ms: -400, variance: 90, mean_residual_ms: 9 },
      { beside: 0, mean_ms: 100, variance: 20, mean_residual_ms: 4 },
      { beside: 1, mean_ms: 600, variance: 50, mean_residual_ms: 8 },
    ].map((row) => ({ ...run, ...row }));
    expect(await stepRows('signal/signal_pair', 'parabola', { lag_at_slip })).toEqual([
      { ...run, mean_ms: 100, mean_residual_ms: 4, two_steps_ms: 1_000, slope: 40, bend: 100 },
    ]);
  });

  it('slip_clock: the lowest point of the parabola, at most half a step beside', async () => {
    const parabola = [
      { slope: 40, bend: 100 },
      { slope: 400, bend: 100 },
      { slope: 40, bend: -5 },
      { slope: null, bend: null },
    ].map((row, index) => ({
      ...run,
      run: index,
      mean_ms: 100,
      mean_residual_ms: 4,
      two_steps_ms: 1_000,
      ...row,
    }));
    expect(
      (await stepRows('signal/signal_pair', 'slip_clock', { parabola })).map(
        (row) => row['clock_offset_ms'],
      ),
    ).toEqual([200, 350, 100, 100]);
  });

  it('lag: mean and spread at the slip of the run', async () => {
    const at = (slip: number, number: number, centre_ms: number, near_ms: number): SqlRow => ({
      ...pair,
      slip,
      bout: number,
      step_ms: 500,
      centre_ms,
      near: 2,
      near_ms,
      apart_ms: 12,
    });
    const given = {
      run: [1, 2].map((number) => ({ ...run, bout: number, slip: 3 })),
      signal_slip: [at(3, 1, 100, 10), at(3, 2, 104, -10), at(4, 1, 600, 0)],
    };
    expect(await stepRows('signal/signal_pair', 'lag', given)).toEqual([
      { ...run, step_ms: 500, mean_ms: 102, mean_residual_ms: 6 },
    ]);
  });

  it('bout_clock: how far beside the mean lag each bout has the offset', async () => {
    const given = {
      run: [1, 2].map((number) => ({ ...run, bout: number, centre_ms: 100 + number })),
      lag: [{ ...run, mean_ms: 99 }],
      signal_clock: [{ ...pair, beside_ms: -40, precision: 0.04 }],
    };
    expect(await stepRows('signal/signal_pair', 'bout_clock', given)).toEqual([
      { ...run, beside_ms: -38, weight: 40_000_000 },
    ]);
  });

  it('told: each bout counts as it is sure', async () => {
    const bout_clock = [
      { ...run, beside_ms: -30, weight: 3_000 },
      { ...run, beside_ms: 10, weight: 1_000 },
    ];
    expect(await stepRows('signal/signal_pair', 'told', { bout_clock })).toEqual([
      { ...run, weight: 4_000, weight_ms: -80_000 },
    ]);
  });

  it('phase_clock: beside the lag, the less sure the nearer to it', async () => {
    const given = {
      lag: [0, 1, 2].map((number) => ({
        ...run,
        run: number,
        step_ms: 500,
        mean_ms: 100,
        mean_residual_ms: 4,
      })),
      told: [
        // Sure to 1 ms.
        { ...run, run: 0, weight: 1e9, weight_ms: -80e9 },
        // As sure as that it is within half a step.
        { ...run, run: 1, weight: 48_000, weight_ms: -80 * 48_000 },
      ],
    };
    expect(
      (await stepRows('signal/signal_pair', 'phase_clock', given)).map(
        (row) => row['clock_offset_ms'],
      ),
    ).toEqual([20, 60]);
  });

  it('clock: by phases where there are any', async () => {
    const given = {
      slip_clock: [0, 1].map((number) => ({
        ...run,
        run: number,
        mean_residual_ms: 4,
        clock_offset_ms: 100,
      })),
      phase_clock: [{ ...run, clock_offset_ms: 20 }],
    };
    const rows = await stepRows('signal/signal_pair', 'clock', given);
    expect(rows.map((row) => row['clock_offset_ms'])).toEqual([20, 100]);
  });

  it('bout_span: from when to when somebody was seen, and when again', async () => {
    const signal_reading = [
      { device_session: 1, bout: 1, at_ms: 5 },
      { device_session: 1, bout: 1, at_ms: 9 },
      { device_session: 1, bout: 2, at_ms: 20 },
    ];
    expect(await stepRows('signal/signal_pair', 'bout_span', { signal_reading })).toEqual([
      { device_session: 1, bout: 1, first_ms: 5, last_ms: 9, next_ms: 20 },
      { device_session: 1, bout: 2, first_ms: 20, last_ms: 20, next_ms: null },
    ]);
  });

  it.each([
    ['some time after stepping off', {}, 19_000],
    ['before the next one is seen', { next_ms: 12_000 }, 10_500],
    ['with the session of the device', { last_reading: 9_500 }, 9_500],
    ['with the session of the phone', { last_stamp: 8_000 }, 8_100],
  ])('span: ends %s', async (_, changes: Partial<Record<string, number>>, last) => {
    const { next_ms = null, last_reading = 99_000, last_stamp = 99_000 } = changes;
    const given = {
      evidence: [{ ...run, first_bout: 1, last_bout: 2, matches: 8, log_evidence: 9 }],
      clock: [{ ...run, mean_residual_ms: 4, clock_offset_ms: 100 }],
      bout_span: [
        { device_session: 1, bout: 1, first_ms: 1_000, last_ms: 2_000, next_ms: 5_000 },
        { device_session: 1, bout: 2, first_ms: 5_000, last_ms: 9_000, next_ms },
      ],
      device_session: [{ device_session: 1, last_reading }],
      phone_session: [{ phone_session: 7, person: 'ann@x', first_stamp: 950, last_stamp }],
    };
    const [span] = await stepRows('signal/signal_pair', 'span', given);
    expect(span).toMatchObject({ person: 'ann@x', first_reading: 1_050, last_reading: last });
  });

  it('has a negative number, and the span on both clocks', async () => {
    const span = [
      {
        ...sessions,
        person: 'ann@x',
        clock_offset_ms: 100,
        matches: 8,
        mean_residual_ms: 4,
        log_evidence: 9,
        first_reading: 1_000,
        last_reading: 2_000,
      },
    ];
    expect(await resultRows('signal/signal_pair', { span })).toEqual([
      { pair_id: -1, ...span[0], kind: 'signal', first_stamp: 900, last_stamp: 1_900 },
    ]);
  });
});
