/**
 * Prints what simulated runs cost from plan to verdict: readings per second on one core at three sizes, with the exponent
 * of their growth, as ratios to a plain writer that makes the same rows with JSON.stringify; what a second worker gains;
 * and what the whole suite takes. Absolute times say more about the machine than about the program: where others work on
 * it, go by processor time. Not a test.
 *
 * Arguments: sizes in people, 100 1000 10000 if not given; `--no-suite` leaves the suite out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  loadCatalogue,
  loadNamed,
  makePlan,
  runScenario,
  runSweep,
} from '../../scenarios/index.ts';
import type { Plan, RunJob, Stage } from '../../scenarios/index.ts';
import { thousands } from './thousands.ts';

const THIS = fileURLToPath(import.meta.url);
const WORLD = 'ten-thousand-people';
const SIZES = [100, 1_000, 10_000];
const SCALING_RUNS = 12;
const STAGES: readonly Stage[] = ['devices', 'zones', 'verdict'];

/** What a run of some size took on one core. */
interface Measured {
  readonly customers: number;
  readonly readings: number;
  readonly verdict: string;
  readonly cpuMs: number;
  readonly stageMs: Readonly<Record<string, number>>;
  readonly plainMs: number;
  readonly peakMb: number;
}

const [job, ...words] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
try {
  if (job === 'size') process.stdout.write(JSON.stringify(await measure(Number(words[0]))));
  else await printAll(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function printAll(args: readonly string[]): Promise<void> {
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  printSizes((sizes.length > 0 ? sizes : SIZES).map(measureApart));
  await printScaling();
  if (!args.includes('--no-suite')) await printSuite();
}

/** Each size has a process of its own, as caches and memory of another would count as well. */
function measureApart(customers: number): Measured {
  const args = ['--max-semi-space-size=32', '--import', 'tsx', THIS, 'size', String(customers)];
  const text = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(text) as Measured;
}

/** The largest scenario of the catalogue with other numbers of people, who come in the course of the same half day. */
async function planOf(customers: number): Promise<Plan> {
  const [named] = await loadNamed(WORLD);
  if (named === undefined) throw new RangeError(`The catalogue has no ${WORLD}.`);
  const plan = makePlan(named.scenario, { mode: 'sim' });
  return { ...plan, world: { ...plan.world, customers } };
}

async function measure(customers: number): Promise<Measured> {
  const plan = await planOf(customers);
  const out = join(folder, 'run');
  const stageMs: Record<string, number> = {};
  let stage: Stage = 'devices';
  let startMs = cpuMs();
  const end = (): void => {
    stageMs[stage] = (stageMs[stage] ?? 0) + cpuMs() - startMs;
    startMs = cpuMs();
  };
  const { verdict, ledger } = await runScenario({
    plan,
    file: WORLD,
    out,
    threads: 1,
    onProgress: (next) => {
      if (next === stage) return;
      end();
      stage = next;
    },
  });
  end();
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  const spentMs = Object.values(stageMs).reduce((sum, ms) => sum + ms, 0);
  const plainMs = writePlainly(join(out, 'ledger.ndjson'));
  return { customers, readings: ledger.emitted, verdict, cpuMs: spentMs, stageMs, plainMs, peakMb };
}

/** The rival: every reading is a row that JSON.stringify makes, in one file. */
function writePlainly(ledger: string): number {
  const readings = readFileSync(ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const startMs = cpuMs();
  const rows = readings.map(({ kind, atMs, serialNumber, distance, person, timeStamp, x, y, z }) =>
    JSON.stringify(
      kind === 'distance'
        ? { sensorReadingTime: atMs, serialNumber, distanceFromObject: distance }
        : { user: `${String(person)}@stedi.example`, timeStamp, x, y, z },
    ),
  );
  writeFileSync(join(folder, 'plain.json'), rows.join('\n'));
  return cpuMs() - startMs;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function printSizes(sizes: readonly Measured[]): void {
  print('From plan to verdict on one core');
  printRow('people', 'readings', 'CPU s', 'readings/s', ...STAGES, '× plain', 'peak MB', 'verdict');
  for (const { customers, readings, verdict, cpuMs: ms, stageMs, plainMs, peakMb } of sizes) {
    printRow(
      thousands(customers),
      thousands(readings),
      (ms / 1_000).toFixed(1),
      thousands((1_000 * readings) / ms),
      ...STAGES.map((stage) => ((stageMs[stage] ?? 0) / 1_000).toFixed(1)),
      (ms / plainMs).toFixed(1),
      thousands(peakMb),
      verdict,
    );
  }
  for (const [index, right] of sizes.entries()) {
    const left = sizes[index - 1];
    if (left === undefined) continue;
    const exponent = Math.log(right.cpuMs / left.cpuMs) / Math.log(right.readings / left.readings);
    print(
      `from ${thousands(left.customers)} to ${thousands(right.customers)} people: CPU grows with readings^${exponent.toFixed(2)}`,
    );
  }
  print();
}

async function printScaling(): Promise<void> {
  const [named] = await loadNamed('phone-sends-twice');
  if (named === undefined) throw new RangeError('The catalogue has no phone that sends twice.');
  const jobs = Array.from({ length: SCALING_RUNS }, (_, index): RunJob => {
    const seed = index + 1;
    const plan = makePlan(named.scenario, { seed, mode: 'sim' });
    return { plan, file: named.file, out: join(folder, `seed${seed}`) };
  });
  const one = await time(jobs, 1);
  const two = await time(jobs, 2);
  const speedUp = (one.ms / two.ms).toFixed(2);
  print(`${SCALING_RUNS} runs of phone-sends-twice`);
  print(`one worker ${tellTime(one)}, two workers ${tellTime(two)}: ${speedUp} ×`);
  print();
}

async function printSuite(): Promise<void> {
  const catalogue = await loadCatalogue();
  const plans = catalogue.map(({ file, scenario }) => ({ file, plan: makePlan(scenario, {}) }));
  const jobs = plans
    .filter(({ plan }) => plan.mode === 'sim')
    .map((each): RunJob => ({ ...each, out: join(folder, each.file) }));
  const suite = await time(jobs);
  const { tally } = suite;
  const { passed, failed } = tally.summary(false);
  print(`The suite: ${jobs.length} simulated scenarios, ${passed} passed, ${failed} failed`);
  print(`${tellTime(suite)}, ${seconds(suite.ms / jobs.length)} a scenario`);
  for (const { file, ms } of tally.timing(0, 0).slowest) print(`  ${seconds(ms)}  ${file}`);
}

async function time(jobs: readonly RunJob[], workers?: number) {
  const [startMs, startCpuMs] = [performance.now(), childrenCpuMs()];
  const { tally } = await runSweep(jobs, { signal: new AbortController().signal, workers });
  const [ms, endCpuMs] = [performance.now() - startMs, childrenCpuMs()];
  const isTold = startCpuMs !== undefined && endCpuMs !== undefined;
  return { tally, ms, cpuMs: isTold ? endCpuMs - startCpuMs : undefined };
}

/** Processor time of the child processes that have ended, if the system tells it, as Linux does in ticks of 10 ms. */
function childrenCpuMs(): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  // The second field is a name in parentheses, which may hold anything. User and system time are fields 16 and 17.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return 10 * (Number(fields[13]) + Number(fields[14]));
}

function tellTime({ ms, cpuMs: spentMs }: Awaited<ReturnType<typeof time>>): string {
  return spentMs === undefined ? seconds(ms) : `${seconds(ms)} (${seconds(spentMs)} of processor)`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function printRow(...cells: readonly string[]): void {
  print(cells.map((cell) => cell.padStart(11)).join(''));
}

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}
