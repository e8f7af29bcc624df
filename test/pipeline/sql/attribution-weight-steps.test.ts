/** What all pairs tell about each: literal rows in, literal rows out, for every named step of pair_weight. */
import { describe, expect, it } from 'vitest';
import { cells, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

const near = (value: number): unknown => expect.closeTo(value, 9);

describe('attribution/pair_weight', () => {
  it('belief_of: belief in millionths, and whose session on what', async () => {
    const given = {
      belief_before: [
        {
          pair_id: 4,
          device_session: 1,
          phone_session: 2,
          person: 'ann@x',
          clock_offset_ms: -8,
          first_stamp: 9,
          log_evidence: 1.5,
          posterior: 0.123_456_7,
        },
      ],
      device_session: table('device_session serialNumber session_number', [1, 'box', 7]),
      phone_session: table('phone_session session_number', [1, 8], [2, 3]),
    };
    expect(await stepRows('attribution/pair_weight', 'belief_of', given)).toEqual([
      {
        pair_id: 4,
        device_session: 1,
        phone_session: 2,
        person: 'ann@x',
        serialNumber: 'box',
        session_number: 3,
        clock_offset_ms: -8,
        first_stamp: 9,
        log_evidence: 1.5,
        belief: 123_457,
      },
    ]);
  });

  it('device_total: sessions of enough readings', async () => {
    const device_session = table('readings', [4], [5], [90]);
    expect(await stepRows('attribution/pair_weight', 'device_total', { device_session })).toEqual([
      { sessions: 2 },
    ]);
  });

  it('phone_total: sessions of enough timestamps, and how many people have any', async () => {
    const phone_session = table(
      'person stamps',
      ['ann@x', 5],
      ['ann@x', 9],
      ['bob@x', 9],
      ['cem@x', 4],
    );
    expect(await stepRows('attribution/pair_weight', 'phone_total', { phone_session })).toEqual([
      { sessions: 3, people: 2 },
    ]);
  });

  it('believed: how many pairs are believed in all', async () => {
    const belief_of = table('belief', [1_000_000], [250_000], [500_000]);
    expect(await stepRows('attribution/pair_weight', 'believed', { belief_of })).toEqual([
      { pairs: 1.75 },
    ]);
  });

  it('silence: the share of each side that belongs to nobody, never none and never all', async () => {
    const silence = async (pairs: number, devices: number, phones: number): Promise<unknown> => {
      const given = {
        believed: [{ pairs }],
        device_total: [{ sessions: devices }],
        phone_total: [{ sessions: phones, people: 3 }],
      };
      const rows = await stepRows('attribution/pair_weight', 'silence', given);
      return cells(rows, 'silent_phones silent_devices people');
    };
    expect(await silence(8, 10, 16)).toEqual([[near(0.2), 0.5, 3]]);
    expect(await silence(8, 7, 1_000)).toEqual([[0.01, 0.9, 3]]);
  });

  it('offset_share: how much is believed at each offset', async () => {
    const belief_of = table('clock_offset_ms belief', [7, 1_000_000], [7, 500_000], [-8, 250_000]);
    const rows = await stepRows('attribution/pair_weight', 'offset_share', { belief_of });
    expect(cells(rows, 'clock_offset_ms belief')).toEqual([
      [-8, 250_000],
      [7, 1_500_000],
    ]);
  });

  it('offset_near: how much is believed around each offset, in five windows', async () => {
    const offset_share = table(
      'clock_offset_ms belief',
      [0, 1],
      [2, 10],
      [-8, 100],
      [32, 1_000],
      [-128, 10_000],
      [129, 100_000],
    );
    const rows = await stepRows('attribution/pair_weight', 'offset_near', { offset_share });
    const windows = cells(rows, 'clock_offset_ms nearest near around wide anywhere');
    expect(windows.find(([offset]) => offset === 0)).toEqual([0, 11, 111, 1_111, 11_111, 111_111]);
    expect(windows.find(([offset]) => offset === 129)).toEqual([
      129, 100_000, 100_000, 100_000, 101_010, 111_111,
    ]);
  });

  it('other_offset: that of all pairs but this one', async () => {
    const given = {
      belief_of: table(
        'pair_id clock_offset_ms belief',
        [1, 40, 500_000],
        [2, 40, 1_000_000],
        [3, 70, 1_000_000],
      ),
      offset_near: table(
        'clock_offset_ms nearest near around wide anywhere',
        [40, 1_500_000, 1_750_000, 2_500_000, 3_500_000, 4_500_000],
        [70, 1_000_000, 1_000_000, 2_500_000, 3_500_000, 4_500_000],
      ),
    };
    const rows = await stepRows('attribution/pair_weight', 'other_offset', given);
    const columns = 'pair_id clock_offset_ms nearest near around wide anywhere';
    expect(cells(rows, columns)).toEqual([
      [1, 40, 1, 1.25, 2, 3, 4],
      [2, 40, 0.5, 0.75, 1.5, 2.5, 3.5],
      [3, 70, 0, 0, 1.5, 2.5, 3.5],
    ]);
  });

  describe('usual_offset', () => {
    /** How likely offsets are per ms: with windows of ±5, ±20, ±80 and ±320 of ±500 ms, and three pairs' worth of doubt. */
    const perMs = async (
      ...offsets: readonly (readonly [offset: number, ...windows: number[]])[]
    ): Promise<number[]> => {
      const other_offset = table(
        'pair_id clock_offset_ms nearest near around wide anywhere',
        ...offsets.map((cell, pair_id) => [pair_id, ...cell]),
      );
      const settings = {
        offset_near_ms: 5,
        offset_doubt: 3,
        offset_ms_max: 500,
        offset_small_ms: 4,
      };
      const given = { other_offset };
      const rows = await stepRows('attribution/pair_weight', 'usual_offset', given, { settings });
      return rows.map((row) => Number(row['per_ms']));
    };
    const doubt = (offset: number): number => (1 / 500 + 1 / ((4 + offset) * Math.log(126))) / 4;

    it('is half even and half by size where nothing is known', async () => {
      expect(await perMs([0, 0, 0, 0, 0, 0], [-400, 0, 0, 0, 0, 0])).toEqual([
        near(doubt(0)),
        near(doubt(400)),
      ]);
    });

    it('is by all other pairs otherwise, the nearer the more, with some doubt', async () => {
      const shares =
        ((30 + 3 * 0.64) / (60 + 3)) *
        ((24 + 6 / 4) / (30 + 6)) *
        ((12 + 12 / 4) / (24 + 12)) *
        ((6 + 24 / 4) / (12 + 24));
      expect(await perMs([100, 6, 12, 24, 30, 60])).toEqual([
        near(((60 * shares) / 10 + 3 * doubt(100)) / 63),
      ]);
    });

    it('tells an offset at the end of the usual ones from one that is just beyond', async () => {
      const [inside = 0, beyond = 0] = await perMs(
        [195, 24, 60, 220, 480, 900],
        [216, 0, 8, 140, 470, 900],
      );
      expect(inside).toBeGreaterThan(10 * beyond);
    });
  });

  it('other_session: what this person has in up to three sessions before and after', async () => {
    const belief_of = table(
      'pair_id person phone_session session_number clock_offset_ms first_stamp belief',
      [1, 'ann@x', 11, 1, 100, 0, 10],
      [2, 'ann@x', 11, 1, 700, 0, 20],
      [3, 'ann@x', 14, 4, 130, 100_000, 30],
      [4, 'ann@x', 15, 5, 100, 200_000, 40],
      [5, 'bob@x', 21, 1, 100, 0, 50],
    );
    const rows = await stepRows('attribution/pair_weight', 'other_session', { belief_of });
    expect(cells(rows, 'pair_id belief differ_ms stray_ms')).toEqual([
      [1, 30, 30, 25],
      [2, 30, 570, 25],
      [3, 10, 30, 25],
      [3, 20, 570, 25],
      [3, 40, 30, 25],
      [4, 30, 30, 25],
    ]);
  });

  it('own_offset: pairs of other sessions, and how close together those lie that agree', async () => {
    const other_session = table(
      'pair_id belief differ_ms stray_ms',
      [1, 1_000_000, 25, 25],
      [1, 500_000, 26, 25],
      [1, 400_000, 0, 20],
      [2, 100_000, 30, 25],
    );
    const rows = await stepRows('attribution/pair_weight', 'own_offset', { other_session });
    expect(cells(rows, 'pair_id pairs pairs_per_ms')).toEqual([
      [1, near(1.9), near(1 / 50 + 0.4 / 40)],
      [2, near(0.1), 0],
    ]);
  });

  it('session_use: that a person used a device in a session, at whatever offset', async () => {
    const belief_of = table(
      'serialNumber person device_session belief',
      ['box', 'ann@x', 1, 10],
      ['box', 'ann@x', 1, 20],
      ['box', 'ann@x', 2, 30],
      ['box', 'bob@x', 1, 40],
    );
    const rows = await stepRows('attribution/pair_weight', 'session_use', { belief_of });
    expect(cells(rows, 'person device_session belief')).toEqual([
      ['ann@x', 1, 30],
      ['ann@x', 2, 30],
      ['bob@x', 1, 40],
    ]);
  });

  it('regular_use: who used the device in other sessions, this person and anybody', async () => {
    const session_use = table(
      'serialNumber person device_session belief',
      ['box', 'ann@x', 1, 900_000],
      ['box', 'ann@x', 2, 800_000],
      ['box', 'bob@x', 3, 500_000],
      ['tub', 'ann@x', 4, 1_000_000],
    );
    const rows = await stepRows('attribution/pair_weight', 'regular_use', { session_use });
    expect(cells(rows, 'person device_session by_person by_anybody')).toEqual([
      ['ann@x', 1, 0.8, 1.3],
      ['ann@x', 2, 0.9, 1.4],
      ['ann@x', 4, 0, 0],
      ['bob@x', 3, 0, 1.7],
    ]);
  });

  it('weighs a pair by its evidence, silence, offset, and use of the device', async () => {
    const given = {
      belief_of: table(
        'pair_id device_session person log_evidence',
        [1, 1, 'ann@x', 2.5],
        [2, 1, 'bob@x', 2.5],
      ),
      silence: table('silent_phones silent_devices people', [0.2, 0.5, 10]),
      usual_offset: table('pair_id per_ms', [1, 0.0002], [2, 0.0002]),
      regular_use: table(
        'device_session person by_person by_anybody',
        [1, 'ann@x', 3, 4],
        [1, 'bob@x', 0, 4],
      ),
      own_offset: table('pair_id pairs pairs_per_ms', [1, 1.8, 0.03]),
    };
    const rows = await resultRows('attribution/pair_weight', given);
    expect(cells(rows, 'pair_id log_weight')).toEqual([
      [1, near(2.5 + Math.log(8 * ((5_000 * (0.2 * 0.0002 + 0.03)) / 2) * (0.5 + 0.5 * 6)))],
      [2, near(2.5 + Math.log(8 * 5_000 * 0.0002 * 0.5))],
    ]);
  });
});
