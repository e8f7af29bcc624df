/** How pairs share out sessions: literal rows in, literal rows out, for every named step of belief. */
import { describe, expect, it } from 'vitest';
import { cells, renamed, table } from './literal-rows.ts';
import type { GivenRow } from './model-step.ts';
import { resultRows, stepRows } from './model-step.ts';

const near = (value: number): unknown => expect.closeTo(value, 8);
const asPhone = { log_phone_free: 'log_device_free' };
const OTHERS =
  'person clock_offset_ms matches mean_residual_ms log_evidence kind first_reading last_reading first_stamp last_stamp';

describe('attribution/device_share and attribution/belief', () => {
  it('weighed: the weight of this round, and what the round before left', async () => {
    const given = {
      belief_before: table('pair_id log_device_free log_phone_free log_doubt', [1, 2, 3, 4]),
      weight_before: table('pair_id log_weight', [1, 5], [2, 6]),
    };
    expect(await stepRows('attribution/device_share', 'weighed', given)).toEqual([
      { pair_id: 1, log_weight: 5, log_device_free: 2, log_phone_free: 3, log_doubt: 4 },
    ]);
  });

  it('device_claim: by weight, how free the phone is, and half of the doubt', async () => {
    const weighed = table(
      'pair_id log_weight log_phone_free log_device_free log_doubt',
      [1, 2.5, -4.5, -8.5, -6.5],
    );
    const rows = await stepRows('attribution/device_share', 'device_claim', { weighed });
    expect(cells(rows, 'log_claim log_weight log_phone_free')).toEqual([
      [2.5 - 3.375 + 2.125 + 3.25, 2.5, -4.5],
    ]);
  });

  it('phone_claim: by weight, how free the device is, and half of the doubt', async () => {
    const share_before = table(
      'pair_id log_weight log_phone_free log_device_free log_doubt',
      [1, 2.5, -4.5, -8.5, -6.5],
    );
    const rows = await stepRows('attribution/belief', 'phone_claim', { share_before });
    expect(cells(rows, 'log_claim log_weight log_device_free')).toEqual([
      [2.5 - 6.375 + 1.125 + 3.25, 2.5, -8.5],
    ]);
  });

  const claims = table('pair_id log_claim', [1, 9], [2, -3], [3, -2], [4, 5]);
  const rival_before = table(
    'pair_id rival_id side',
    [1, 2, 'device'],
    [1, 3, 'device'],
    [1, 4, 'phone'],
    [2, 4, 'device'],
    [3, 1, 'phone'],
    [3, 2, 'phone'],
  );

  it('device_rival: what the rivals on the side of the device claim', async () => {
    const given = { rival_before, device_claim: claims };
    const rows = await stepRows('attribution/device_share', 'device_rival', given);
    expect(cells(rows, 'pair_id log_claim')).toEqual([
      [1, -3],
      [1, -2],
      [2, 5],
    ]);
  });

  it('phone_rival: what the rivals on the side of the phone claim', async () => {
    const given = { rival_before, phone_claim: claims };
    const rows = await stepRows('attribution/belief', 'phone_rival', given);
    expect(cells(rows, 'pair_id log_claim')).toEqual([
      [1, 5],
      [3, -3],
      [3, 9],
    ]);
  });

  const rivals = table(
    'pair_id log_claim',
    [1, Math.log(3)],
    [1, Math.log(2)],
    [2, -Math.log(4)],
    [3, 800],
    [3, 800],
  );
  const strongest = table('pair_id log_strongest', [1, Math.log(3)], [2, 0], [3, 800]);
  const sums = [
    [1, near(Math.log(1 + 3 + 2))],
    [2, near(Math.log(1 + 1 / 4))],
    [3, near(800 + Math.log(2))],
  ];

  it('device_strongest: the strongest rival, or nobody', async () => {
    const given = { device_rival: rivals };
    const rows = await stepRows('attribution/device_share', 'device_strongest', given);
    expect(cells(rows, 'pair_id log_strongest')).toEqual(cells(strongest, 'pair_id log_strongest'));
  });

  it('phone_strongest: the strongest rival, or nobody', async () => {
    const given = { phone_rival: rivals };
    const rows = await stepRows('attribution/belief', 'phone_strongest', given);
    expect(cells(rows, 'pair_id log_strongest')).toEqual(cells(strongest, 'pair_id log_strongest'));
  });

  it('device_rivals: all of them and nobody together, however strong', async () => {
    const given = { device_rival: rivals, device_strongest: strongest };
    const rows = await stepRows('attribution/device_share', 'device_rivals', given);
    expect(cells(rows, 'pair_id log_rivals')).toEqual(sums);
  });

  it('phone_rivals: all of them and nobody together, however strong', async () => {
    const given = { phone_rival: rivals, phone_strongest: strongest };
    const rows = await stepRows('attribution/belief', 'phone_rivals', given);
    expect(cells(rows, 'pair_id log_rivals')).toEqual(sums);
  });

  const claimed = table(
    'pair_id log_claim log_weight log_phone_free',
    [1, 9, 3, -1],
    [2, 4, 3, -2],
  );
  const oneRival = table('pair_id log_rivals', [1, 2.5]);
  const odds = [
    [1, 3, -1, 2.5, 6.5],
    [2, 3, -2, 0, 4],
  ];

  it('device_odds: a claim against its rivals, and against nobody where there are none', async () => {
    const given = { device_claim: claimed, device_rivals: oneRival };
    const rows = await stepRows('attribution/device_share', 'device_odds', given);
    expect(cells(rows, 'pair_id log_weight log_phone_free log_rivals log_odds')).toEqual(odds);
  });

  it('phone_odds: a claim against its rivals, and against nobody where there are none', async () => {
    const given = { phone_claim: renamed(claimed, asPhone), phone_rivals: oneRival };
    const rows = await stepRows('attribution/belief', 'phone_odds', given);
    expect(cells(rows, 'pair_id log_weight log_device_free log_rivals log_odds')).toEqual(odds);
  });

  const judged = table(
    'pair_id log_odds log_rivals log_weight log_phone_free',
    [1, 0, 0, 1, 1],
    [2, -3, 0, 1, 1],
    [3, 30, 0, 1, 1],
    [4, 900, 0, 1, 1],
  );
  const doubts = [
    [1, near(-Math.log(2))],
    [2, near(-Math.log(1 + Math.exp(-3)))],
    [3, near(-30)],
    [4, -900],
  ];

  it('device_doubt: the chance that the device belongs to another, or nobody', async () => {
    const rows = await stepRows('attribution/device_share', 'device_doubt', {
      device_odds: judged,
    });
    expect(cells(rows, 'pair_id log_doubt')).toEqual(doubts);
  });

  it('phone_doubt: the chance that the phone belongs to another, or nobody', async () => {
    const phone_odds = renamed(judged, asPhone);
    const rows = await stepRows('attribution/belief', 'phone_doubt', { phone_odds });
    expect(cells(rows, 'pair_id log_doubt')).toEqual(doubts);
  });

  const doubted = table(
    'pair_id log_doubt log_rivals log_odds log_weight log_phone_free',
    [1, -2, 0.5, 3, 4, 5],
  );

  it('device_share: the chance that the device belongs to nobody', async () => {
    const rows = await resultRows('attribution/device_share', { device_doubt: doubted });
    expect(cells(rows, 'log_device_free log_doubt log_odds log_phone_free')).toEqual([
      [-2.5, -2, 3, 5],
    ]);
  });

  it('phone_shared: the chance that the phone belongs to nobody', async () => {
    const phone_doubt = renamed(doubted, asPhone);
    const rows = await stepRows('attribution/belief', 'phone_shared', { phone_doubt });
    expect(cells(rows, 'log_phone_free log_doubt log_odds log_device_free')).toEqual([
      [-2.5, -2, 3, 5],
    ]);
  });
});

describe('beliefs in rounds', () => {
  /** The posteriors of pairs, given as device session, phone session and weight, after so many rounds. */
  async function beliefs(
    pairs: readonly (readonly [device: number, phone: number, weight: number])[],
    rounds: number,
  ): Promise<unknown[]> {
    const rivals = pairs.flatMap(([device, phone], index) =>
      pairs.flatMap(([otherDevice, otherPhone], other) => {
        if (other === index) return [];
        if (otherDevice === device) return [[index, other, 'device']];
        return otherPhone === phone ? [[index, other, 'phone']] : [];
      }),
    );
    const weight_before = pairs.map(([, , weight], pair_id) => ({
      pair_id,
      log_weight: Math.log(weight),
    }));
    let belief_before: readonly GivenRow[] = table(
      `pair_id device_session phone_session posterior log_device_free log_phone_free log_doubt ${OTHERS}`,
      ...pairs.map(([device, phone], index) => [index, device, phone, 0.5, 0, 0, 0]),
    );
    const rival_before = table('pair_id rival_id side', ...rivals);
    const columns = {
      rival_before: { pair_id: 'BIGINT', rival_id: 'BIGINT', side: 'VARCHAR' },
      belief_before: { log_device_free: 'DOUBLE', log_phone_free: 'DOUBLE' },
      share_before: { log_device_free: 'DOUBLE', log_phone_free: 'DOUBLE' },
    };
    for (let round = 0; round < rounds; round++) {
      const given = { belief_before, weight_before, rival_before };
      const share_before = await resultRows('attribution/device_share', given, { columns });
      belief_before = await resultRows(
        'attribution/belief',
        { belief_before, share_before, rival_before },
        { columns },
      );
    }
    return belief_before.map((row) => row['posterior']);
  }
  const within = (value: number, digits: number): unknown => expect.closeTo(value, digits);

  it('come out exactly where nobody is a rival', async () => {
    expect(await beliefs([[1, 1, 9]], 8)).toEqual([within(0.9, 4)]);
  });

  it('come out nearly right where two phones may have one device', async () => {
    const pairs = [
      [1, 1, 6],
      [1, 2, 3],
    ] as const;
    const [likely = 0, other = 0] = (await beliefs(pairs, 8)).map(Number);
    expect(likely).toBeCloseTo(0.6, 2);
    expect(Math.abs(other - 0.3)).toBeLessThan(0.05);
  });

  it('come out nearly right where two people might have changed places, and never too high', async () => {
    const posteriorsOf = async (straight: number, crossed: number): Promise<number[]> => {
      const pairs = [
        [1, 1, straight],
        [1, 2, crossed],
        [2, 1, crossed],
        [2, 2, straight],
      ] as const;
      return (await beliefs(pairs, 8)).map(Number);
    };
    const truth = (straight: number, crossed: number): number =>
      (straight + straight ** 2) / (1 + 2 * straight + 2 * crossed + straight ** 2 + crossed ** 2);
    for (const posterior of await posteriorsOf(1_000, 1_000)) {
      expect(posterior).toBeLessThanOrEqual(truth(1_000, 1_000));
      expect(posterior).toBeGreaterThan(truth(1_000, 1_000) - 0.03);
    }
    const [first = 0, crossed = 1, , second = 0] = await posteriorsOf(9_000, 1_000);
    expect(Math.max(first, second)).toBeLessThanOrEqual(truth(9_000, 1_000));
    expect(Math.min(first, second)).toBeGreaterThan(truth(9_000, 1_000) - 0.06);
    expect(crossed).toBeLessThan(0.06);
  });
});
