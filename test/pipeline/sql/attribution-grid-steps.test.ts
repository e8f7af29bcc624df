/** Sessions as regular grids, what streams lose, and how many strangers there are: literal rows in and out. */
import { describe, expect, it } from 'vitest';
import { cells, renamed, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

const toPhone = {
  device_session: 'phone_session',
  readings: 'stamps',
  first_reading: 'first_stamp',
  last_reading: 'last_stamp',
  sensorReadingTime: 'timeStamp',
};

describe('attribution/device_grid and attribution/phone_grid', () => {
  it('spaced: how many steps fit, in sessions of enough rows that are no signals', async () => {
    const device_session = table(
      'device_session readings first_reading last_reading period_ms is_signal',
      [1, 5, 1_000, 9_100, 2_000, 0],
      [2, 4, 1_000, 9_100, 2_000, 0],
      [3, 5, 1_000, 9_100, 2_000, 1],
      [4, 5, 1_000, 9_100, 250, 0],
      [5, 5, 1_000, 2_132, 251, 0],
      [6, 5, 1_000, 1_000, null, 0],
    );
    const fitting = [
      [1, 1_000, 4, 8_100],
      [5, 1_000, 5, 1_132],
    ];
    const ofDevices = await stepRows('attribution/device_grid', 'spaced', { device_session });
    expect(cells(ofDevices, 'device_session first_reading steps span_ms')).toEqual(fitting);
    const ofPhones = await stepRows('attribution/phone_grid', 'spaced', {
      phone_session: renamed(device_session, toPhone),
    });
    expect(cells(ofPhones, 'phone_session first_stamp steps span_ms')).toEqual(fitting);
  });

  it('moment: the rows of the session since its first, and its period over the whole span', async () => {
    const spaced = table('device_session first_reading steps span_ms', [1, 1_000, 4, 8_002]);
    const step_reading = table(
      'device_session sensorReadingTime',
      [1, 1_000],
      [1, 9_002],
      [2, 1_000],
    );
    const ofDevices = await stepRows('attribution/device_grid', 'moment', { spaced, step_reading });
    const moments = [
      [1, 2_000.5, 0],
      [1, 2_000.5, 8_002],
    ];
    expect(cells(ofDevices, 'device_session grid_period_ms since_ms')).toEqual(moments);
    const ofPhones = await stepRows('attribution/phone_grid', 'moment', {
      spaced: renamed(spaced, toPhone),
      phone_stamp: renamed(step_reading, toPhone),
    });
    expect(cells(ofPhones, 'phone_session grid_period_ms since_ms')).toEqual(moments);
  });

  it('strayed: how far a moment is from the nearest of the grid, before or after it', async () => {
    const moment = table(
      'device_session first_reading steps grid_period_ms since_ms',
      [1, 0, 9, 500.5, 0],
      [1, 0, 9, 500.5, 498],
      [1, 0, 9, 500.5, 1_004],
    );
    const residuals = [[-2.5], [0], [3]];
    const ofDevices = await stepRows('attribution/device_grid', 'strayed', { moment });
    expect(cells(ofDevices, 'residual_ms')).toEqual(residuals);
    const ofPhones = await stepRows('attribution/phone_grid', 'strayed', {
      moment: renamed(moment, toPhone),
    });
    expect(cells(ofPhones, 'residual_ms')).toEqual(residuals);
  });

  it('begin where the moments say on average, unless one strays too far or most were lost', async () => {
    const of = (session: number, steps: number, ...residuals: number[]): number[][] =>
      residuals.map((residual) => [session, 1_000, steps, 500.5, residual]);
    const strayed = table(
      'device_session first_reading steps grid_period_ms residual_ms',
      ...of(1, 6, 0, 0.5, 4),
      ...of(2, 6, 0, 0, -20),
      ...of(3, 6, 0, 0, 20.5),
      ...of(4, 7, 0, 0, 0),
    );
    const grids = [
      [1, 3, 1_001.5],
      [2, 3, expect.closeTo(1_000 - 20 / 3, 3)],
    ];
    const ofDevices = await resultRows('attribution/device_grid', { strayed });
    expect(cells(ofDevices, 'device_session moments grid_start')).toEqual(grids);
    const ofPhones = await resultRows('attribution/phone_grid', {
      strayed: renamed(strayed, toPhone),
    });
    expect(cells(ofPhones, 'phone_session moments grid_start')).toEqual(grids);
  });
});

describe('attribution/grid_loss', () => {
  it('hole: moments that are not there, among those between the first and the last', async () => {
    const given = {
      device_grid: table('steps moments', [29, 27]),
      phone_grid: table('steps moments', [10, 11]),
    };
    const rows = await stepRows('attribution/grid_loss', 'hole', given);
    expect(cells(rows, 'is_device inner_steps holes')).toEqual([
      [0, 9, 0],
      [1, 28, 3],
    ]);
  });

  it('total: of each stream for itself', async () => {
    const hole = table('is_device inner_steps holes', [1, 28, 3], [1, 20, 2], [0, 9, 4]);
    expect(await stepRows('attribution/grid_loss', 'total', { hole })).toEqual([
      { device_steps: 48, device_holes: 5, phone_steps: 9, phone_holes: 4 },
    ]);
  });

  it('share: what was counted, as if 50 more steps had lost a tenth', async () => {
    const columns = 'device_steps device_holes phone_steps phone_holes';
    const share = async (...row: (number | null)[]): Promise<unknown[][]> => {
      const total = table(columns, row);
      const rows = await stepRows('attribution/grid_loss', 'share', { total });
      return cells(rows, 'device_share phone_share');
    };
    expect(await share(950, 195, 150, 15)).toEqual([[0.2, 0.1]]);
    expect(await share(null, null, 0, 0)).toEqual([[0.1, 0.1]]);
  });

  it('is at least and at most what the settings allow', async () => {
    const share = table('device_share phone_share', [0.001, 0.8]);
    expect(await resultRows('attribution/grid_loss', { share })).toEqual([
      { device_loss: 0.02, phone_loss: 0.5 },
    ]);
  });
});

describe('attribution/stranger_density', () => {
  it('shape: steps, and slices of period and of time, also before 1970', async () => {
    const phone_grid = table(
      'phone_session steps grid_period_ms grid_start',
      [1, 29, 2_019.5, 3_625_000.5],
      [2, 28, 2_020, -0.5],
    );
    const rows = await stepRows('attribution/stranger_density', 'shape', { phone_grid });
    expect(cells(rows, 'phone_session steps period_slice crowd_slice hour_slice')).toEqual([
      [1, 29, 100, 362, 1],
      [2, 28, 101, -1, -1],
    ]);
  });

  it('beside: the slice itself and its two neighbours', async () => {
    const rows = await stepRows('attribution/stranger_density', 'beside', {});
    expect(cells(rows, 'slices')).toEqual([[-1], [0], [1]]);
  });

  const beside = table('slices', [-1], [0], [1]);

  it('alike: sessions of as many steps with a period of the slice or beside it', async () => {
    const shape = table('steps period_slice', [29, 100], [29, 101], [29, 103], [28, 100]);
    const rows = await stepRows('attribution/stranger_density', 'alike', { shape, beside });
    expect(cells(rows, 'steps period_slice sessions')).toEqual([
      [28, 99, 1],
      [28, 100, 1],
      [28, 101, 1],
      [29, 99, 1],
      [29, 100, 2],
      [29, 101, 2],
      [29, 102, 2],
      [29, 103, 1],
      [29, 104, 1],
    ]);
  });

  it('crowd: sessions of any shape that begin in the slice or beside it', async () => {
    const shape = table('steps crowd_slice', [29, 5], [28, 5], [29, 6], [29, 8]);
    const rows = await stepRows('attribution/stranger_density', 'crowd', { shape, beside });
    expect(cells(rows, 'crowd_slice sessions')).toEqual([
      [4, 2],
      [5, 3],
      [6, 3],
      [7, 2],
      [8, 1],
      [9, 1],
    ]);
  });

  it('busy_hour: sessions that begin in the hour', async () => {
    const shape = table('phone_session hour_slice', [1, 7], [2, 7], [3, 9]);
    const rows = await stepRows('attribution/stranger_density', 'busy_hour', { shape });
    expect(cells(rows, 'hour_slice sessions')).toEqual([
      [7, 2],
      [9, 1],
    ]);
  });

  it('everybody: all sessions', async () => {
    const shape = table('phone_session', [1], [2], [3]);
    const rows = await stepRows('attribution/stranger_density', 'everybody', { shape });
    expect(rows).toEqual([{ sessions: 3 }]);
  });

  it('is the greater of crowd and hour, the session itself left out, times the share of the shape', async () => {
    const given = {
      shape: table(
        'phone_session steps period_slice crowd_slice hour_slice',
        [1, 29, 100, 5, 0],
        [2, 29, 100, 9, 0],
      ),
      alike: table('steps period_slice sessions', [29, 100, 6]),
      crowd: table('crowd_slice sessions', [5, 31], [9, 1]),
      busy_hour: table('hour_slice sessions', [0, 36.5]),
      everybody: table('sessions', [40]),
    };
    const rows = await resultRows('attribution/stranger_density', given);
    expect(cells(rows, 'phone_session strangers_per_ms')).toEqual([
      [1, expect.closeTo(0.0001, 12)],
      [2, expect.closeTo(0.000001, 12)],
    ]);
  });
});
