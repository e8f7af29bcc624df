/**
 * Prints how fast landing zones are written, in time and in CPU, as ratios to a plain writer (the same households, JSON.stringify for every
 * row and gzip of the same level, one thread) in the same run: absolute times say more about the machine than about the
 * program. Memory is that of the whole process, which shall not grow with the number of customers. Not a test.
 *
 * It runs what users run: the compiled command and its threads.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type * as SimulatorRoom from '../../simulator/index.ts';
import { builtCommand } from '../built-command.ts';

type Simulator = typeof SimulatorRoom;

/** What one run took. */
interface Measured {
  readonly rows: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly bytes: number;
}

const THIS = fileURLToPath(import.meta.url);
const PLAIN_CUSTOMERS = 6_000;
const CASES: readonly (readonly string[])[] = [
  ['ndjson.gz', 'step-test', '12000'],
  ['ndjson.gz', 'step-test', '60000'],
  ['ndjson', 'step-test', '60000'],
  ['parquet', 'step-test', '12000'],
  ['parquet', 'step-test', '60000'],
  ['parquet', 'continuous', '300'],
];

const [job, ...args] = process.argv.slice(2);
if (job === undefined) printAll();
else {
  const simulator = (await import(pathToFileURL(args.pop() as string).href)) as Simulator;
  const measured = job === 'plain' ? plainly(simulator) : await generated(simulator, args);
  process.stdout.write(JSON.stringify(measured));
}

function printAll(): void {
  const simulator = join(dirname(builtCommand()), '..', 'simulator', 'index.js');
  const run = (...words: readonly string[]): Measured => {
    const command = ['--import', 'tsx', THIS, ...words, simulator];
    return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as Measured;
  };
  printRow(
    'writer',
    'customers',
    'rows',
    'M rows/s',
    '× plain',
    'CPU µs/row',
    'plain CPU ÷',
    'bytes/row',
    'peak MB',
  );
  const plain = run('plain');
  print(['plain, 1 thread', PLAIN_CUSTOMERS.toString()], plain, plain);
  for (const [format = '', profile = '', customers = ''] of CASES) {
    print([`${format} ${profile}`, customers], run('generate', format, profile, customers), plain);
  }
}

function print(names: readonly string[], measured: Measured, plain: Measured): void {
  const { rows, wallMs, cpuMs, peakMb, bytes } = measured;
  printRow(
    ...names,
    rows.toLocaleString('en-US'),
    (rows / wallMs / 1e3).toFixed(2),
    (rows / wallMs / (plain.rows / plain.wallMs)).toFixed(2),
    ((1e3 * cpuMs) / rows).toFixed(2),
    (plain.cpuMs / plain.rows / (cpuMs / rows)).toFixed(2),
    (bytes / rows).toFixed(1),
    peakMb.toFixed(0),
  );
}

function printRow(...cells: readonly string[]): void {
  const line = cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(12)));
  process.stdout.write(`${line.join('')}\n`);
}

function measured(startMs: number, rows: number, bytes: number): Measured {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    rows,
    wallMs: performance.now() - startMs,
    cpuMs: (userCPUTime + systemCPUTime) / 1e3,
    peakMb: maxRSS / 1e3,
    bytes,
  };
}

function plainly({ DEFAULT_LANDING, drawLandingHousehold, seededStreams }: Simulator): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  const startMs = performance.now();
  const streams = seededStreams(1);
  const spec = { ...DEFAULT_LANDING, customers: PLAIN_CUSTOMERS };
  const lines = new Map<string, string[]>();
  for (let household = 0; household < PLAIN_CUSTOMERS; household++) {
    for (const [kind, rows] of Object.entries(drawLandingHousehold(spec, household, streams))) {
      const known = lines.get(kind) ?? [];
      lines.set(kind, known);
      for (const row of rows as readonly object[]) known.push(JSON.stringify(row));
    }
  }
  let [rows, bytes] = [0, 0];
  for (const [kind, texts] of lines) {
    const packed = gzipSync(`${texts.join('\n')}\n`, { level: 1 });
    writeFileSync(join(folder, kind), packed);
    rows += texts.length;
    bytes += packed.length;
  }
  const result = measured(startMs, rows, bytes);
  rmSync(folder, { recursive: true });
  return result;
}

async function generated(
  { DEFAULT_LANDING, LANDING_FORMATS, LANDING_PROFILES, writeLandingZone }: Simulator,
  [format, profile, customers]: readonly string[],
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  const startMs = performance.now();
  const summary = await writeLandingZone({
    spec: {
      ...DEFAULT_LANDING,
      profile: LANDING_PROFILES.find((known) => known === profile) ?? 'step-test',
      customers: Number(customers),
    },
    seed: 1,
    out: { kind: 'folder', path: join(folder, 'land') },
    format: LANDING_FORMATS.find((known) => known === format) ?? 'ndjson.gz',
    threads: 2,
  });
  const counts = [...Object.values(summary.rows), ...Object.values(summary.truth)];
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const result = measured(startMs, rows, summary.bytes);
  rmSync(folder, { recursive: true });
  return result;
}
