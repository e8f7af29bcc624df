/** Which pairs cannot both be true, where people mix: literal rows in, literal rows out. */
import { describe, expect, it } from 'vitest';
import { cells, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

describe('attribution/known_rival', () => {
  const claimed = (device: number, phone: number, ...at: number[]): number[][] =>
    at.map((time) => [device, phone, time, 9, time - 10]);
  const claims = (...rows: number[][]): ReturnType<typeof table> =>
    table('device_session phone_session sensorReadingTime distanceFromObject timeStamp', ...rows);

  it('shared_reading: readings that two phones support, seen from either', async () => {
    const claim = claims(
      ...claimed(1, 1, 100, 101, 102),
      ...claimed(1, 2, 101, 102, 103),
      ...claimed(2, 3, 101),
    );
    const rows = await stepRows('attribution/known_rival', 'shared_reading', { claim });
    expect(cells(rows, 'device_session phone_session rival_phone_session readings')).toEqual([
      [1, 1, 2, 2],
      [1, 2, 1, 2],
    ]);
  });

  const moment_pair = table(
    'pair_id device_session phone_session matches',
    [11, 1, 1, 10],
    [12, 1, 2, 4],
    [13, 1, 3, 10],
    [21, 2, 1, 6],
  );

  it('device_rival: who shares half of the smaller one, and any pair of the whole session', async () => {
    const given = {
      shared_reading: table(
        'device_session phone_session rival_phone_session readings',
        [1, 1, 2, 2],
        [1, 1, 3, 4],
      ),
      moment_pair,
      known_pair: table(
        'pair_id device_session kind',
        [1, 2, 'steps'],
        [21, 2, 'moments'],
        [3, 3, 'steps'],
      ),
    };
    const rows = await stepRows('attribution/known_rival', 'device_rival', given);
    expect(cells(rows, 'pair_id rival_id')).toEqual([
      [11, 12],
      [21, 1],
    ]);
  });

  it('shared_stamp: timestamps that two devices claim, or that a pair of whole sessions spans', async () => {
    const given = {
      claim: claims(...claimed(1, 1, 110, 120), ...claimed(2, 1, 120)),
      moment_pair,
      known_pair: table(
        'pair_id phone_session kind matches first_stamp last_stamp',
        [1, 1, 'steps', 7, 141, 150],
        [2, 1, 'signal', 8, 60, 70],
        [3, 2, 'steps', 9, 90, 140],
        [11, 1, 'moments', 10, 90, 140],
      ),
    };
    const rows = await stepRows('attribution/known_rival', 'shared_stamp', given);
    expect(cells(rows, 'pair_id rival_id kind matches rival_matches')).toEqual([
      [11, 2, 'signal', 10, 8],
      [11, 21, 'moments', 10, 6],
      [21, 11, 'moments', 6, 10],
    ]);
  });

  it('phone_rival: who shares half of the timestamps of the smaller one', async () => {
    const shared = (count: number, rival: number, rivalMatches: number): (number | string)[][] =>
      Array.from({ length: count }, () => [11, rival, 'moments', 10, rivalMatches]);
    const shared_stamp = table(
      'pair_id rival_id kind matches rival_matches',
      ...shared(3, 21, 6),
      ...shared(3, 22, 7),
      ...shared(5, 23, 90),
    );
    const rows = await stepRows('attribution/known_rival', 'phone_rival', { shared_stamp });
    expect(cells(rows, 'pair_id rival_id')).toEqual([
      [11, 21],
      [11, 23],
    ]);
  });

  it('names every two from both sides, on the side where they meet', async () => {
    const given = {
      possible_rival: table('pair_id rival_id side', [1, 2, 'phone']),
      device_rival: table('pair_id rival_id', [11, 12], [12, 11], [21, 1]),
      phone_rival: table('pair_id rival_id kind', [11, 21, 'moments'], [21, 2, 'steps']),
      belief_before: table('pair_id', [1], [2]),
    };
    const rows = await resultRows('attribution/known_rival', given);
    expect(cells(rows, 'pair_id rival_id side')).toEqual([
      [1, 2, 'phone'],
      [1, 21, 'device'],
      [2, 21, 'phone'],
      [11, 12, 'device'],
      [11, 21, 'phone'],
      [12, 11, 'device'],
      [21, 1, 'device'],
      [21, 2, 'phone'],
    ]);
  });
});

describe('attribution/possible_pair and attribution/possible_rival', () => {
  it('leave out pairs that the first rounds made as good as impossible, and rivalry with them', async () => {
    const columns =
      'pair_id device_session phone_session person clock_offset_ms matches mean_residual_ms log_evidence kind first_reading last_reading first_stamp last_stamp posterior log_device_free log_phone_free log_doubt';
    const belief_before = [0.000_001, 0, 0.9].map((posterior, index) => ({
      ...table(columns, [index, 1, 2, 'ann@x', 4, 5, 6, 7, 'steps', 8, 9, 10, 11])[0],
      posterior,
      log_device_free: -1,
      log_phone_free: -2,
      log_doubt: -3,
    }));
    const pairs = await resultRows('attribution/possible_pair', { belief_before });
    expect(pairs).toEqual([belief_before[0], belief_before[2]]);
    const rival_pair = table(
      'pair_id rival_id side',
      [0, 1, 'device'],
      [1, 2, 'device'],
      [0, 2, 'phone'],
    );
    const possible_pair = pairs;
    const rivals = await resultRows('attribution/possible_rival', { rival_pair, possible_pair });
    expect(cells(rivals, 'pair_id rival_id side')).toEqual([[0, 2, 'phone']]);
  });
});
