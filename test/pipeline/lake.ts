/** Literal rows in, rows of any model out: what the tests of the SQL models share. */
import { TABLES } from '../../pipeline/core/catalog.ts';
import type { ConsentRule, LandingTableName, Policy } from '../../pipeline/core/catalog.ts';
import { tableDdl } from '../../pipeline/engine/ddl.ts';
import { Engine, quoteText } from '../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../pipeline/engine/duckdb.ts';
import { loadModels } from '../../pipeline/engine/models.ts';

export type Row = Readonly<Record<string, string | number | null>>;

export interface LandingRows {
  readonly customers?: readonly Row[];
  readonly accelerometer?: readonly Row[];
  readonly steps?: readonly Row[];
}

/** How a lake is built. */
export interface LakeOptions {
  readonly threads?: number;
  readonly consent?: ConsentRule;
  /** Models that will be asked for: they are built with what they are made from, and no other. All without it. */
  readonly models?: readonly string[];
}

/** Builds all models of a policy on the given rows and answers queries about them. */
export async function withLake<T>(
  policy: Policy,
  rows: LandingRows,
  use: (engine: Engine) => Promise<T>,
  { threads = 1, consent = 'from-date', models }: LakeOptions = {},
): Promise<T> {
  const engine = await Engine.open({ threads });
  try {
    await fill(engine, 'customer_landing', rows.customers ?? []);
    await fill(engine, 'accelerometer_landing', rows.accelerometer ?? []);
    await fill(engine, 'step_trainer_landing', rows.steps ?? []);
    const all = await loadModels(policy, consent);
    const wanted = models === undefined ? undefined : madeFrom(all, models);
    for (const { name, sql } of all) {
      if (wanted?.has(name) === false) continue;
      await engine.run(`CREATE TABLE ${name} AS ${sql}`);
    }
    return await use(engine);
  } finally {
    engine.close();
  }
}

/** The rows of one model, sorted by all columns. */
export function modelRows(
  policy: Policy,
  rows: LandingRows,
  model: string,
  options: LakeOptions = {},
): Promise<SqlRow[]> {
  const query = (engine: Engine): Promise<SqlRow[]> =>
    engine.query(`SELECT * FROM ${model} ORDER BY ALL`);
  return withLake(policy, rows, query, { ...options, models: [model] });
}

/** The names of models and of all that they are made from: each reads only what stands before it. */
function madeFrom(
  all: readonly { readonly name: string; readonly sql: string }[],
  models: readonly string[],
): ReadonlySet<string> {
  const wanted = new Set(models);
  for (const { name, sql } of all.toReversed()) {
    if (!wanted.has(name)) continue;
    for (const [word] of sql.matchAll(/\w+/g)) wanted.add(word);
  }
  return wanted;
}

async function fill(engine: Engine, table: LandingTableName, rows: readonly Row[]): Promise<void> {
  const { columns } = TABLES[table];
  await engine.run(tableDdl(table, 'strict', 'duckdb'));
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => {
      const fields = columns.map(({ name }) => toLiteral(row[name] ?? null));
      return `(${fields.join(', ')})`;
    });
    await engine.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
  }
}

function toLiteral(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteText(value) : value.toString();
}

/** The moment that the fixtures count from. */
export const NOON = 1_655_553_600_000;

/** A customer of the feed; whoever does not say otherwise consented at registration, an hour before noon. */
export function customer(email: string, changes: Row = {}): Row {
  return {
    customerName: 'Ann Lee',
    email,
    phone: '8015550100',
    birthDay: '0967-01-01',
    serialNumber: `serial of ${email}`,
    registrationDate: NOON - 3_600_000,
    lastUpdateDate: NOON - 3_600_000,
    shareWithResearchAsOfDate: NOON - 3_600_000,
    shareWithPublicAsOfDate: null,
    shareWithFriendsAsOfDate: null,
    ...changes,
  };
}

/** One phone sample. */
export function sample(user: string, timeStamp: number, x = 1): Row {
  return { user, timeStamp, x, y: 0, z: -1 };
}

/** One step trainer reading. */
export function reading(serialNumber: string, sensorReadingTime: number, distance = 250): Row {
  return { sensorReadingTime, serialNumber, distanceFromObject: distance };
}

/** An exercise: the same moments as the phone and as the device have them. */
export interface Walk {
  readonly user: string;
  readonly serial: string;
  readonly start?: number;
  readonly steps?: number;
  readonly periodMs?: number;
  /** How much later the device's clock is than the phone's. */
  readonly deviceLateMs?: number;
  readonly distance?: number;
}

/** The samples and readings of an exercise. */
export function walk(of: Walk): { readonly accelerometer: Row[]; readonly steps: Row[] } {
  const { user, serial, start = NOON, steps = 12, periodMs = 2_300, deviceLateMs = 0 } = of;
  const moments = Array.from({ length: steps }, (_, step) => start + step * periodMs);
  return {
    accelerometer: moments.map((moment) => sample(user, moment)),
    steps: moments.map((moment, step) =>
      reading(serial, moment + deviceLateMs, (of.distance ?? 201) + step),
    ),
  };
}

/** Several exercises together. */
export function walks(...all: readonly Walk[]): { accelerometer: Row[]; steps: Row[] } {
  const made = all.map(walk);
  return {
    accelerometer: made.flatMap(({ accelerometer }) => accelerometer),
    steps: made.flatMap(({ steps }) => steps),
  };
}
