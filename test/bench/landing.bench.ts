/**
 * Prints what loading a landing folder costs beside DuckDB's own reader, which checks less: CPU and wall time of the same rows
 * in the same process, one after the other, and their ratio. Not a test: nothing fails here.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Engine, quotePath } from '../../pipeline/engine/duckdb.ts';
import { loadLanding } from '../../pipeline/landing/index.ts';
import { makeFolders } from '../../pipeline/make-folders.ts';

const FILES = 4;
const ROWS_PER_FILE = Number(process.argv[2] ?? 1_000_000);
const PEOPLE = 300;
const RUNS = 3;
const COLUMNS = `{"user": 'VARCHAR', "timestamp": 'BIGINT', x: 'DOUBLE', y: 'DOUBLE', z: 'DOUBLE'}`;

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** Samples as phones send them, of many people at once. */
function makeLines(file: number): Buffer {
  const lines: string[] = [];
  let state = file + 1;
  const draw = (limit: number): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    return ((state ^ (state >>> 12)) >>> 0) % limit;
  };
  for (let row = 0, time = 1_655_564_376_361; row < ROWS_PER_FILE; row++) {
    time += draw(20);
    const axes = ['x', 'y', 'z'].map((axis) => `"${axis}":${draw(3) - 1}.0`);
    lines.push(
      `{"user":"Walker.Number${draw(PEOPLE)}@example.com","timestamp":${time},${axes.join(',')}}`,
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

async function measure(work: (engine: Engine) => Promise<unknown>): Promise<Cost> {
  const engine = await Engine.open({ threads: 2 });
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await work(engine);
  const wall = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  engine.close();
  return { cpu: (user + system) / 1e6, wall };
}

function loadOurs(folder: string, name: string): Promise<Cost> {
  return measure((engine) =>
    loadLanding({
      engine,
      place: { kind: 'folder', path: join(folder, name) },
      previous: undefined,
      scratch: join(folder, 'scratch'),
      quarantineFolder: join(folder, 'quarantine'),
      signal: undefined,
      onProgress: undefined,
    }),
  );
}

function loadTheirs(folder: string, name: string, compression: string): Promise<Cost> {
  const files = Array.from({ length: FILES }, (_, file) =>
    quotePath(join(folder, name, 'accelerometer_landing', `${file}.json`)),
  );
  return measure(async (engine) => {
    await engine.run(
      'CREATE TABLE t ("user" VARCHAR, "timestamp" BIGINT, x DOUBLE, y DOUBLE, z DOUBLE)',
    );
    await engine.run(`INSERT INTO t SELECT * FROM read_json([${files.join(', ')}],
      format = 'newline_delimited', compression = '${compression}', columns = ${COLUMNS})`);
  });
}

const best = (costs: readonly Cost[], of: keyof Cost): number =>
  Math.min(...costs.map((cost) => cost[of]));

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'landing-bench-'));
  try {
    for (const name of ['ndjson', 'gzip']) makeFolders(join(folder, name, 'accelerometer_landing'));
    for (let file = 0; file < FILES; file++) {
      const lines = makeLines(file);
      const path = (name: string): string =>
        join(folder, name, 'accelerometer_landing', `${file}.json`);
      writeFileSync(path('ndjson'), lines);
      writeFileSync(path('gzip'), gzipSync(lines, { level: 6 }));
    }
    const rows = (FILES * ROWS_PER_FILE).toLocaleString('en-US');
    process.stdout.write(`${rows} rows, the best of ${RUNS} runs each\n`);
    for (const [name, compression] of [
      ['ndjson', 'uncompressed'],
      ['gzip', 'gzip'],
    ] as const) {
      const ours: Cost[] = [];
      const theirs: Cost[] = [];
      for (let run = 0; run < RUNS; run++) {
        theirs.push(await loadTheirs(folder, name, compression));
        ours.push(await loadOurs(folder, name));
      }
      for (const kind of ['cpu', 'wall'] as const) {
        const [own, other] = [best(ours, kind), best(theirs, kind)];
        process.stdout.write(
          `${name.padEnd(8)}${kind.padEnd(6)}ours ${own.toFixed(2)} s  DuckDB ${other.toFixed(2)} s  ratio ${(own / other).toFixed(2)}\n`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
