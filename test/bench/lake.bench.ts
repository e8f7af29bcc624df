/**
 * Prints what the pipeline costs on generated landing zones of growing size, stage by stage, and how the CPU grows with
 * the number of customers. Not a test: nothing fails here. Arguments: policy, format, memory, then numbers of customers;
 * without them `strict parquet 4GB 956 9560 95600`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunCost } from '../../pipeline/index.ts';

const STEDI = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** One run in a process of its own: memory that an earlier one took would count as well. */
function stedi(args: readonly string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', STEDI, ...args], {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printCost(customers: number, cost: RunCost): void {
  const { seconds, cpuSeconds, peakMemoryBytes, stages } = cost;
  print(
    `${customers.toLocaleString('en-US')} customers: ${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, peak ${Math.round(peakMemoryBytes / 1e6)} MB`,
  );
  const byCost = stages.toSorted((a, b) => b.cpuSeconds - a.cpuSeconds);
  for (const { stage, seconds: wall, cpuSeconds: cpu } of byCost.slice(0, 12)) {
    const share = `${((100 * cpu) / cpuSeconds).toFixed(0)} %`;
    print(
      `  ${stage.padEnd(28)}${wall.toFixed(2).padStart(9)} s${cpu.toFixed(2).padStart(9)} s${share.padStart(6)}`,
    );
  }
}

const [policy = 'strict', format = 'parquet', memory = '4GB', ...sizes] = process.argv.slice(2);
const customersOf = sizes.length > 0 ? sizes.map(Number) : [956, 9_560, 95_600];
let before: { readonly customers: number; readonly cpuSeconds: number } | undefined;
for (const customers of customersOf) {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-lake-'));
  try {
    const landing = join(folder, 'landing');
    const out = join(folder, 'zones');
    stedi(['generate', '--customers', String(customers), '--out', landing, '--format', format]);
    const places = ['--landing', landing, '--out', out];
    const options = [...places, '--policy', policy, '--memory', memory, '--json'];
    const cost = JSON.parse(stedi(['pipeline', 'run', ...options])) as RunCost;
    printCost(customers, cost);
    if (before !== undefined) {
      const growth = Math.log(cost.cpuSeconds / before.cpuSeconds);
      print(
        `  CPU grows as customers^${(growth / Math.log(customers / before.customers)).toFixed(2)}`,
      );
    }
    before = { customers, cpuSeconds: cost.cpuSeconds };
  } finally {
    await rm(folder, { recursive: true });
  }
}
