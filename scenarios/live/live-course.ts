/** The course of a live run, from the first moment of its world until all has landed. */
import type { Fleet, WallTime } from '../../simulator/index.ts';
import { whenSettled } from './live-limits.ts';
import type { LivePlant } from './live-plant.ts';

/** The world lives; what is under way arrives and lands; all has landed; something failed, or the run was closed. */
export type LivePhase = 'running' | 'draining' | 'ended' | 'failed';

/** What a course leads through. */
export interface LiveCourseOptions {
  readonly timers: WallTime;
  readonly endMs: number;
  readonly fleet: Pick<Fleet, 'isSettled'>;
  readonly plant: Pick<LivePlant, 'drain'>;
  /** Called when the world is over, before what is under way is waited for. */
  readonly onWorldEnd: () => void;
  /** Stores the last export of the website. */
  readonly finishExports: () => Promise<void>;
  /** Ends the course with a reason. */
  readonly failure: AbortSignal;
}

/** Leads a run through its phases. */
export class LiveCourse {
  /** Resolves when all has landed, rejects with the reason of a failure. */
  readonly ended: Promise<void>;
  readonly #options: LiveCourseOptions;
  readonly #listeners = new Set<(phase: LivePhase) => void>();
  #phase: LivePhase = 'running';

  /** Begins at once. */
  constructor(options: LiveCourseOptions) {
    this.#options = options;
    this.ended = this.#play();
    // Whoever waits for it is told; until then a failure must not end the process.
    this.ended.catch(() => undefined);
  }

  get phase(): LivePhase {
    return this.#phase;
  }

  /** Calls `listener` at each change of the phase. Returns what ends it. */
  onPhase(listener: (phase: LivePhase) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #play(): Promise<void> {
    const { timers, endMs, fleet, plant, onWorldEnd, finishExports } = this.#options;
    try {
      await this.#unlessFailed(new Promise<void>((resolve) => timers.at(endMs, resolve)));
      this.#enter('draining');
      onWorldEnd();
      await this.#unlessFailed(whenSettled(fleet, timers));
      await this.#unlessFailed(plant.drain());
      await this.#unlessFailed(finishExports());
      this.#enter('ended');
    } catch (error) {
      this.#enter('failed');
      throw error;
    }
  }

  #enter(phase: LivePhase): void {
    this.#phase = phase;
    for (const listener of this.#listeners) listener(phase);
  }

  /** Waits for `work`, or for a failure. */
  async #unlessFailed(work: Promise<void>): Promise<void> {
    const { failure } = this.#options;
    let onAbort: () => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      onAbort = () => reject(failure.reason as Error);
      failure.addEventListener('abort', onAbort, { once: true });
      if (failure.aborted) onAbort();
    });
    try {
      await Promise.race([work, failed]);
    } finally {
      failure.removeEventListener('abort', onAbort);
    }
  }
}
