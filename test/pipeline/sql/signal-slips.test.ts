/** From strides and steps to candidates and slips: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import { resultRows, stepRows } from './model-step.ts';

const bout = { device_session: 1, bout: 1 };
const pair = { ...bout, phone_session: 7 };
const sessions = { device_session: 1, phone_session: 7 };

describe('signal/signal_candidate', () => {
  it('device_bucket: the pace of a bout, and those beside it', async () => {
    const device_pace = [{ ...bout, slice: 3, stride_ms: 1_009, strides: 20 }];
    expect(
      (await stepRows('signal/signal_candidate', 'device_bucket', { device_pace })).map(
        (row) => row['bucket'],
      ),
    ).toEqual([99, 100, 101]);
  });

  it('agreeing: phones of the same slice that walk at nearly that pace', async () => {
    const given = {
      device_bucket: [99, 100, 101].map((bucket) => ({
        ...bout,
        slice: 3,
        stride_ms: 1_005,
        bucket,
      })),
      phone_pace: [
        { phone_session: 1, slice: 3, stride_ms: 1_015 },
        { phone_session: 2, slice: 3, stride_ms: 1_016 },
        { phone_session: 3, slice: 4, stride_ms: 1_005 },
        { phone_session: 4, slice: 3, stride_ms: 995 },
      ],
    };
    expect(await stepRows('signal/signal_candidate', 'agreeing', given)).toEqual([
      { ...bout, phone_session: 1, stride_ms: 1_005, slices: 1 },
      { ...bout, phone_session: 4, stride_ms: 1_005, slices: 1 },
    ]);
  });

  it('has the time of a step from all bouts of a pair, and counts who else agrees', async () => {
    const agreeing = [
      { ...pair, stride_ms: 1_000, slices: 1 },
      { ...pair, bout: 2, stride_ms: 2_060, slices: 2 },
      { ...pair, bout: 2, phone_session: 8, stride_ms: 1_030, slices: 1 },
    ];
    expect(await resultRows('signal/signal_candidate', { agreeing })).toEqual([
      { ...pair, step_ms: 510, strangers: 1 },
      { ...pair, bout: 2, step_ms: 510, strangers: 2 },
      { ...pair, bout: 2, phone_session: 8, step_ms: 515, strangers: 2 },
    ]);
  });
});

describe('signal/signal_slip', () => {
  it('stride: a stride in its slice of time and those beside it', async () => {
    const given = {
      signal_candidate: [{ ...pair, step_ms: 500 }],
      device_stride: [{ ...bout, at_ms: 3_300 }],
    };
    expect(
      (await stepRows('signal/signal_slip', 'stride', given)).map((row) => row['slice']),
    ).toEqual([0, 1, 2]);
  });

  it('lag_of_step: every step of the phone that is not too far from a stride', async () => {
    const stride = [0, 1, 2].map((slice) => ({ ...pair, step_ms: 500, at_ms: 3_300, slice }));
    const phone_step = [
      { phone_session: 7, at_ms: 0 },
      { phone_session: 7, at_ms: 3_200 },
      { phone_session: 7, at_ms: 6_601 },
      { phone_session: 8, at_ms: 3_300 },
    ];
    expect(
      (await stepRows('signal/signal_slip', 'lag_of_step', { stride, phone_step })).map(
        (row) => row['lag_ms'],
      ),
    ).toEqual([100, 3_300]);
  });

  it('phase: the part of a step that all lags have beyond whole steps', async () => {
    const lag_of_step = [-875, -375, 125, 625].map((lag_ms) => ({
      ...pair,
      step_ms: 500,
      at_ms: 0,
      lag_ms,
    }));
    const [phase] = await stepRows('signal/signal_slip', 'phase', { lag_of_step });
    expect(phase?.['steps']).toBeCloseTo(0.25, 9);
  });

  it('slipped: how many whole steps a lag has', async () => {
    const lag_of_step = [-875, -360, 125, 640].map((lag_ms) => ({
      ...pair,
      step_ms: 500,
      at_ms: 0,
      lag_ms,
    }));
    const given = { lag_of_step, phase: [{ ...sessions, steps: 0.25 }] };
    expect(
      (await stepRows('signal/signal_slip', 'slipped', given)).map((row) => row['slip']),
    ).toEqual([-2, -1, 0, 1]);
  });

  it('ranked: the lags of a slip in order', async () => {
    const slipped = [
      { at_ms: 1, lag_ms: 130, slip: 0 },
      { at_ms: 2, lag_ms: 125, slip: 0 },
      { at_ms: 3, lag_ms: 640, slip: 1 },
    ].map((row) => ({ ...pair, step_ms: 500, ...row }));
    expect(await stepRows('signal/signal_slip', 'ranked', { slipped })).toEqual([
      { ...pair, step_ms: 500, slip: 0, lag_ms: 125, place: 1, strides: 2 },
      { ...pair, step_ms: 500, slip: 0, lag_ms: 130, place: 2, strides: 2 },
      { ...pair, step_ms: 500, slip: 1, lag_ms: 640, place: 1, strides: 1 },
    ]);
  });

  it('stray: how far each lag is from the median of its slip', async () => {
    const ranked = [120, 125, 140].map((lag_ms, index) => ({
      ...pair,
      step_ms: 500,
      slip: 0,
      lag_ms,
      place: index + 1,
      strides: 3,
    }));
    expect(
      (await stepRows('signal/signal_slip', 'stray', { ranked })).map((row) => row['stray_ms']),
    ).toEqual([-5, 0, 15]);
  });

  it('sums up what is near, and scores every lag', async () => {
    const stray = [-61, 0, 60].map((stray_ms) => ({
      ...pair,
      step_ms: 500,
      slip: 0,
      strides: 3,
      centre_ms: 125,
      stray_ms,
    }));
    const inMiddle = Math.log(0.02 + (0.98 * 500) / (6 * Math.sqrt(2 * Math.PI)));
    const [row] = await resultRows('signal/signal_slip', { stray });
    expect(row).toMatchObject({ near: 2, near_ms: 60, near_square: 3_600, apart_ms: 60 });
    expect(row?.['score']).toBeCloseTo(1_000 * (inMiddle + 2 * Math.log(0.02)), -1);
  });
});
