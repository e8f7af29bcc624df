/**
 * One run of the published shape from plan to verdict, measured stage by stage in a process of its own, because memory
 * and caches of an earlier run would count as well. Prints one JSON document. Arguments: customers, sessions per person.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNamed, makePlan, runScenario } from '../../scenarios/index.ts';
import type { Plan, Stage } from '../../scenarios/index.ts';

/** What one stage took. CPU counts all threads. */
export interface StageTime {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** What a run took. */
export interface BenchResult {
  readonly customers: number;
  readonly sessionsPerPerson: number;
  readonly verdict: string;
  readonly readings: number;
  readonly stages: Readonly<Partial<Record<Stage, StageTime>>>;
  /** Peak resident memory in MB, up to the end of the devices and of the run. */
  readonly peakMb: { readonly devices: number; readonly run: number };
  readonly ledgerMb: number;
}

const SESSION_MS = 180_000;

/** The published shape with other numbers of people and sessions; the time between sessions stays the same. */
async function planOf(customers: number, sessionsPerPerson: number): Promise<Plan> {
  const [named] = await loadNamed('published-shape');
  if (named === undefined) throw new RangeError('The catalogue has no published shape.');
  const plan = makePlan(named.scenario, { mode: 'sim' });
  const durationMs = plan.world.durationMs + (sessionsPerPerson - 1) * SESSION_MS;
  return { ...plan, world: { ...plan.world, customers, sessionsPerPerson, durationMs } };
}

/** A watch that is told when a stage begins. */
class Watch {
  readonly stages: Partial<Record<Stage, StageTime>> = {};
  #stage: Stage = 'devices';
  #startMs = performance.now();
  #startCpu = process.cpuUsage();

  begin(stage: Stage): void {
    if (stage === this.#stage) return;
    this.end();
    this.#stage = stage;
    this.#startMs = performance.now();
    this.#startCpu = process.cpuUsage();
  }

  end(): void {
    const { user, system } = process.cpuUsage(this.#startCpu);
    const { wallMs, cpuMs } = this.stages[this.#stage] ?? { wallMs: 0, cpuMs: 0 };
    this.stages[this.#stage] = {
      wallMs: wallMs + performance.now() - this.#startMs,
      cpuMs: cpuMs + (user + system) / 1_000,
    };
  }
}

function peakMb(): number {
  return process.resourceUsage().maxRSS / 1_024;
}

async function measure(customers: number, sessionsPerPerson: number): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-bench-'));
  try {
    const plan = await planOf(customers, sessionsPerPerson);
    const watch = new Watch();
    let devicesMb = 0;
    const { verdict, ledger } = await runScenario({
      plan,
      file: 'published-shape',
      out: join(folder, 'run'),
      onProgress: (stage) => {
        if (stage === 'devices') devicesMb = peakMb();
        watch.begin(stage);
      },
    });
    watch.end();
    const { size } = await stat(join(folder, 'run', 'ledger.ndjson'));
    return {
      customers,
      sessionsPerPerson,
      verdict,
      readings: ledger.emitted,
      stages: watch.stages,
      peakMb: { devices: devicesMb, run: peakMb() },
      ledgerMb: size / 1e6,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [customers = 956, sessionsPerPerson = 1] = process.argv.slice(2).map(Number);
process.stdout.write(`${JSON.stringify(await measure(customers, sessionsPerPerson))}\n`);
