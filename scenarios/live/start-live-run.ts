import type { Notice } from '../../bridge/index.ts';
import { drawWorld, WallTime } from '../../simulator/index.ts';
import type { RandomStreams } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { refuseInLive } from './live-limits.ts';
import { buildLivePlant } from './live-plant.ts';
import type { LiveParts } from './live-plant.ts';
import { LiveRun } from './live-run.ts';
import { LiveTruth } from './live-truth.ts';

/** How a live run is done. */
export interface LiveOptions {
  readonly streams: RandomStreams;
  readonly parts: LiveParts;
  /** How long a record waits for its object to be filled, in ms of the world; a minute if not given. */
  readonly flushMs?: number;
  /** The file that the truth is written to while the run goes on; without one, it is kept in memory. */
  readonly truthFile?: string;
  /** Told what the bridge tells those who run it. */
  readonly onNotice?: (notice: Notice) => void;
}

const FLUSH_MS = 60_000;

/**
 * Begins a run of a plan in real time. All that can be in an object of the storage is in the truth file before.
 *
 * @throws ScenarioError, BridgeError, SimulatorError with the code of the part that cannot be had; nothing stays then
 */
export async function startLiveRun(plan: Plan, options: LiveOptions): Promise<LiveRun> {
  const { parts, streams, truthFile: file, flushMs = FLUSH_MS, onNotice } = options;
  const others = {
    broker: parts.brokerUrl !== undefined,
    storage: parts.storage !== undefined,
  };
  refuseInLive(plan, others);
  const failure = new AbortController();
  const onFailure = (cause: unknown): void => failure.abort(cause);
  const world = drawWorld(plan.world, streams);
  const timers = new WallTime(plan.world.startMs, plan.speed);
  // The world waits for its parts.
  timers.pause();
  const truth = new LiveTruth({ world, timers, file, onFailure });
  try {
    const plant = await buildLivePlant({
      timers,
      parts,
      baudRate: plan.baudRate,
      flushMs,
      onNotice: onNotice ?? (() => undefined),
      onOccurrence: (occurrence) => truth.ledger.note(occurrence),
      onRealPort: (path) => truth.listenTo(path),
      beforeStoring: () => truth.flush(),
      onFailure,
    });
    return new LiveRun({ plan, world, streams, timers, plant, truth, failure });
  } catch (error) {
    truth.close();
    throw error;
  }
}
