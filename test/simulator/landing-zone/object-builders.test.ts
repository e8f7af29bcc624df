import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  LANDING_COLUMNS,
  LANDING_OBJECTS,
} from '../../../simulator/landing-zone/core/landing-columns.ts';
import type { LandingObjectKind } from '../../../simulator/landing-zone/core/landing-columns.ts';
import type { LandingFormat } from '../../../simulator/landing-zone/core/landing-keys.ts';
import { DEFAULT_LANDING, drawLandingHousehold } from '../../../simulator/landing-zone/index.ts';
import type { LandingHousehold, LandingSpec } from '../../../simulator/landing-zone/index.ts';
import { ObjectBuilders } from '../../../simulator/landing-zone/object-builders.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const streams = seededStreams(11);
const folder = mkdtempSync(join(tmpdir(), 'stedi-object-builders-'));
let engine: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  engine = await DuckDBInstance.create(':memory:');
  connection = await engine.connect();
});
afterAll(() => {
  connection.closeSync();
  engine.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

function draw(changes: Partial<LandingSpec>): LandingHousehold[] {
  const spec = { ...DEFAULT_LANDING, ...changes };
  return Array.from({ length: spec.customers }, (_, household) =>
    drawLandingHousehold(spec, household, streams),
  );
}

function build(
  builders: ObjectBuilders,
  kind: LandingObjectKind,
  households: readonly LandingHousehold[],
): Uint8Array {
  const builder = builders.open(kind);
  for (const household of households) builder.add(household);
  return builder.finish();
}

function lines(kind: LandingObjectKind, households: readonly LandingHousehold[]): string {
  return households
    .flatMap((household) => household[kind].map((row) => `${JSON.stringify(row)}\n`))
    .join('');
}

describe.each(LANDING_OBJECTS)('an object of %s', (kind) => {
  const households = draw({
    customers: 300,
    loss: 0.1,
    phoneClock: { skewMs: 2_000, driftPpm: 50 },
  });

  test('has the lines, plain or in one member of gzip', () => {
    const expected = lines(kind, households);
    const plain = build(new ObjectBuilders('ndjson'), kind, households);
    expect(Buffer.from(plain).toString()).toBe(expected);
    const packed = build(new ObjectBuilders('ndjson.gz'), kind, households);
    expect(gunzipSync(packed).toString()).toBe(expected);
  });

  test('has the same rows as Parquet, in the same order, as an engine reads them', async () => {
    const file = join(folder, `${kind}.parquet`);
    writeFileSync(file, build(new ObjectBuilders('parquet'), kind, households));
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    const expected = households.flatMap((household) =>
      (household[kind] as readonly object[]).map((row) =>
        LANDING_COLUMNS[kind].map(({ name, type }) => {
          const value =
            (row as Readonly<Record<string, string | number | undefined>>)[name] ?? null;
          const isWhole = type === 'time' || type === 'integer';
          return typeof value === 'number' && isWhole ? BigInt(value) : value;
        }),
      ),
    );
    expect(reader.columnNames()).toEqual(LANDING_COLUMNS[kind].map(({ name }) => name));
    expect(reader.getRows()).toEqual(expected);
  });
});

test('dense signals have their many different values in Parquet', async () => {
  const households = draw({ customers: 3, profile: 'continuous' });
  const file = join(folder, 'signals.parquet');
  writeFileSync(file, build(new ObjectBuilders('parquet'), 'accelerometer_landing', households));
  const reader = await connection.runAndReadAll(`SELECT x, y, z FROM read_parquet('${file}')`);
  const expected = households.flatMap((household) =>
    household.accelerometer_landing.map(({ x, y, z }) => [x, y, z]),
  );
  expect(expected.length).toBeGreaterThan(9_000);
  expect(reader.getRows()).toEqual(expected);
});

test.each<LandingFormat>(['ndjson.gz', 'ndjson', 'parquet'])(
  'an object of %s is the same whatever was built before it',
  (format) => {
    const builders = new ObjectBuilders(format);
    const [first, second] = [draw({ customers: 40 }), draw({ customers: 3, sessionsPerPerson: 2 })];
    build(builders, 'accelerometer_landing', first);
    const after = Buffer.from(build(builders, 'accelerometer_landing', second));
    const alone = build(new ObjectBuilders(format), 'accelerometer_landing', second);
    expect(after.equals(alone)).toBe(true);
  },
);
