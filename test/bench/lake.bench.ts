/**
 * Prints what the pipeline costs on generated landing zones of growing size, stage by stage, and how the CPU grows with
 * the number of customers: 1, 10, 100 and 1,000 times the published data, in both formats, under both policies, within
 * 4 GB. Not a test: a run that fails is told, and the others go on. Arguments in any order choose less: policies, formats,
 * a memory, numbers of customers; `--in FOLDER` another disk, of which the largest size needs 15 GB.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtCommand } from '../built-command.ts';
import { describeGrowth, describeRun } from './lake-report.ts';
import type { LakeRun, Sized } from './lake-report.ts';

const POLICIES = ['strict', 'classic'];
const FORMATS = ['parquet', 'ndjson.gz'];
/** The published data are of 956 customers. */
const SIZES = [956, 9_560, 95_600, 956_000];
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const FAILURE_LINES_MAX = 4;

const { positionals: words, values } = parseArgs({
  allowPositionals: true,
  options: { in: { type: 'string', default: tmpdir() } },
});
const chosen = (all: readonly string[]): readonly string[] => {
  const some = all.filter((each) => words.includes(each));
  return some.length > 0 ? some : all;
};
const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
const memory = words.find((word) => /^\d.*b$/i.test(word)) ?? '4GB';

for (const format of chosen(FORMATS)) await measure(format);

/** Both policies read the same landing zones. */
async function measure(format: string): Promise<void> {
  const runs = new Map<string, Sized[]>(chosen(POLICIES).map((policy) => [policy, []]));
  for (const customers of numbers.length > 0 ? numbers : SIZES) {
    const folder = await mkdtemp(join(values.in, 'stedi-lake-'));
    try {
      const landing = join(folder, 'landing');
      stedi(['generate', '--customers', String(customers), '--out', landing, '--format', format]);
      for (const [policy, done] of runs) {
        print(`\n${policy}, ${format}, ${memory}`);
        const out = join(folder, policy);
        const places = ['--landing', landing, '--out', out];
        const options = [...places, '--policy', policy, '--memory', memory, '--json'];
        const told = stedi(['pipeline', 'run', ...options]);
        await rm(out, { recursive: true, force: true });
        if (told === undefined) continue;
        const sized = { customers, run: JSON.parse(told) as LakeRun };
        done.push(sized);
        for (const line of describeRun(sized)) print(line);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  for (const [policy, done] of runs) {
    for (const line of describeGrowth(done)) print(`\n${policy}, ${format}: ${line}`);
  }
}

/** The compiled command, in a process of its own: memory that an earlier one took would count as well. Failures are told. */
function stedi(args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommand(), ...args], {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  if (status === 0) return stdout;
  print(`  ${args.slice(0, 2).join(' ')} failed: exit code ${String(status)}`);
  for (const line of stderr.trim().split('\n').slice(-FAILURE_LINES_MAX)) print(`  ${line}`);
  return undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
