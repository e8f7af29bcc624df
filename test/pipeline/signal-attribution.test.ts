/** Whose a dense signal is, told from strides and steps alone, on worlds whose truth the models never see. */
import { describe, expect, it } from 'vitest';
import { Engine } from '../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../pipeline/engine/duckdb.ts';
import { loadSqlText } from '../../pipeline/engine/sql-text.ts';
import { walk } from './lake.ts';
import type { Row } from './lake.ts';
import { drawSignalWorld, landSignals } from './signal-world.ts';
import type { SignalWorld, SignalWorldSpec, TrueSession } from './signal-world.ts';
import { withTempFolder } from './temp-folder.ts';

const MODELS = [
  ...['device_reading', 'device_session', 'phone_sample', 'phone_session'].map(
    (name) => `attribution/${name}`,
  ),
  ...['signal_reading', 'device_stride', 'phone_bounce', 'phone_step', 'device_pace'].map(
    (name) => `signal/${name}`,
  ),
  ...['phone_pace', 'signal_candidate', 'signal_slip', 'signal_bout', 'device_wave'].map(
    (name) => `signal/${name}`,
  ),
  ...['phone_wave', 'signal_phase', 'signal_clock', 'signal_pair'].map((name) => `signal/${name}`),
];
const SEEDS = [1, 2, 3];
const HARD = {
  members: 1,
  sessions: 1,
  seconds: [60, 120],
  lossShare: 0.1,
  skewMs: 2_000,
  driftPpm: 50,
  silentShare: 0.2,
} as const;

interface Pair {
  readonly device: string;
  readonly phone: number;
  readonly person: string;
  readonly offsetMs: number;
  readonly evidence: number;
  readonly first: number;
  readonly last: number;
}

function pairsOf(world: Pick<SignalWorld, 'phone' | 'device'>, threads: number): Promise<SqlRow[]> {
  return withTempFolder(async (folder) => {
    const engine = await Engine.open({ threads });
    try {
      await landSignals(engine, folder, world);
      for (const path of MODELS) {
        const sql = await loadSqlText(path);
        await engine.run(`CREATE TABLE ${path.split('/')[1] ?? ''} AS ${sql}`);
      }
      return await engine.query(
        `SELECT p.*, d.serialNumber FROM signal_pair p
         JOIN device_session d ON d.device_session = p.device_session ORDER BY p.pair_id`,
      );
    } finally {
      engine.close();
    }
  });
}

const toPair = (row: SqlRow): Pair => ({
  device: String(row['serialNumber']),
  phone: Number(row['phone_session']),
  person: String(row['person']),
  offsetMs: Number(row['clock_offset_ms']),
  evidence: Number(row['log_evidence']),
  first: Number(row['first_reading']),
  last: Number(row['last_reading']),
});

const overlaps = (a: Pair, b: Pair): boolean => a.first < b.last && b.first < a.last;

/** As a judge without any priors would decide: surer than 99 % that it is this pair and no rival, and not nobody. */
function acceptedOf(pairs: readonly Pair[]): Pair[] {
  return pairs.filter((pair) => {
    const rivals = pairs.filter(
      (other) =>
        other !== pair &&
        overlaps(pair, other) &&
        (other.device === pair.device || other.phone === pair.phone),
    );
    const against = rivals.reduce((sum, { evidence }) => sum + Math.exp(evidence), 1);
    return Math.exp(pair.evidence) > 99 * against;
  });
}

const isTrue = (pair: Pair, session: TrueSession): boolean =>
  pair.device === session.serialNumber &&
  pair.person === session.person &&
  pair.first < session.endMs &&
  pair.last > session.startMs;

async function judge(spec: SignalWorldSpec): Promise<{
  precision: number;
  recall: number;
  offsetErrorsMs: number[];
}> {
  const world = drawSignalWorld(spec);
  const accepted = acceptedOf((await pairsOf(world, 2)).map(toPair));
  const known = world.truth.filter(({ isSilent }) => !isSilent);
  const right = accepted.filter((pair) => known.some((session) => isTrue(pair, session)));
  const offsetErrorsMs = right.map((pair) => {
    const session = known.find((one) => isTrue(pair, one));
    return Math.abs(pair.offsetMs + (session?.skewMs ?? 0));
  });
  return {
    precision: right.length / accepted.length,
    recall:
      known.filter((session) => accepted.some((pair) => isTrue(pair, session))).length /
      known.length,
    offsetErrorsMs: offsetErrorsMs.sort((a, b) => a - b),
  };
}

const toCells = (rows: readonly Row[], ...columns: string[]): string[] =>
  rows.map((row) => columns.map((column) => row[column]).join(','));

describe('signals of a tenth lost, ±2 s and 50 ppm apart, a fifth of the phones silent', () => {
  it.each(
    [
      { ...HARD, households: 60, deviceRateHz: 10 },
      { ...HARD, households: 60, deviceRateHz: 20 },
      { ...HARD, households: 60, deviceRateHz: 50 },
      { ...HARD, households: 12, members: 3, sessions: 2, deviceRateHz: 20 },
    ].flatMap((world) => SEEDS.map((seed) => ({ ...world, seed }))),
  )(
    'tell whose they are at $deviceRateHz Hz, $households trainers of $members, seed $seed',
    async (spec) => {
      const { precision, recall, offsetErrorsMs } = await judge(spec);
      expect(offsetErrorsMs.length).toBeGreaterThan(35);
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.95);
      // A step beside would be half a second.
      expect(offsetErrorsMs[Math.floor(offsetErrorsMs.length / 2)]).toBeLessThan(50);
      expect(offsetErrorsMs.at(-1)).toBeLessThan(400);
    },
    60_000,
  );
});

describe('signal_pair', () => {
  it('is the same whatever the threads', async () => {
    const world = drawSignalWorld({ ...HARD, seed: 5, households: 12, deviceRateHz: 10 });
    const [one, four] = [await pairsOf(world, 1), await pairsOf(world, 4)];
    expect(one.length).toBeGreaterThan(5);
    expect(four).toEqual(one);
  }, 60_000);

  it('has nothing to say about step tests', async () => {
    const { accelerometer, steps } = walk({ user: 'a@x', serial: 'box', steps: 200 });
    const world = {
      phone: toCells(accelerometer, 'user', 'timeStamp', 'x', 'y', 'z'),
      device: toCells(steps, 'serialNumber', 'sensorReadingTime', 'distanceFromObject'),
    };
    expect(await pairsOf(world, 2)).toEqual([]);
  });
});
