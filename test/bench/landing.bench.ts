/**
 * Prints what loading a landing zone costs beside DuckDB's own reader, which checks less: CPU and wall time of the same rows in
 * the same process, in turns, and their ratio. All three tables as `stedi generate` makes them, and many small objects. Not a
 * test: nothing fails here.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { LANDING_TABLES, TABLES } from '../../pipeline/core/catalog.ts';
import type { LandingTableName } from '../../pipeline/core/catalog.ts';
import { Engine, quoteText } from '../../pipeline/engine/duckdb.ts';
import { loadLanding } from '../../pipeline/landing/index.ts';
import { makeFolders } from '../../pipeline/make-folders.ts';
import { builtCommand } from '../built-command.ts';

/** About 116 rows each. */
const CUSTOMERS = process.argv[2] ?? '30000';
const RUNS = Number(process.argv[3] ?? 5);
const SMALL_OBJECTS = 5_000;
const SMALL_ROWS = 100;
const SMALL_TABLE = 'accelerometer_landing';
const TYPES = { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' } as const;

interface Cost {
  readonly cpu: number;
  readonly wall: number;
  readonly rows: number;
}

/** Folders with landing zones, by what is said of them. */
async function makeZones(folder: string): Promise<Readonly<Record<string, string>>> {
  for (const format of ['ndjson', 'ndjson.gz']) {
    const args = ['generate', '--customers', CUSTOMERS, '--format', format];
    execFileSync(process.execPath, [builtCommand(), ...args, '--out', join(folder, format)]);
  }
  await makeSmall(folder);
  return {
    NDJSON: join(folder, 'ndjson'),
    'gzip NDJSON': join(folder, 'ndjson.gz'),
    [`${SMALL_OBJECTS} small`]: join(folder, 'small'),
    [`${SMALL_OBJECTS} small gzip`]: join(folder, 'small-gzip'),
  };
}

async function makeSmall(folder: string): Promise<void> {
  const [from] = readdirSync(join(folder, 'ndjson', SMALL_TABLE), { recursive: true })
    .map((name) => join(folder, 'ndjson', SMALL_TABLE, String(name)))
    .filter((path) => path.endsWith('.json'));
  const targets = ['small', 'small-gzip'].map((name) => join(folder, name, SMALL_TABLE));
  for (const target of targets) makeFolders(target);
  let lines: string[] = [];
  let objects = 0;
  for await (const line of createInterface({ input: createReadStream(from ?? '') })) {
    lines.push(line);
    if (lines.length < SMALL_ROWS) continue;
    const text = Buffer.from(`${lines.join('\n')}\n`);
    writeFileSync(join(targets[0] ?? '', `${objects}.json`), text);
    writeFileSync(join(targets[1] ?? '', `${objects}.json.gz`), gzipSync(text));
    lines = [];
    if (++objects === SMALL_OBJECTS) return;
  }
}

async function measure(work: (engine: Engine) => Promise<number>): Promise<Cost> {
  const engine = await Engine.open({ threads: 2 });
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const rows = await work(engine);
  const wall = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  engine.close();
  return { cpu: (user + system) / 1e6, wall, rows };
}

function loadOurs(folder: string, zone: string): Promise<Cost> {
  return measure(async (engine) => {
    const { tables } = await loadLanding({
      engine,
      place: { kind: 'folder', path: zone },
      previous: undefined,
      scratch: join(folder, 'scratch'),
      quarantineFolder: join(folder, 'quarantine'),
      signal: undefined,
      onProgress: undefined,
    });
    return Object.values(tables).reduce((sum, { rows }) => sum + rows, 0);
  });
}

function loadTheirs(zone: string): Promise<Cost> {
  return measure(async (engine) => {
    let rows = 0;
    const there = new Set(readdirSync(zone));
    for (const table of LANDING_TABLES.filter((name) => there.has(name))) {
      rows += await loadTable(engine, zone, table);
    }
    return rows;
  });
}

async function loadTable(engine: Engine, zone: string, table: LandingTableName): Promise<number> {
  const columns = TABLES[table].columns.map(
    ({ name, type }) => [`"${name}"`, TYPES[type]] as const,
  );
  const created = columns.map(([name, type]) => `${name} ${type}`).join(', ');
  const read = columns.map(([name, type]) => `${name}: '${type}'`).join(', ');
  await engine.run(`CREATE TABLE ${table} (${created})`);
  return engine.run(`INSERT INTO ${table} SELECT * FROM read_json(${quoteText(`${zone}/${table}/**`)},
    format = 'newline_delimited', hive_partitioning = false, columns = {${read}})`);
}

const best = (costs: readonly Cost[], of: 'cpu' | 'wall'): number =>
  Math.min(...costs.map((cost) => cost[of]));

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'landing-bench-'));
  try {
    for (const [name, zone] of Object.entries(await makeZones(folder))) {
      const ours: Cost[] = [];
      const theirs: Cost[] = [];
      for (let run = 0; run < RUNS; run++) {
        theirs.push(await loadTheirs(zone));
        ours.push(await loadOurs(folder, zone));
      }
      const [rows, same] = [ours[0]?.rows ?? 0, ours[0]?.rows === theirs[0]?.rows];
      const count = `${rows.toLocaleString('en-US')} rows${same ? '' : ', not the same'}`;
      process.stdout.write(`${name}: ${count}, the best of ${RUNS} runs each\n`);
      for (const kind of ['cpu', 'wall'] as const) {
        const [own, other] = [best(ours, kind), best(theirs, kind)];
        process.stdout.write(
          `  ${kind.padEnd(6)}ours ${own.toFixed(2)} s  DuckDB ${other.toFixed(2)} s  ratio ${(own / other).toFixed(2)}\n`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
