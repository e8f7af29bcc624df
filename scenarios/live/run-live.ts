/** A plan from its first moment to what has landed, in real time. */
import type { RandomStreams } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import type { DeviceRun } from '../run/sim.ts';
import { ScenarioError } from '../scenario-error.ts';
import { downloadObjects } from './download.ts';
import type { LiveParts } from './live-plant.ts';
import type { LiveRun } from './live-run.ts';
import { beginSlowly } from './slow-start.ts';
import { startLiveRun } from './start-live-run.ts';

/** How a plan is run. */
export interface RunLiveOptions {
  readonly streams: RandomStreams;
  /** Folder of the landing zone, which exists. */
  readonly landing: string;
  readonly parts: LiveParts;
  readonly signal?: AbortSignal | undefined;
  /** Told how much of the world's time has passed, 0–1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const PROGRESS_MS = 200;

/**
 * Runs a plan's world in real time, and downloads what landed to the landing folder. Whatever happens, it leaves no
 * port, connection or temporary folder behind.
 *
 * @throws ScenarioError, BridgeError, SimulatorError with the code of the part that failed; the signal's reason
 */
export async function runLive(plan: Plan, options: RunLiveOptions): Promise<DeviceRun> {
  const { streams, landing, parts, signal, onProgress } = options;
  const run = await startLiveRun(plan, { streams, parts });
  const endSlowStart = beginSlowly(run);
  const telling = setInterval(() => onProgress?.(shareOf(run)), PROGRESS_MS);
  try {
    await endOf(run, signal);
    await readBack(run, landing);
    return { world: run.world, ledger: run.ledger };
  } finally {
    clearInterval(telling);
    endSlowStart();
    await run.close();
  }
}

function shareOf({ plan, atMs }: LiveRun): number {
  const { startMs, durationMs } = plan.world;
  return Math.min(1, (atMs - startMs) / durationMs);
}

/** Waits for the end of a run, or for the caller to stop it. */
async function endOf(run: LiveRun, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return run.ended;
  let onAbort: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    await Promise.race([run.ended, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The zones are made from what the storage gives back, not from what was sent there. */
async function readBack({ storage }: LiveRun, landing: string): Promise<void> {
  const { client, place } = storage;
  try {
    await downloadObjects({ client, ...place }, landing);
  } catch (cause) {
    const message = `Cannot read back what landed in ${place.bucket}/${place.prefix}. Check that the S3 endpoint still runs and that its objects may be listed and read.`;
    throw new ScenarioError('STORAGE_UNREACHABLE', message, { cause });
  }
}
