/** Attribution under clock offset and loss: on a small world of our own always, on the published data where it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Engine, quoteText } from '../../pipeline/engine/duckdb.ts';
import { loadModels } from '../../pipeline/engine/models.ts';
import { NOON } from './lake.ts';

const PUBLISHED = join(import.meta.dirname, '../../../shared/published-landing');
/** What goes wrong: each tenth row of both streams is lost, or devices are off by up to ±10 ms, or both. */
const TROUBLES = [
  { dropPercent: 0, shiftMs: 0 },
  { dropPercent: 10, shiftMs: 0 },
  { dropPercent: 0, shiftMs: 10 },
  { dropPercent: 10, shiftMs: 10 },
];

interface Score {
  readonly readings: number;
  readonly attributed: number;
  readonly wrong: number;
}

/** `sources` creates `phone(user, timeStamp)` and `device(person, serialNumber, sensorReadingTime)`, where person is the truth. */
async function scoreOf(
  sources: readonly string[],
  { dropPercent, shiftMs, seed }: { dropPercent: number; shiftMs: number; seed: number },
): Promise<Score> {
  const engine = await Engine.open({ threads: 1 });
  const isKept = (key: string): string => `hash(${key}, ${seed}) % 100 >= ${dropPercent}`;
  const shift = `(hash(serialNumber, ${seed} + 1000) % ${2 * shiftMs + 1})::BIGINT - ${shiftMs}`;
  try {
    for (const sql of [
      ...sources,
      `CREATE TABLE accelerometer_landing AS SELECT "user", timeStamp, 0.0 AS x, 0.0 AS y, 0.0 AS z
       FROM phone WHERE ${isKept('"user", timeStamp')}`,
      `CREATE TABLE truth AS SELECT person, serialNumber, sensorReadingTime + ${shift} AS sensorReadingTime, 201 AS distanceFromObject
       FROM device WHERE ${isKept('person, sensorReadingTime, 7')}`,
      `CREATE TABLE step_trainer_landing AS SELECT serialNumber, sensorReadingTime, distanceFromObject FROM truth`,
    ]) {
      await engine.run(sql);
    }
    for (const { name, sql } of await loadModels('strict')) {
      if (name === 'ruling_customer' || name === 'person_consent') continue;
      if (name === 'customer_trusted') break;
      await engine.run(`CREATE TABLE ${name} AS ${sql}`);
    }
    const [score] = await engine.query(
      `SELECT COUNT(*) AS readings, COUNT(r.person) AS attributed,
         COUNT(*) FILTER (WHERE r.person <> t.person) AS wrong
       FROM truth t LEFT JOIN reading_person r USING (serialNumber, sensorReadingTime, distanceFromObject)`,
    );
    return score as unknown as Score;
  } finally {
    engine.close();
  }
}

/** Sixty people within four minutes: one exercise each, 30 steps in 61 to 120 s, as the real app has them. */
const smallWorld = (seed: number): string[] => [
  `CREATE TABLE device AS
   SELECT 'p' || p AS person, 'box ' || p AS serialNumber,
     ${NOON} + (hash(p, ${seed}) % 120000)::BIGINT
       + k * ((61 + hash(p, ${seed} + 1) % 60) * 1000 // 30)::BIGINT AS sensorReadingTime
   FROM range(60) people(p), range(30) steps(k)`,
  `CREATE TABLE phone AS SELECT person AS "user", sensorReadingTime AS timeStamp FROM device`,
];

const published = (): string[] => [
  `CREATE TABLE device AS SELECT lower(email) AS person, serialNumber, sensorReadingTime
   FROM read_json(${quoteText(join(PUBLISHED, 'step_trainer/landing/*.json'))}) step
   JOIN read_json(${quoteText(join(PUBLISHED, 'customer/landing/*.json'))}) owner USING (serialNumber)`,
  `CREATE TABLE phone AS SELECT DISTINCT "user", "timestamp" AS timeStamp
   FROM read_json(${quoteText(join(PUBLISHED, 'accelerometer/landing/*.json'))})`,
];

describe.each(TROUBLES)('attribution with $dropPercent % lost and ±$shiftMs ms', (trouble) => {
  const isClean = trouble.dropPercent === 0 && trouble.shiftMs === 0;
  const least = trouble.dropPercent === 0 ? 0.96 : 0.93;

  it.each([1, 2, 3])('is never wrong in a small world, seed %i', async (seed) => {
    const score = await scoreOf(smallWorld(seed), { ...trouble, seed });
    expect(score.readings).toBeGreaterThan(1_500);
    expect(score.wrong).toBe(0);
    expect(score.attributed / score.readings).toBeGreaterThan(least);
  });

  it.runIf(existsSync(PUBLISHED))('is never wrong on the published data', async () => {
    const score = await scoreOf(published(), { ...trouble, seed: 4 });
    expect(score.readings).toBeGreaterThan(25_000);
    expect(score.wrong).toBe(0);
    expect(score.attributed).toBeGreaterThanOrEqual(isClean ? 28_680 : least * score.readings);
  });
});
