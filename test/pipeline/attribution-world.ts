/** Worlds of walks whose truth the models never see, and how well attribution does in them. */
import { join } from 'node:path';
import { Engine, quoteText } from '../../pipeline/engine/duckdb.ts';
import {
  BELIEF_ROUNDS_OF_ALL,
  BELIEF_ROUNDS_OF_SESSIONS,
} from '../../pipeline/core/attribution-settings.ts';
import { loadModels } from '../../pipeline/engine/models.ts';
import { NOON } from './lake.ts';

/** The published data, where it lies beside the checkout. */
export const PUBLISHED: string = join(import.meta.dirname, '../../../shared/published-landing');

/** What goes on in a world; every share is in percent. */
export interface WorldSpec {
  readonly name: string;
  /** The walks: those of the published data, everybody once, or households that share a device. */
  readonly walks: 'published' | 'once' | 'household';
  readonly people: number;
  /** How many walk at once; a household has one device, so one of its members walks at a time. */
  readonly atOnce?: number;
  /** Phones are off by up to so many ms either way, … */
  readonly offsetMs: number;
  /** … drift so many millionths, … */
  readonly driftPpm?: number;
  /** … and both streams stray by up to so many ms at each moment. */
  readonly strayMs?: number;
  /** Share of rows that each of the two streams loses. */
  readonly loss: number;
  /** Share of people whose phone sends nothing. */
  readonly silent?: number;
}

/** How attribution did: sessions, of which a phone could explain `explainable`, and of readings as many. */
export interface Score {
  readonly sessions: number;
  readonly explainable: number;
  readonly given: number;
  readonly right: number;
  readonly readings: {
    readonly explainable: number;
    readonly given: number;
    readonly right: number;
  };
  readonly calibration: readonly Bin[];
  /** CPU seconds of the models. */
  readonly cpuSeconds: number;
}

/** Beliefs about persons that claim about as much: how many, what they claim on average, and how many are right. */
export interface Bin {
  readonly from: number;
  readonly beliefs: number;
  readonly claimed: number;
  readonly right: number;
}

const HOUSEHOLD = 3;
const SESSIONS = 3;
/** How often each walk moves both. */
export const STEPS = 30;
const WALK_MS_MEAN = 90_000;
const SLOT_MS = 165_000;
const ATTRIBUTION_ENDS = 'customer_trusted';
/** The table of what is believed in the end. */
export const LAST_BELIEF: string = `belief_${BELIEF_ROUNDS_OF_SESSIONS + BELIEF_ROUNDS_OF_ALL}`;
/** The lower ends of the bins of calibration. */
const BINS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.998, 0.9999];

/** Makes a world, runs the models of attribution on it, and compares with the truth. */
export async function scoreOf(spec: WorldSpec, seed: number, threads = 1): Promise<Score> {
  const engine = await Engine.open({ threads });
  try {
    await makeWorld(engine, spec, seed);
    const before = process.cpuUsage();
    await attribute(engine);
    const { user, system } = process.cpuUsage(before);
    return { ...(await compare(engine)), cpuSeconds: (user + system) / 1e6 };
  } finally {
    engine.close();
  }
}

/** What models make of a world: the rows of each, sorted, as one text. */
export async function modelTexts(
  spec: WorldSpec,
  { seed, threads, models }: { seed: number; threads: number; models: readonly string[] },
): Promise<Readonly<Record<string, string>>> {
  const engine = await Engine.open({ threads });
  try {
    await makeWorld(engine, spec, seed);
    await attribute(engine);
    const texts: Record<string, string> = {};
    for (const model of models) {
      texts[model] = JSON.stringify(await engine.query(`SELECT * FROM ${model} ORDER BY ALL`));
    }
    return texts;
  } finally {
    engine.close();
  }
}

async function makeWorld(engine: Engine, spec: WorldSpec, seed: number): Promise<void> {
  for (const sql of [...walksOf(spec, seed), ...streamsOf(spec, seed)]) await engine.run(sql);
}

async function attribute(engine: Engine): Promise<void> {
  for (const { name, sql } of await loadModels('strict')) {
    if (name === ATTRIBUTION_ENDS) break;
    if (!['ruling_customer', 'person_consent'].includes(name)) {
      await engine.run(`CREATE TABLE ${name} AS ${sql}`);
    }
  }
}

/** A number from 0 to below 1 that depends on the seed and the key alone. */
const draw = (seed: number, key: string): string =>
  `((hash(${key}, ${seed}) % 1000003) / 1000003.0)`;

/** Names that sort in no order that has to do with who owns what, so that ties between ids cannot follow the truth. */
const serialOf = (seed: number, owner: string): string =>
  `'box ' || hash(${owner}, 'serial', ${seed})`;
/** Rows land in no order either. */
const scattered = (seed: number, stream: string): string =>
  `ORDER BY hash(person, at_ms, '${stream}', ${seed})`;

/** Creates `moment(person, serialNumber, at_ms)`: every step of every walk. */
function walksOf(spec: WorldSpec, seed: number): string[] {
  if (spec.walks === 'published') {
    const rows = (table: string): string =>
      `read_json(${quoteText(join(PUBLISHED, table, 'landing/*.json'))})`;
    return [
      `CREATE TABLE moment AS
       SELECT lower(c.email) AS person, serialNumber, s.sensorReadingTime AS at_ms
       FROM ${rows('step_trainer')} s JOIN ${rows('customer')} c USING (serialNumber)`,
    ];
  }
  const periodMs = `(61 + CAST(floor(${draw(seed, `person, walk, 'period'`)} * 60) AS BIGINT)) * 1000 // ${STEPS}`;
  return [
    spec.walks === 'once' ? onceSql(spec, seed) : householdSql(spec, seed),
    `CREATE TABLE moment AS
     SELECT person, serialNumber, start_ms + step * (${periodMs}) AS at_ms
     FROM walk, range(${STEPS}) steps(step)`,
  ];
}

function onceSql({ people, atOnce = 300 }: WorldSpec, seed: number): string {
  const spanMs = (people * WALK_MS_MEAN) / atOnce;
  return `CREATE TABLE walk AS
    SELECT 'p' || p AS person, ${serialOf(seed, 'p')} AS serialNumber, 0 AS walk,
      ${NOON} + CAST(floor(${draw(seed, `p, 'start'`)} * ${spanMs}) AS BIGINT) AS start_ms
    FROM range(${people}) people(p)`;
}

function householdSql({ people }: WorldSpec, seed: number): string {
  return `CREATE TABLE walk AS
    WITH turn AS (
      SELECT h, t, row_number() OVER (PARTITION BY h ORDER BY hash(h, t, ${seed})) - 1 AS slot
      FROM range(${people / HOUSEHOLD}) households(h), range(${HOUSEHOLD * SESSIONS}) turns(t)
    )
    SELECT 'p' || h || '-' || (t // ${SESSIONS}) AS person, ${serialOf(seed, 'h')} AS serialNumber, t AS walk,
      ${NOON} + slot * ${SLOT_MS} + CAST(floor(${draw(seed, `h, t, 'start'`)} * 14000) AS BIGINT) AS start_ms
    FROM turn`;
}

/** Creates the landing tables, and `truth(person, silent, serialNumber, sensorReadingTime, distanceFromObject)`. */
function streamsOf(spec: WorldSpec, seed: number): string[] {
  const { offsetMs, driftPpm = 0, strayMs = 0, loss, silent = 0 } = spec;
  const either = (key: string): string => `(2 * ${draw(seed, key)} - 1)`;
  const phoneTime = `at_ms + CAST(round(${either(`person, 'offset'`)} * ${offsetMs}
    + ${either(`person, 'drift'`)} * ${driftPpm} * (at_ms - ${NOON}) / 1e6
    + ${either(`person, at_ms, 'phone stray'`)} * ${strayMs}) AS BIGINT)`;
  const deviceTime = `at_ms + CAST(round(${either(`person, at_ms, 'device stray'`)} * ${strayMs}) AS BIGINT)`;
  const isSilent = `${draw(seed, `person, 'silent'`)} < ${silent / 100}`;
  return [
    `CREATE TABLE accelerometer_landing AS
     SELECT person AS "user", ${phoneTime} AS timeStamp, 0.0 AS x, 0.0 AS y, 0.0 AS z FROM moment
     WHERE ${draw(seed, `person, at_ms, 'phone loss'`)} >= ${loss / 100} AND NOT ${isSilent}
     ${scattered(seed, 'phone')}`,
    `CREATE TABLE truth AS
     SELECT person, ${isSilent} AS silent, serialNumber, ${deviceTime} AS sensorReadingTime, 201 AS distanceFromObject
     FROM moment WHERE ${draw(seed, `person, at_ms, 'device loss'`)} >= ${loss / 100}
     ${scattered(seed, 'device')}`,
    `CREATE TABLE step_trainer_landing AS
     SELECT serialNumber, sensorReadingTime, distanceFromObject FROM truth`,
  ];
}

async function compare(engine: Engine): Promise<Omit<Score, 'cpuSeconds'>> {
  await engine.run(`CREATE TABLE session_truth AS
    SELECT d.device_session, min(t.person) AS person, bool_or(t.silent) AS silent
    FROM truth t JOIN device_session d USING (serialNumber)
    WHERE t.sensorReadingTime BETWEEN d.first_reading AND d.last_reading GROUP BY d.device_session`);
  const [sessions] = await engine.query(`
    SELECT count(*) AS sessions, count(*) FILTER (NOT t.silent) AS explainable,
      count(a.person) AS given, count(*) FILTER (a.person = t.person) AS good
    FROM session_truth t LEFT JOIN accepted_pair a USING (device_session)`);
  const [readings] = await engine.query(`
    SELECT count(*) FILTER (NOT t.silent) AS explainable, count(r.person) AS given,
      count(*) FILTER (r.person = t.person) AS good
    FROM truth t LEFT JOIN reading_person r USING (serialNumber, sensorReadingTime, distanceFromObject)`);
  return {
    sessions: Number(sessions?.['sessions']),
    explainable: Number(sessions?.['explainable']),
    given: Number(sessions?.['given']),
    right: Number(sessions?.['good']),
    readings: {
      explainable: Number(readings?.['explainable']),
      given: Number(readings?.['given']),
      right: Number(readings?.['good']),
    },
    calibration: await calibrationOf(engine),
  };
}

/** What the last beliefs claim about persons against the truth, by bins of what they claim. */
async function calibrationOf(engine: Engine): Promise<Bin[]> {
  const lower = BINS.map((from) => `WHEN posterior >= ${from} THEN ${from}`)
    .reverse()
    .join(' ');
  const rows = await engine.query(`
    WITH belief AS (
      SELECT device_session, person, least(1, sum(posterior)) AS posterior
      FROM ${LAST_BELIEF} GROUP BY device_session, person
    )
    SELECT CAST(CASE ${lower} END AS DOUBLE) AS lower_end, count(*) AS beliefs, avg(posterior) AS claimed,
      count(*) FILTER (b.person = t.person) AS good
    FROM belief b JOIN session_truth t USING (device_session) GROUP BY lower_end ORDER BY lower_end`);
  return rows.map((row) => ({
    from: Number(row['lower_end']),
    beliefs: Number(row['beliefs']),
    claimed: Number(row['claimed']),
    right: Number(row['good']),
  }));
}
