/** Worlds of people who walk on trainers with a phone in their pocket: both signals dense, and the truth apart. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteText } from '../../pipeline/engine/duckdb.ts';
import type { Engine } from '../../pipeline/engine/duckdb.ts';
import { drawContinuousWalk, PHONE_RATE_HZ } from '../../simulator/core/continuous-walk.ts';
import type { ContinuousWalk } from '../../simulator/core/continuous-walk.ts';
import { drawChance, drawInteger } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { NOON } from './lake.ts';

/** What a world of signals is like; everybody begins within a minute, so that all of them walk at once. */
export interface SignalWorldSpec {
  readonly seed: number;
  /** How many trainers, how many people share each, and how often each of these uses it. */
  readonly households: number;
  readonly members: number;
  readonly sessions: number;
  readonly deviceRateHz: number;
  /** How long a session takes, in s. */
  readonly seconds: readonly [min: number, max: number];
  readonly lossShare: number;
  readonly skewMs: number;
  readonly driftPpm: number;
  readonly silentShare: number;
}

/** One session as it was. */
export interface TrueSession {
  readonly person: string;
  readonly serialNumber: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly skewMs: number;
  readonly isSilent: boolean;
}

/** A world: the rows of both streams, and whose they are. */
export interface SignalWorld {
  readonly phone: readonly string[];
  readonly device: readonly string[];
  readonly truth: readonly TrueSession[];
}

/** People step on a trainer one after the other, some seconds to a minute apart. */
const BETWEEN_MS = { min: 5_000, max: 60_000 };
/** Phones begin to send before the trainer is used, and go on after it. */
const PHONE_AROUND_MS = 10_000;

/** The moments at which something samples, in whole ms, without those that are lost. */
function* sampled(
  random: Random,
  {
    fromMs,
    untilMs,
    rateHz,
    lossShare,
  }: Record<'fromMs' | 'untilMs' | 'rateHz' | 'lossShare', number>,
): Generator<number> {
  const beginMs = fromMs + (random.next() * 1_000) / rateHz;
  for (let index = 0; ; index++) {
    const atMs = Math.round(beginMs + (index * 1_000) / rateHz);
    if (atMs >= untilMs) return;
    if (!drawChance(random, lossShare)) yield atMs;
  }
}

/** Draws a world. */
export function drawSignalWorld(spec: SignalWorldSpec): SignalWorld {
  const streams = seededStreams(spec.seed);
  const { lossShare, deviceRateHz } = spec;
  const [phone, device, truth]: [string[], string[], TrueSession[]] = [[], [], []];
  const usePhone = (walk: ContinuousWalk, session: TrueSession, driftPpm: number): void => {
    const random = streams(`${session.person}/${session.startMs}/phone`);
    const fromMs = session.startMs - drawInteger(random, 0, PHONE_AROUND_MS);
    const untilMs = session.endMs + drawInteger(random, 0, PHONE_AROUND_MS);
    for (const atMs of sampled(random, { fromMs, untilMs, rateHz: PHONE_RATE_HZ, lossShare })) {
      const stamp = Math.round(atMs + session.skewMs + ((atMs - fromMs) * driftPpm) / 1e6);
      phone.push(`${session.person},${stamp},${walk.accelerationAt(atMs).join(',')}`);
    }
  };
  for (let household = 0; household < spec.households; household++) {
    const random = streams(`household:${household}`);
    // Its name has nothing to do with whose it is, so that ties between ids cannot follow the truth.
    const serialNumber = `box ${drawInteger(streams(`serial:${household}`), 1e6, 1e9)}`;
    const people = Array.from({ length: spec.members }, (_, member) => ({
      person: `p${household}-${member}@x`,
      skewMs: drawInteger(random, -spec.skewMs, spec.skewMs),
      driftPpm: (2 * random.next() - 1) * spec.driftPpm,
      isSilent: drawChance(random, spec.silentShare),
    }));
    let startMs = NOON + drawInteger(random, 0, 60_000);
    for (let visit = 0; visit < spec.sessions * spec.members; visit++) {
      const { driftPpm, ...person } = people[visit % spec.members] as (typeof people)[number];
      const endMs = startMs + 1_000 * drawInteger(random, ...spec.seconds);
      const session = { ...person, serialNumber, startMs, endMs };
      // The gait is the person's, whenever they walk.
      const walk = drawContinuousWalk(streams(`${person.person}/gait`), startMs);
      const times = { fromMs: startMs, untilMs: endMs, rateHz: deviceRateHz, lossShare };
      for (const atMs of sampled(random, times)) {
        device.push(`${serialNumber},${atMs},${walk.distanceAt(atMs).distance}`);
      }
      if (!person.isSilent) usePhone(walk, session, driftPpm);
      truth.push(session);
      startMs = endMs + drawInteger(random, BETWEEN_MS.min, BETWEEN_MS.max);
    }
  }
  return { phone, device, truth };
}

/** Lands a world in an engine, by way of files in `folder`. */
export async function landSignals(
  engine: Engine,
  folder: string,
  { phone, device }: Pick<SignalWorld, 'phone' | 'device'>,
): Promise<void> {
  const tables = [
    {
      name: 'accelerometer_landing',
      columns:
        "{'user': 'VARCHAR', 'timeStamp': 'BIGINT', 'x': 'DOUBLE', 'y': 'DOUBLE', 'z': 'DOUBLE'}",
      rows: phone,
    },
    {
      name: 'step_trainer_landing',
      columns:
        "{'serialNumber': 'VARCHAR', 'sensorReadingTime': 'BIGINT', 'distanceFromObject': 'BIGINT'}",
      rows: device,
    },
  ];
  for (const { name, columns, rows } of tables) {
    const path = join(folder, `${name}.csv`);
    await writeFile(path, rows.join('\n'));
    await engine.run(
      `CREATE TABLE ${name} AS SELECT * FROM read_csv(${quoteText(path)}, header = false, columns = ${columns})`,
    );
  }
}
