import type { Engine } from '../engine/duckdb.ts';
import type { PipelineProgress, RunProgress } from './run-progress.ts';
import { explainFailure } from './run-disks.ts';
import type { RunFolders } from './run-disks.ts';
import { StageMeter } from './stage-meter.ts';
import type { RunCost } from './stage-meter.ts';

/** What the steps of a run share. */
export interface RunSurroundings {
  readonly engine: Engine;
  /** For the messages of failures. */
  readonly folders: RunFolders;
  readonly progress: RunProgress;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: PipelineProgress) => void) | undefined;
}

/** One step. */
export interface Step<T> {
  readonly step: string;
  readonly work: () => Promise<T>;
  /** The rows of the table that it made, if it made one. */
  readonly rowsOf?: (done: T) => number;
  /** Whether the work tells itself how far it is, by `tell`. */
  readonly tells?: boolean;
}

/** How often a long statement is asked how far it is, in ms. */
const ASK_EVERY_MS = 500;

/** Does the steps of a run, one after the other: measured, reported, and stopped when the signal says so. */
export class RunSteps {
  readonly #with: RunSurroundings;
  readonly #meter: StageMeter = new StageMeter();

  constructor(surroundings: RunSurroundings) {
    this.#with = surroundings;
  }

  /** @throws PipelineError; the reason of the signal before a step that was not begun */
  async do<T>({ step, work, rowsOf, tells = false }: Step<T>): Promise<T> {
    const { engine, folders, progress, signal } = this.#with;
    progress.begin(step);
    this.#report();
    signal?.throwIfAborted();
    const interrupt = (): void => engine.interrupt();
    signal?.addEventListener('abort', interrupt);
    const asking = tells ? undefined : this.#ask();
    try {
      return await this.#meter.measure(step, work, rowsOf);
    } catch (cause) {
      throw await explainFailure(cause, { step, folders });
    } finally {
      clearInterval(asking);
      signal?.removeEventListener('abort', interrupt);
    }
  }

  /** The work of the step tells how much of it is done, 0–1. */
  tell(share: number): void {
    this.#with.progress.within(share);
    this.#report();
  }

  /** More is known about what a step costs, in proportion to the others. */
  weigh(step: string, cost: number): void {
    this.#with.progress.plan(new Map([[step, cost]]));
  }

  /** What all took until now. */
  cost(): RunCost {
    return this.#meter.total();
  }

  /** All steps are done. */
  end(step: string): RunCost {
    this.#with.progress.begin(step);
    this.#report();
    return this.cost();
  }

  #ask(): NodeJS.Timeout | undefined {
    if (this.#with.onProgress === undefined) return undefined;
    return setInterval(() => this.tell(this.#with.engine.progress), ASK_EVERY_MS).unref();
  }

  #report(): void {
    this.#with.onProgress?.(this.#with.progress.at(performance.now()));
  }
}
