/** One contender under one load: how long, how much processor time, how much memory, what was lost. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contenders.ts';
import { readingsOf } from './load.ts';
import type { Load } from './load.ts';
import { cpuMsOf, peakMbOf } from './process-cost.ts';
import type { PublisherOrder, PublisherReport } from './publisher.child.ts';

const PUBLISHER = fileURLToPath(new URL('./publisher.child.ts', import.meta.url));
const WINDOW = 500;
const LOOK_EVERY_MS = 50;
/** When nothing has come for so long, the rest is lost. */
const SILENCE_MS = 5_000;

/** What a run came to. */
export interface Measured {
  readonly contender: string;
  readonly load: Load;
  readonly acknowledged: number;
  readonly readings: number;
  readonly lost: number;
  /** From the first byte sent until every reading lay in synced output, or nothing came any more. */
  readonly wallMs: number;
  /** Processor time in ms of each process of the contender. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly peakMb: Readonly<Record<string, number>>;
}

/** Runs a contender under a load in a scratch folder. */
export async function measure(contender: Contender, load: Load): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  try {
    return await measureIn(folder, contender, load);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(folder: string, contender: Contender, load: Load): Promise<Measured> {
  const running = await contender.start(folder, load.kind);
  const perProcess = (read: (pid: number) => number): Record<string, number> =>
    Object.fromEntries(Object.entries(running.pids).map(([name, pid]) => [name, read(pid)]));
  try {
    const go = await publish(load, running.port);
    const before = perProcess(cpuMsOf);
    const fromMs = performance.now();
    const report = await go();
    const wanted = readingsOf(load);
    const lastMs = await arrived(() => running.outputReadings(), wanted);
    running.sync();
    const wallMs = (lastMs ?? performance.now()) - fromMs;
    const after = perProcess(cpuMsOf);
    const distinct = running.distinct();
    return {
      contender: contender.name,
      load,
      acknowledged: report.acknowledged,
      readings: wanted,
      lost: wanted - distinct,
      wallMs,
      cpuMs: Object.fromEntries(
        Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]),
      ),
      peakMb: perProcess(peakMbOf),
    };
  } finally {
    await running.stop();
  }
}

/** Starts a publisher in a process of its own; calling what comes back lets it go, and waits until all is acknowledged. */
export async function publish(load: Load, port: number): Promise<() => Promise<PublisherReport>> {
  const order: PublisherOrder = { ...load, port, window: WINDOW };
  const publisher = spawn(process.execPath, ['--import', 'tsx', PUBLISHER, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(publisher.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    publisher.stdin.end('go\n');
    return JSON.parse((await lines.next()).value ?? '') as PublisherReport;
  };
}

/** Waits until all is there; gives the time of the last change when it never will be. */
async function arrived(look: () => Promise<number>, wanted: number): Promise<number | undefined> {
  let seen = -1;
  let changedMs = performance.now();
  for (;;) {
    const now = await look();
    if (now >= wanted) return undefined;
    if (now !== seen) {
      seen = now;
      changedMs = performance.now();
    }
    if (performance.now() - changedMs > SILENCE_MS) return changedMs;
    await delay(LOOK_EVERY_MS);
  }
}
