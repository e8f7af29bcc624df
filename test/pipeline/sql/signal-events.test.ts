/** From dense signals to bouts, strides, steps and paces: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import type { GivenRow } from './model-step.ts';
import { resultRows, stepRows } from './model-step.ts';

const bout = { device_session: 1, bout: 1 };
const phone = { phone_session: 1 };
const places = [1, 2, 3, 4, 5, 6, 7, 8];

describe('signal/signal_reading', () => {
  it('present: readings of dense sessions that saw somebody', async () => {
    const of = (serialNumber: string, sensorReadingTime: number, distance: number): GivenRow => ({
      serialNumber,
      session_number: 1,
      sensorReadingTime,
      distanceFromObject: distance,
    });
    const given = {
      device_reading: [of('a', 5, 1_999), of('a', 6, 2_000), of('b', 7, 300)],
      device_session: [
        { device_session: 1, serialNumber: 'a', session_number: 1, is_signal: 1 },
        { device_session: 2, serialNumber: 'b', session_number: 1, is_signal: 0 },
      ],
    };
    expect(await stepRows('signal/signal_reading', 'present', given)).toEqual([
      { device_session: 1, at_ms: 5, distance_mm: 1_999 },
    ]);
  });

  it('spaced: how long ago somebody was seen in the session', async () => {
    const present = [
      { device_session: 1, at_ms: 0, distance_mm: 300 },
      { device_session: 1, at_ms: 1_500, distance_mm: 300 },
      { device_session: 2, at_ms: 1_600, distance_mm: 300 },
    ];
    expect(
      (await stepRows('signal/signal_reading', 'spaced', { present })).map((row) => row['gap_ms']),
    ).toEqual([null, 1_500, null]);
  });

  it('begins a bout after an absence and not before', async () => {
    const spaced = [
      [0, null],
      [1_500, 1_500],
      [3_001, 1_501],
      [3_050, 49],
    ].map(([at_ms = 0, gap_ms = null]) => ({ device_session: 1, at_ms, distance_mm: 9, gap_ms }));
    expect(
      (await resultRows('signal/signal_reading', { spaced })).map((row) => row['bout']),
    ).toEqual([1, 1, 2, 2]);
  });
});

describe('signal/device_stride', () => {
  it('middle: the mean distance of a bout', async () => {
    const signal_reading = [200, 300, 400].map((distance_mm, at_ms) => ({
      ...bout,
      at_ms,
      distance_mm,
    }));
    expect(await stepRows('signal/device_stride', 'middle', { signal_reading })).toEqual([
      { ...bout, middle_mm: 300 },
    ]);
  });

  it('swing: what is well beyond the middle', async () => {
    const signal_reading = [400, 401, 500, 599, 600].map((distance_mm, at_ms) => ({
      ...bout,
      at_ms,
      distance_mm,
    }));
    const given = { signal_reading, middle: [{ ...bout, middle_mm: 500 }] };
    expect(await stepRows('signal/device_stride', 'swing', given)).toEqual([
      { ...bout, at_ms: 0, beyond_mm: -100 },
      { ...bout, at_ms: 4, beyond_mm: 100 },
    ]);
  });

  it('passage: a swing and the one before it', async () => {
    const swing = [
      { ...bout, at_ms: 0, beyond_mm: -150 },
      { ...bout, at_ms: 100, beyond_mm: 250 },
    ];
    expect(await stepRows('signal/device_stride', 'passage', { swing })).toEqual([
      { ...bout, at_ms: 0, beyond_mm: -150, before_ms: null, before_mm: null },
      { ...bout, at_ms: 100, beyond_mm: 250, before_ms: 0, before_mm: -150 },
    ]);
  });

  it('is where a straight line crosses the middle backward, if the swing was quick', async () => {
    const passage = [
      [100, -100, 400, 200],
      [1_000, 100, 1_100, -200],
      [2_000, -100, 2_401, 100],
      [3_000, 100, 3_010, 200],
    ].map(([before_ms = 0, before_mm = 0, at_ms = 0, beyond_mm = 0]) => ({
      ...bout,
      before_ms,
      before_mm,
      at_ms,
      beyond_mm,
    }));
    expect(await resultRows('signal/device_stride', { passage })).toEqual([
      { ...bout, at_ms: 200 },
    ]);
  });
});

describe('signal/phone_bounce', () => {
  it('strength: the length of the acceleration, in dense sessions', async () => {
    const given = {
      accelerometer_landing: [
        { user: 'Ann@x', timeStamp: 0, x: 0.6, y: -0.8, z: 0 },
        { user: 'ann@x', timeStamp: 101, x: 1, y: 0, z: 0 },
        { user: 'bob@x', timeStamp: 1, x: 1, y: 0, z: 0 },
      ],
      phone_session: [
        { phone_session: 1, person: 'ann@x', first_stamp: 0, last_stamp: 100, is_signal: 1 },
        { phone_session: 2, person: 'bob@x', first_stamp: 0, last_stamp: 100, is_signal: 0 },
      ],
    };
    expect(await stepRows('signal/phone_bounce', 'strength', given)).toEqual([
      { phone_session: 1, at_ms: 0, micro_g: 1_000_000 },
    ]);
  });

  it('beside: a sample and the one before it', async () => {
    const strength = [
      { ...phone, at_ms: 0, micro_g: 5 },
      { ...phone, at_ms: 20, micro_g: 7 },
    ];
    expect(await stepRows('signal/phone_bounce', 'beside', { strength })).toEqual([
      { ...phone, at_ms: 0, micro_g: 5, before_ms: null, before_micro_g: null },
      { ...phone, at_ms: 20, micro_g: 7, before_ms: 0, before_micro_g: 5 },
    ]);
  });

  it('area: twice what lies below two samples, unless far apart', async () => {
    const beside = [
      { ...phone, at_ms: 0, micro_g: 5, before_ms: null, before_micro_g: null },
      { ...phone, at_ms: 20, micro_g: 7, before_ms: 0, before_micro_g: 5 },
      { ...phone, at_ms: 421, micro_g: 9, before_ms: 20, before_micro_g: 7 },
    ];
    expect(await stepRows('signal/phone_bounce', 'area', { beside })).toEqual([
      { ...phone, at_half_ms: 20, width_ms: 20, twice_area: 240 },
    ]);
  });

  it('weighs by time what is near', async () => {
    const area = [
      { ...phone, at_half_ms: 0, width_ms: 20, twice_area: 400 },
      { ...phone, at_half_ms: 260, width_ms: 60, twice_area: 2_400 },
      { ...phone, at_half_ms: 521, width_ms: 20, twice_area: 800 },
    ];
    expect(
      (await resultRows('signal/phone_bounce', { area })).map((row) => row['micro_g']),
    ).toEqual([17.5, 17.5, 20]);
  });
});

describe('signal/phone_step', () => {
  it('middle: the mean strength of a session', async () => {
    const phone_bounce = [10, 20].map((micro_g, at_half_ms) => ({ ...phone, at_half_ms, micro_g }));
    expect(await stepRows('signal/phone_step', 'middle', { phone_bounce })).toEqual([
      { ...phone, middle_micro_g: 15 },
    ]);
  });

  it('swing: what is well beyond the middle', async () => {
    const phone_bounce = [950_000, 950_001, 1_049_999, 1_050_000].map((micro_g, at_half_ms) => ({
      ...phone,
      at_half_ms,
      micro_g,
    }));
    const given = { phone_bounce, middle: [{ ...phone, middle_micro_g: 1_000_000 }] };
    expect(await stepRows('signal/phone_step', 'swing', given)).toEqual([
      { ...phone, at_half_ms: 0, beyond_micro_g: -50_000 },
      { ...phone, at_half_ms: 3, beyond_micro_g: 50_000 },
    ]);
  });

  it('passage: a swing and the one before it', async () => {
    const swing = [
      { ...phone, at_half_ms: 0, beyond_micro_g: -6 },
      { ...phone, at_half_ms: 40, beyond_micro_g: 9 },
    ];
    expect(await stepRows('signal/phone_step', 'passage', { swing })).toEqual([
      {
        ...phone,
        at_half_ms: 0,
        beyond_micro_g: -6,
        before_half_ms: null,
        before_micro_g: null,
      },
      { ...phone, at_half_ms: 40, beyond_micro_g: 9, before_half_ms: 0, before_micro_g: -6 },
    ]);
  });

  it('is where a straight line rises through the mean, if the swing was quick', async () => {
    const passage = [
      [0, -60_000, 40, 180_000],
      [1_000, 60_000, 1_040, -60_000],
      [2_000, -60_000, 2_801, 60_000],
    ].map(([before_half_ms = 0, before_micro_g = 0, at_half_ms = 0, beyond_micro_g = 0]) => ({
      ...phone,
      before_half_ms,
      before_micro_g,
      at_half_ms,
      beyond_micro_g,
    }));
    expect(await resultRows('signal/phone_step', { passage })).toEqual([{ ...phone, at_ms: 5 }]);
  });
});

describe('signal/device_pace', () => {
  it('stride: the time since the stride before, in the slice of the later one', async () => {
    const device_stride = [29_000, 30_001].map((at_ms) => ({ ...bout, at_ms }));
    expect(await stepRows('signal/device_pace', 'stride', { device_stride })).toEqual([
      { ...bout, slice: 0, stride_ms: null },
      { ...bout, slice: 1, stride_ms: 1_001 },
    ]);
  });

  it('ranked: strides that a walk can have, in order', async () => {
    const stride = [699, 1_001, 1_000, 1_601].map((stride_ms) => ({
      ...bout,
      slice: 0,
      stride_ms,
    }));
    expect(await stepRows('signal/device_pace', 'ranked', { stride })).toEqual([
      { ...bout, slice: 0, stride_ms: 1_000, place: 1, strides: 2 },
      { ...bout, slice: 0, stride_ms: 1_001, place: 2, strides: 2 },
    ]);
  });

  it('is the lower median of enough strides', async () => {
    const ranked = [
      ...places.map((place) => ({ slice: 0, stride_ms: 1_000 + place, place, strides: 8 })),
      { slice: 1, stride_ms: 1_000, place: 4, strides: 7 },
    ].map((row) => ({ ...bout, ...row }));
    expect(await resultRows('signal/device_pace', { ranked })).toEqual([
      { ...bout, slice: 0, stride_ms: 1_004, strides: 8 },
    ]);
  });
});

describe('signal/phone_pace', () => {
  it('stride: the time of two steps', async () => {
    const phone_step = [29_000, 29_500, 30_001].map((at_ms) => ({ ...phone, at_ms }));
    expect(
      (await stepRows('signal/phone_pace', 'stride', { phone_step })).map(
        (row) => row['stride_ms'],
      ),
    ).toEqual([null, null, 1_001]);
  });

  it('ranked: strides that a walk can have, in order', async () => {
    const stride = [699, 1_001, 1_000, 1_601].map((stride_ms) => ({
      ...phone,
      slice: 0,
      stride_ms,
    }));
    expect(await stepRows('signal/phone_pace', 'ranked', { stride })).toEqual([
      { ...phone, slice: 0, stride_ms: 1_000, place: 1, strides: 2 },
      { ...phone, slice: 0, stride_ms: 1_001, place: 2, strides: 2 },
    ]);
  });

  it('is the lower median of enough strides', async () => {
    const ranked = [
      ...places.map((place) => ({ slice: 0, stride_ms: 1_000 + place, place, strides: 8 })),
      { slice: 1, stride_ms: 1_000, place: 4, strides: 7 },
    ].map((row) => ({ ...phone, ...row }));
    expect(await resultRows('signal/phone_pace', { ranked })).toEqual([
      { ...phone, slice: 0, stride_ms: 1_004, strides: 8 },
    ]);
  });
});
