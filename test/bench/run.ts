/**
 * Prints how fast the published shape runs in `sim`, as ratios to the part that DuckDB does in the same run: absolute
 * times say more about the machine than about the program. Not a test: nothing fails here.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchResult, StageTime } from './published-shape.bench.ts';
import { thousands } from './thousands.ts';

const BENCH = fileURLToPath(new URL('./published-shape.bench.ts', import.meta.url));
const CUSTOMERS = 956;
/** A quarter of the people, so that four sessions each make the readings of one whole run. */
const FEW_CUSTOMERS = 239;
const SESSIONS = [1, 2, 4];

function bench(customers: number, sessions: number): BenchResult {
  const args = ['--import', 'tsx', BENCH, String(customers), String(sessions)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as BenchResult;
}

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function printRow(...cells: readonly string[]): void {
  print(cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(12))).join(''));
}

function printSpeed({ customers, readings, verdict, stages, peakMb }: BenchResult): void {
  const times = Object.entries(stages);
  const sum = (part: (time: StageTime) => number): number =>
    times.reduce((total, [, time]) => total + part(time), 0);
  const wallMs = sum((time) => time.wallMs);
  const cpuMs = sum((time) => time.cpuMs);
  const zones = stages.zones ?? { wallMs: NaN, cpuMs: NaN };
  print(
    `${thousands(customers)} people, ${thousands(readings)} readings, from plan to verdict (${verdict})`,
  );
  print(
    `${thousands((1_000 * customers) / wallMs)} people/s, ${thousands((1_000 * readings) / wallMs)} readings/s, peak ${thousands(peakMb.run)} MB`,
  );
  print();
  printRow('stage', 'wall ms', '× zones', 'cpu ms', '× zones');
  for (const [stage, time] of [...times, ['all', { wallMs, cpuMs }] as const]) {
    printRow(
      stage,
      thousands(time.wallMs),
      (time.wallMs / zones.wallMs).toFixed(2),
      thousands(time.cpuMs),
      (time.cpuMs / zones.cpuMs).toFixed(2),
    );
  }
}

function printMemory(results: readonly BenchResult[]): void {
  print(`Memory of ${thousands(FEW_CUSTOMERS)} people by sessions of each`);
  printRow('sessions', 'readings', 'devices MB', 'run MB', 'ledger MB', 'kB/reading');
  const [first] = results;
  for (const { sessionsPerPerson, readings, peakMb, ledgerMb } of results) {
    const more = first === undefined ? 0 : readings - first.readings;
    const grown = first === undefined ? 0 : peakMb.run - first.peakMb.run;
    printRow(
      String(sessionsPerPerson),
      thousands(readings),
      thousands(peakMb.devices),
      thousands(peakMb.run),
      ledgerMb.toFixed(1),
      more === 0 ? '' : ((1_000 * grown) / more).toFixed(2),
    );
  }
}

printSpeed(bench(CUSTOMERS, 1));
print();
printMemory(SESSIONS.map((sessions) => bench(FEW_CUSTOMERS, sessions)));
