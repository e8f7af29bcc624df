/** Which grids may belong together, how that is judged, and what comes of it: literal rows in, literal rows out. */
import { describe, expect, it } from 'vitest';
import { cells, renamed, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

const toPhone = { device_session: 'phone_session' };
const near = (value: number): unknown => expect.closeTo(value, 9);

describe('attribution/grid_neighbour', () => {
  const grids = table('device_session grid_start steps grid_period_ms', [7, 1_000, 4, 500.5]);
  const ends = [
    [7, 0, 3_002, 500.5],
    [7, 1, 1_000, 500.5],
  ];

  it('device_end: start and end of each grid', async () => {
    const given = { device_grid: grids };
    const rows = await stepRows('attribution/grid_neighbour', 'device_end', given);
    expect(cells(rows, 'device_session is_start end_ms grid_period_ms')).toEqual(ends);
  });

  it('phone_end: start and end of each grid', async () => {
    const given = { phone_grid: renamed(grids, toPhone) };
    const rows = await stepRows('attribution/grid_neighbour', 'phone_end', given);
    expect(cells(rows, 'phone_session is_start end_ms grid_period_ms')).toEqual(ends);
  });

  it('device_cell: one slice of time, twice as wide as ends may differ, and one of period', async () => {
    const device_end = table(
      'device_session is_start end_ms grid_period_ms',
      [1, 1, 15_999.5, 2_019.9],
      [2, 0, -0.5, 2_020],
    );
    const rows = await stepRows('attribution/grid_neighbour', 'device_cell', { device_end });
    expect(cells(rows, 'device_session is_start end_slice period_slice')).toEqual([
      [1, 1, 0, 100],
      [2, 0, -1, 101],
    ]);
  });

  it('side: before and after', async () => {
    const rows = await stepRows('attribution/grid_neighbour', 'side', {});
    expect(cells(rows, 'sign')).toEqual([[-1], [1]]);
  });

  it('phone_cell: all slices in which a device may be that is near enough, each once', async () => {
    const given = {
      phone_end: table(
        'phone_session is_start end_ms grid_period_ms',
        [1, 1, 20_000, 2_010],
        [2, 0, 8_000, 2_018],
      ),
      side: table('sign', [-1], [1]),
    };
    const rows = await stepRows('attribution/grid_neighbour', 'phone_cell', given);
    expect(cells(rows, 'phone_session is_start end_slice period_slice')).toEqual([
      [1, 1, 0, 100],
      [1, 1, 1, 100],
      [2, 0, 0, 100],
      [2, 0, 0, 101],
      [2, 0, 1, 100],
      [2, 0, 1, 101],
    ]);
  });
});

describe('attribution/grid_pair', () => {
  it('slipped: the nearest step and two to either side', async () => {
    const columns = 'grid_start steps grid_period_ms moments';
    const given = {
      grid_neighbour: table('device_session phone_session', [1, 2]),
      device_grid: table(`device_session ${columns}`, [1, 0, 29, 2_000, 26], [3, 0, 9, 2_000, 9]),
      phone_grid: table(`phone_session ${columns}`, [2, -3_100, 28, 2_001, 27]),
    };
    const rows = await stepRows('attribution/grid_pair', 'slipped', given);
    expect(cells(rows, 'late_start')).toEqual([[-4], [-3], [-2], [-1], [0]]);
    expect(rows[0]).toEqual({
      device_session: 1,
      phone_session: 2,
      device_steps: 29,
      phone_steps: 28,
      device_start: 0,
      phone_start: -3_100,
      device_period: 2_000,
      phone_period: 2_001,
      moments: 26,
      late_start: -4,
    });
  });

  it('overlapping: the steps that both have, and how much later the phone ends', async () => {
    const slipped = table(
      'device_session phone_session device_steps phone_steps moments late_start device_start phone_start device_period phone_period',
      [1, 2, 29, 28, 9, 2, 0, 0, 1, 1],
      [1, 3, 29, 28, 9, -2, 0, 0, 1, 1],
    );
    const rows = await stepRows('attribution/grid_pair', 'overlapping', { slipped });
    expect(cells(rows, 'phone_session late_start late_end first_step last_step')).toEqual([
      [2, 2, 1, 2, 29],
      [3, -2, -3, 0, 26],
    ]);
  });

  it('bounded: when the steps that both have begin and end on both clocks, if they are enough', async () => {
    const columns =
      'device_session phone_session moments late_start late_end device_start phone_start device_period phone_period first_step last_step';
    const overlapping = table(
      columns,
      [1, 2, 26, 2, 1, 100, 5_000, 2_000, 2_001, 2, 29],
      [1, 3, 26, -2, 0, 100, 5_000, 2_000, 2_001, 0, 4],
      [1, 4, 26, -2, 0, 100, 5_000, 2_000, 2_001, 0, 3],
    );
    const rows = await stepRows('attribution/grid_pair', 'bounded', { overlapping });
    expect(
      cells(rows, 'phone_session matches first_reading last_reading first_stamp last_stamp'),
    ).toEqual([
      [2, 26, 4_100, 58_100, 5_000, 5_000 + 27 * 2_001],
      [3, 5, 100, 8_100, 9_002, 5_000 + 6 * 2_001],
    ]);
  });

  it('lagged: the mean lag of both ends, where they differ by no more than grids stray', async () => {
    const bounded = table(
      'device_session phone_session late_start late_end matches first_reading last_reading first_stamp last_stamp',
      [1, 2, 0, 0, 9, 1_000, 9_000, 900, 8_940],
      [1, 3, 0, 0, 9, 1_000, 9_000, 900, 8_859],
    );
    const rows = await stepRows('attribution/grid_pair', 'lagged', { bounded });
    expect(cells(rows, 'phone_session lag_ms')).toEqual([[2, 80]]);
  });

  it('loss: the chance that an end is the same, if one of the two has it', async () => {
    const grid_loss = table('device_loss phone_loss', [0.1, 0.2]);
    const rows = await stepRows('attribution/grid_pair', 'loss', { grid_loss });
    expect(rows).toEqual([{ device_loss: 0.1, phone_loss: 0.2, same_end: near(0.72 / 0.98) }]);
  });

  it('judged: what either end says against strangers; a step too many was lost by the other', async () => {
    const columns =
      'device_session phone_session late_start late_end lag_ms matches first_reading last_reading first_stamp last_stamp';
    const of = (phone: number, lateStart: number, lateEnd: number, lag = 9): number[] => [
      1,
      phone,
      lateStart,
      lateEnd,
      lag,
      9,
      1,
      2,
      3,
      4,
    ];
    const given = {
      lagged: table(
        columns,
        of(1, 0, 0),
        of(2, 1, 0),
        of(3, -2, 0),
        of(4, 0, 1),
        of(5, 0, -1),
        of(6, 9, 0, -2_500),
        of(7, 0, 0, 2_500.5),
      ),
      loss: table('device_loss phone_loss same_end', [0.1, 0.2, 0.7]),
      stranger_density: table(
        'phone_session strangers_per_ms',
        ...[1, 2, 3, 4, 5, 6, 7].map((phone) => [phone, phone === 2 ? 2e-6 : 1e-6]),
      ),
    };
    const rows = await stepRows('attribution/grid_pair', 'judged', given);
    const log = (first: number, last: number, strangers = 0.005): unknown =>
      near(Math.log((first * last) / strangers));
    expect(cells(rows, 'phone_session log_evidence')).toEqual([
      [1, log(0.7, 0.7)],
      [2, log(0.7 * 0.2, 0.7, 0.01)],
      [3, log(0.7 * 0.01, 0.7)],
      [4, log(0.7, 0.7 * 0.1)],
      [5, log(0.7, 0.7 * 0.2)],
      [6, log(0.003, 0.7)],
    ]);
  });
});

describe('attribution/candidate_pair', () => {
  it('pair: those of grids and those of signals', async () => {
    const columns =
      'pair_id device_session phone_session person clock_offset_ms matches mean_residual_ms log_evidence kind first_reading last_reading first_stamp last_stamp';
    const given = {
      grid_pair: table(columns, [1, 2, 3, 'ann@x', 4, 5, 0.5, 6.5, 'steps', 7, 8, 9, 10]),
      signal_pair: table(columns, [-1, 12, 13, 'bob@x', 14, 15, 0.25, 1, 'signal', 17, 18, 19, 20]),
    };
    expect(await stepRows('attribution/candidate_pair', 'pair', given)).toEqual([
      ...given.signal_pair,
      ...given.grid_pair,
    ]);
  });

  it('begins with all pairs of a device session as likely as none', async () => {
    const pair = table('pair_id device_session phone_session', [1, 1, 1], [2, 1, 2], [3, 2, 1]);
    const columns = { pair: { person: 'VARCHAR', kind: 'VARCHAR' } };
    const others =
      'clock_offset_ms matches mean_residual_ms log_evidence first_reading last_reading first_stamp last_stamp';
    const given = { pair: pair.map((row) => ({ ...row, ...table(others, [])[0] })) };
    const rows = await resultRows('attribution/candidate_pair', given, { columns });
    expect(cells(rows, 'pair_id posterior')).toEqual([
      [1, near(1 / 3)],
      [2, near(1 / 3)],
      [3, 0.5],
    ]);
  });
});

describe('attribution/accepted_pair', () => {
  it('person_belief: all offsets of a phone speak for its person, and each for itself', async () => {
    const others =
      'person clock_offset_ms matches mean_residual_ms kind first_reading last_reading first_stamp last_stamp';
    const belief_before = table(
      `pair_id device_session phone_session posterior ${others}`,
      [1, 1, 1, 0.95],
      [2, 1, 1, 0.049],
      [3, 1, 2, 0.001],
      [4, 2, 1, 0.4],
    );
    const rows = await stepRows('attribution/accepted_pair', 'person_belief', { belief_before });
    expect(cells(rows, 'pair_id offset_posterior posterior')).toEqual([
      [1, 0.95, 0.999],
      [2, 0.049, 0.999],
      [3, 0.001, 0.001],
      [4, 0.4, 0.4],
    ]);
  });
});

describe('attribution/session_outcome', () => {
  it('likely: the likeliest pair, and in millionths that it is anybody at all', async () => {
    const belief_before = table('device_session posterior', [1, 0.3], [1, 0.25], [2, 0.1]);
    const rows = await stepRows('attribution/session_outcome', 'likely', { belief_before });
    expect(cells(rows, 'device_session posterior belief')).toEqual([
      [1, 0.3, 550_000],
      [2, 0.1, 100_000],
    ]);
  });

  it('attributed: once, however many people have a part of the session', async () => {
    const accepted_pair = table('device_session posterior', [1, 0.998], [1, 0.999], [2, 1]);
    const rows = await stepRows('attribution/session_outcome', 'attributed', { accepted_pair });
    expect(cells(rows, 'device_session posterior')).toEqual([
      [1, 0.999],
      [2, 1],
    ]);
  });

  it('is ambiguous from even odds on that it is anybody', async () => {
    const given = {
      device_session: table('device_session', [1], [2], [3], [4]),
      likely: table(
        'device_session posterior belief',
        [1, 0.95, 999_000],
        [2, 0.25, 500_000],
        [3, 0.4, 499_999],
      ),
      attributed: table('device_session posterior', [1, 0.999]),
    };
    const rows = await resultRows('attribution/session_outcome', given);
    expect(cells(rows, 'device_session outcome posterior')).toEqual([
      [1, 'attributed', 0.999],
      [2, 'ambiguous', 0.25],
      [3, 'unattributed', 0.4],
      [4, 'unattributed', 0],
    ]);
  });
});
