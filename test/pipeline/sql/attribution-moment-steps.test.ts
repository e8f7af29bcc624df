/** From coinciding moments to pairs: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import { cells, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

describe('attribution/phone_clock', () => {
  it('ranked: the surest first, then the one with most matches, then the first pair', async () => {
    const belief_before = table(
      'pair_id person clock_offset_ms posterior matches',
      [1, 'ann@x', 1, 0.9, 30],
      [2, 'ann@x', 2, 0.95, 10],
      [4, 'ann@x', 4, 0.95, 20],
      [3, 'ann@x', 3, 0.95, 20],
      [5, 'bob@x', 5, 0.899, 90],
    );
    const rows = await stepRows('attribution/phone_clock', 'ranked', { belief_before });
    expect(cells(rows, 'person clock_offset_ms place')).toEqual([
      ['ann@x', 1, 4],
      ['ann@x', 2, 3],
      ['ann@x', 3, 1],
      ['ann@x', 4, 2],
    ]);
  });
});

describe('attribution/coincidence', () => {
  it('reading: of sessions that are no signals, and whether they are on a grid', async () => {
    const given = {
      step_reading: table(
        'device_session sensorReadingTime distanceFromObject slice',
        ...[1, 2, 3].map((session) => [session, 70, 9, 2]),
      ),
      device_session: table('device_session is_signal', [1, 0], [2, 0], [3, 1]),
      device_grid: table('device_session', [2]),
    };
    const rows = await stepRows('attribution/coincidence', 'reading', given);
    expect(cells(rows, 'device_session slice is_on_grid')).toEqual([
      [1, 2, 0],
      [2, 2, 1],
    ]);
  });

  it('stamp: by the clock of the device, as far as it is known, and in the slice of that', async () => {
    const given = {
      phone_stamp: table(
        'phone_session timeStamp slice',
        ...[1, 2, 3, 4].map((session) => [session, 70, 2]),
      ),
      phone_session: table(
        'phone_session person is_signal',
        [1, 'ann@x', 0],
        [2, 'bob@x', 0],
        [3, 'cem@x', 0],
        [4, 'cem@x', 1],
      ),
      phone_grid: table('phone_session', [2]),
      phone_clock: table('person clock_offset_ms', ['bob@x', -71], ['cem@x', 20]),
    };
    const rows = await stepRows('attribution/coincidence', 'stamp', given);
    expect(cells(rows, 'phone_session timeStamp device_time slice is_on_grid')).toEqual([
      [1, 70, 70, 2, 0],
      [2, 70, -1, -1, 1],
      [3, 70, 90, 3, 0],
    ]);
  });

  it('beside: the slice itself and its two neighbours', async () => {
    const rows = await stepRows('attribution/coincidence', 'beside', {});
    expect(cells(rows, 'slices')).toEqual([[-1], [0], [1]]);
  });

  const beside = table('slices', [-1], [0], [1]);

  it('mixed_reading: those on no grid, in three slices', async () => {
    const reading = table(
      'device_session sensorReadingTime distanceFromObject slice is_on_grid',
      [1, 70, 9, 2, 0],
      [2, 70, 9, 2, 1],
    );
    const given = { beside, reading };
    const rows = await stepRows('attribution/coincidence', 'mixed_reading', given);
    expect(cells(rows, 'device_session slice')).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
  });

  it('mixed_stamp: those on no grid, in three slices', async () => {
    const stamp = table(
      'phone_session timeStamp device_time slice is_on_grid',
      [1, 60, 70, 2, 0],
      [2, 60, 70, 2, 1],
    );
    const rows = await stepRows('attribution/coincidence', 'mixed_stamp', { beside, stamp });
    expect(cells(rows, 'phone_session device_time slice')).toEqual([
      [1, 70, 1],
      [1, 70, 2],
      [1, 70, 3],
    ]);
  });

  it('near_stamp: what coincides, each once, unless both are on a grid; the lag is uncorrected', async () => {
    const reading = table(
      'device_session sensorReadingTime distanceFromObject slice is_on_grid',
      [1, 100, 9, 3, 0],
      [2, 100, 9, 3, 1],
    );
    const stamp = table(
      'phone_session timeStamp device_time slice is_on_grid',
      [3, 630, 130, 4, 0],
      [4, 631, 131, 4, 0],
      [5, 570, 70, 2, 1],
      [6, 569, 69, 2, 1],
    );
    const given = {
      reading,
      stamp,
      mixed_reading: [2, 3, 4].map((slice) => ({ ...reading[0], slice })),
      mixed_stamp: [3, 4, 5].flatMap((slice) =>
        stamp.slice(0, 2).map((row) => ({ ...row, slice })),
      ),
    };
    const rows = await stepRows('attribution/coincidence', 'near_stamp', given);
    expect(cells(rows, 'device_session phone_session timeStamp lag_ms')).toEqual([
      [1, 3, 630, -530],
      [1, 5, 570, -470],
      [2, 3, 630, -530],
    ]);
  });

  it('frequent: sessions that coincide five times or more', async () => {
    const times = (count: number, device: number, phone: number): number[][] =>
      Array.from({ length: count }, () => [device, phone]);
    const near_stamp = table(
      'device_session phone_session',
      ...times(5, 1, 1),
      ...times(4, 1, 2),
      ...times(4, 2, 1),
    );
    const rows = await stepRows('attribution/coincidence', 'frequent', { near_stamp });
    expect(cells(rows, 'device_session phone_session')).toEqual([[1, 1]]);
  });
});

describe('attribution/clock_offset', () => {
  it('vote: how many coincidences of two sessions have a lag', async () => {
    const coincidence = table(
      'device_session phone_session lag_ms',
      [1, 1, 7],
      [1, 1, 7],
      [1, 1, -7],
      [1, 2, 7],
    );
    const rows = await stepRows('attribution/clock_offset', 'vote', { coincidence });
    expect(cells(rows, 'device_session phone_session lag_ms votes')).toEqual([
      [1, 1, -7, 1],
      [1, 1, 7, 2],
      [1, 2, 7, 1],
    ]);
  });

  it('support: the votes around, the more the closer, of the same two sessions', async () => {
    const vote = table(
      'device_session phone_session lag_ms votes',
      [1, 1, 0, 2],
      [1, 1, 10, 3],
      [1, 1, 21, 1],
      [1, 2, 1, 1],
    );
    const rows = await stepRows('attribution/clock_offset', 'support', { vote });
    expect(cells(rows, 'phone_session lag_ms weight')).toEqual([
      [1, 0, 2 * 11 + 3],
      [1, 10, 3 * 11 + 2],
      [1, 21, 11],
      [2, 1, 11],
    ]);
  });

  it('ranked: the most support, then the smallest lag, then the negative one', async () => {
    const support = table(
      'device_session phone_session lag_ms weight',
      [1, 1, 3, 40],
      [1, 1, -3, 40],
      [1, 1, 2, 40],
      [1, 1, 9, 41],
      [1, 1, 0, 39],
    );
    const rows = await stepRows('attribution/clock_offset', 'ranked', { support });
    expect(cells(rows, 'lag_ms place')).toEqual([
      [-3, 3],
      [0, 5],
      [2, 2],
      [3, 4],
      [9, 1],
    ]);
  });
});

describe('attribution/claim', () => {
  const key = 'device_session phone_session sensorReadingTime distanceFromObject timeStamp';

  it('aligned: coincidences that agree once the offset is corrected, and what is left between', async () => {
    const given = {
      coincidence: table(
        `${key} lag_ms`,
        [1, 1, 100, 9, 95, 5],
        [1, 1, 200, 9, 170, 30],
        [1, 1, 300, 9, 291, 9],
        [1, 2, 100, 9, 95, 5],
      ),
      clock_offset: table('device_session phone_session clock_offset_ms', [1, 1, 20], [1, 2, 15]),
    };
    const rows = await stepRows('attribution/claim', 'aligned', given);
    expect(cells(rows, 'phone_session sensorReadingTime residual_ms')).toEqual([
      [2, 100, 10],
      [1, 200, 10],
    ]);
  });

  const aligned = table(
    `${key} residual_ms`,
    [1, 1, 100, 9, 98, 2],
    [1, 1, 100, 9, 101, 1],
    [1, 1, 102, 9, 101, 1],
    [1, 1, 106, 9, 101, 5],
    [1, 1, 106, 9, 111, 5],
  );

  it('ranked: the nearest timestamp of a reading, the nearest reading of a timestamp, and the next', async () => {
    const rows = await stepRows('attribution/claim', 'ranked', { aligned });
    expect(
      cells(rows, 'timeStamp residual_ms place_for_reading next_residual_ms').map(String).sort(),
    ).toEqual(['101,1,1,1', '101,1,1,5', '101,5,1,', '111,5,2,', '98,2,2,']);
  });

  it('takes each for the other, and neither of two that are as near', async () => {
    const clear = table(`${key} residual_ms`, [1, 1, 200, 9, 199, 1], [1, 1, 203, 9, 199, 4]);
    const rows = await resultRows('attribution/claim', { aligned: [...aligned, ...clear] });
    expect(cells(rows, 'sensorReadingTime timeStamp')).toEqual([[200, 199]]);
  });
});

describe('attribution/moment_pair', () => {
  it('supported: how many readings, how well, and from when to when, from five on', async () => {
    const of = (phone: number, ...residuals: number[]): number[][] =>
      residuals.map((residual, index) => [1, phone, 100 + index, 50 + index, residual]);
    const claim = table(
      'device_session phone_session sensorReadingTime timeStamp residual_ms',
      ...of(1, 0, 1, 2, 3, 6.5),
      ...of(2, 0, 0, 0, 0),
    );
    expect(await stepRows('attribution/moment_pair', 'supported', { claim })).toEqual([
      {
        device_session: 1,
        phone_session: 1,
        matches: 5,
        mean_residual_ms: 2.5,
        first_reading: 100,
        last_reading: 104,
        first_stamp: 50,
        last_stamp: 54,
      },
    ]);
  });

  const supported = table(
    'device_session phone_session first_reading last_reading first_stamp last_stamp',
    [1, 2, 100, 104, 50, 53],
  );
  const times = (session: number, ...at: number[]): number[][] => at.map((time) => [session, time]);

  it('stretch_of_device: all readings from the first supported one to the last', async () => {
    const step_reading = table(
      'device_session sensorReadingTime',
      ...times(1, 99, 100, 101, 104, 105),
      ...times(2, 101),
    );
    const given = { supported, step_reading };
    expect(await stepRows('attribution/moment_pair', 'stretch_of_device', given)).toEqual([
      { device_session: 1, phone_session: 2, readings: 3 },
    ]);
  });

  it('stretch_of_phone: all timestamps from the first supporting one to the last', async () => {
    const phone_stamp = table(
      'phone_session timeStamp',
      ...times(2, 49, 50, 52, 53, 54, 104),
      ...times(1, 51),
    );
    const given = { supported, phone_stamp };
    expect(await stepRows('attribution/moment_pair', 'stretch_of_phone', given)).toEqual([
      { device_session: 1, phone_session: 2, stamps: 3 },
    ]);
  });
});
