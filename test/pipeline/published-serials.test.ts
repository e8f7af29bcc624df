/** The published data with the fulfilment bug injected: thirty serial numbers for 956 customers, in the feed or in the trainers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf, LANDING_TABLES, ZONE_TABLES } from '../../pipeline/core/catalog.ts';
import type { ConsentRule, LandingTableName } from '../../pipeline/core/catalog.ts';
import { tableDdl } from '../../pipeline/engine/ddl.ts';
import { Engine, quoteText } from '../../pipeline/engine/duckdb.ts';
import { loadModels } from '../../pipeline/engine/models.ts';

const PUBLISHED = join(import.meta.dirname, '../../../shared/published-landing');

/** What is injected: whether the feed, or the trainers themselves, tell one of thirty serial numbers instead of their own. */
interface Injection {
  readonly feed: boolean;
  readonly trainers: boolean;
}

/** Where the published feed has the key `timestamp`, the catalog has `timeStamp`. */
const SPELLED: Readonly<Record<string, string>> = { timeStamp: '"timestamp"' };

const objectsOf = (table: LandingTableName): string => {
  const folder = table.replace('_landing', '/landing');
  return `read_json(${quoteText(join(PUBLISHED, folder, '*.json'))}, format = 'newline_delimited')`;
};

/** Fills the landing tables, and `owner` with the truth: whose serial number is which, and which one is injected instead. */
async function land(engine: Engine, { feed, trainers }: Injection): Promise<void> {
  await engine.run(
    `CREATE TABLE owner AS
     WITH numbered AS (
       SELECT LOWER(email) AS person, serialNumber, ROW_NUMBER() OVER (ORDER BY email) - 1 AS place
       FROM ${objectsOf('customer_landing')}
     )
     SELECT n.person, n.serialNumber, shared.serialNumber AS injected
     FROM numbered n INNER JOIN numbered shared ON shared.place = n.place % 30`,
  );
  for (const table of LANDING_TABLES) {
    const isInjected = { customer_landing: feed, step_trainer_landing: trainers }[table as string];
    const values = columnsOf(table, 'strict').map(({ name }) =>
      name === 'serialNumber' && isInjected === true
        ? 'owner.injected'
        : `l.${SPELLED[name] ?? `"${name}"`}`,
    );
    const join = table === 'accelerometer_landing' ? '' : 'INNER JOIN owner USING (serialNumber)';
    await engine.run(tableDdl(table, 'strict', 'duckdb'));
    await engine.run(
      `INSERT INTO ${table} SELECT ${values.join(', ')} FROM ${objectsOf(table)} l ${join}`,
    );
  }
}

/** Builds the strict lake on the published data and answers queries about it. */
async function withPublished<T>(
  injection: Injection,
  consent: ConsentRule,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await Engine.open({ threads: 2 });
  try {
    await land(engine, injection);
    for (const { name, sql } of await loadModels('strict', consent)) {
      await engine.run(`CREATE TABLE ${name} AS ${sql}`);
    }
    return await use(engine);
  } finally {
    engine.close();
  }
}

const countsIn = (engine: Engine): Promise<number[]> =>
  Promise.all(
    ZONE_TABLES.map(async (table) => {
      const [row] = await engine.query(`SELECT COUNT(*) AS n FROM ${table}`);
      return Number(row?.['n']);
    }),
  );

/** How many readings were attributed, and how many of them to somebody who did not make them. */
const attributionIn = async (engine: Engine): Promise<{ attributed: number; wrong: number }> => {
  const [row] = await engine.query(
    `WITH truth AS (
       SELECT s.sensorReadingTime, s.distanceFromObject, o.injected, o.person
       FROM ${objectsOf('step_trainer_landing')} s INNER JOIN owner o ON o.serialNumber = s.serialNumber
     )
     SELECT COUNT(*) AS attributed, COUNT(*) - COUNT(t.person) AS wrong
     FROM reading_person r
     LEFT JOIN truth t ON t.person = r.person AND t.injected = r.serialNumber
       AND t.sensorReadingTime = r.sensorReadingTime AND t.distanceFromObject = r.distanceFromObject`,
  );
  return { attributed: Number(row?.['attributed']), wrong: Number(row?.['wrong']) };
};

const statusesIn = (engine: Engine): Promise<unknown[]> =>
  engine.query(
    `SELECT c.serialStatus, COUNT(*) AS customers, MIN(c.serialPosterior) >= 0.9 AS sure,
       SUM(CASE WHEN c.trainerSerialNumber <> o.serialNumber THEN 1 ELSE 0 END) AS wrong
     FROM customer_curated c INNER JOIN owner o ON o.person = LOWER(c.email)
     GROUP BY c.serialStatus ORDER BY c.serialStatus`,
  );

describe.runIf(existsSync(PUBLISHED))(
  'the published data with thirty serial numbers',
  { timeout: 120_000 },
  () => {
    it('in the feed comes back to the published counts, where consent counts for ever', async () => {
      await withPublished({ feed: true, trainers: false }, 'ever', async (engine) => {
        const [customers, samples, curated, steps, pairs] = await countsIn(engine);
        expect([customers, samples, curated, steps]).toEqual([482, 40_981, 482, 14_460]);
        // Each pair is of one person: the 2,700 rows that pair two people are not there.
        expect(pairs).toBe(40_981);
        expect(await statusesIn(engine)).toEqual([
          { serialStatus: 'confirmed', customers: expect.any(Number), sure: true, wrong: 0 },
          { serialStatus: 'repaired', customers: expect.any(Number), sure: true, wrong: 0 },
        ]);
      });
    });

    it('in the feed comes back to the right counts, where consent counts from its date on', async () => {
      await withPublished({ feed: true, trainers: false }, 'from-date', async (engine) => {
        expect(await countsIn(engine)).toEqual([482, 32_025, 464, 11_297, 32_025]);
      });
    });

    it('in the trainers themselves is attributed without a mistake', async () => {
      await withPublished({ feed: true, trainers: true }, 'ever', async (engine) => {
        const [customers, samples, curated, steps = 0, pairs = 0] = await countsIn(engine);
        const { attributed, wrong } = await attributionIn(engine);
        expect([customers, samples, curated]).toEqual([482, 40_981, 482]);
        expect(wrong).toBe(0);
        // What several people did on one trainer at the same moment stays unattributed.
        expect(attributed / 28_680).toBeGreaterThan(0.98);
        expect(steps / 14_460).toBeGreaterThan(0.98);
        expect(pairs / 40_981).toBeGreaterThan(0.98);
      });
    });
  },
);
