/** Begins what the page shows: a live run with the bridge of production, and a judge in a process of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../pipeline/index.ts';
import { formatSavedScenario, startLiveRun, startNow } from '../../scenarios/index.ts';
import { seededStreams } from '../../simulator/index.ts';
import { startJudge } from '../judge/index.ts';
import type { DemoRun } from './demo-run.ts';
import { LiveDemo } from './live-demo.ts';

/** How long a record waits for its object to be filled, in ms of the world: the page shows what happens as it happens. */
const FLUSH_MS = 2_000;

/** What a demo shows. */
export interface LiveDemoOptions {
  /** Scenario file, or a name from the catalogue. */
  readonly file: string;
  readonly seed: number | undefined;
  readonly speed: number;
  /** Ports with real devices that join: paths, patterns, or `auto`. */
  readonly serialPorts: readonly string[];
}

/**
 * Begins a run in a world that begins now.
 *
 * @throws ScenarioError, JudgeError, BridgeError, SimulatorError with the code of the part that cannot be had; the signal's reason
 */
export async function startLiveDemo(
  { file, seed, speed, serialPorts }: LiveDemoOptions,
  signal: AbortSignal,
): Promise<DemoRun> {
  const { plan, written } = await startNow(file, { seed, speed, nowMs: Date.now() });
  const folder = await mkdtemp(join(tmpdir(), 'stedi-demo-'));
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const truthFile = join(folder, 'truth.ndjson');
    let demo: LiveDemo | undefined;
    const run = await startLiveRun(plan, {
      streams: seededStreams(plan.seed),
      parts: { serialPorts },
      flushMs: FLUSH_MS,
      truthFile,
      onNotice: ({ level, text }) => {
        if (level === 'error') demo?.tellTrouble(text);
      },
    });
    if (signal.aborted) {
      await run.close();
      throw signal.reason as Error;
    }
    const landing = run.landingPlace;
    demo = new LiveDemo({
      runId: randomBytes(4).toString('hex'),
      file,
      run,
      save: () => {
        const { startMs } = plan.world;
        const { seed: drawn } = plan;
        return formatSavedScenario({
          written,
          file,
          seed: drawn,
          startMs,
          endMs: run.world.endMs,
          deeds: run.deeds,
        });
      },
      storage: openStorage(landing),
      realNow: () => performance.now(),
      judgeFor: (listener) =>
        startJudge({
          landing,
          ledger: truthFile,
          world: run.world,
          plan,
          file,
          folder: join(folder, 'judge'),
          now: () => run.atMs,
          ...listener,
        }),
      clear,
    });
    return demo;
  } catch (error) {
    await clear();
    throw error;
  }
}
