/** The run that is shown now: there is one at a time, and it can be begun anew. */
import { DemoError } from './demo-error.ts';
import type { DemoRun } from './demo-run.ts';

/** Begins a run. The signal ends what is begun half-way. */
export type StartRun = (signal: AbortSignal) => Promise<DemoRun>;

/** Holds the run, and sees that the old one is gone before the new one begins. */
export class Stage {
  readonly #start: StartRun;
  readonly #onChange: (run: DemoRun | undefined) => void;
  readonly #stop = new AbortController();
  #run: DemoRun | undefined;
  #failure: DemoError | undefined;
  #change: Promise<DemoRun> | undefined;

  constructor(start: StartRun, onChange: (run: DemoRun | undefined) => void) {
    this.#start = start;
    this.#onChange = onChange;
  }

  /** @throws DemoError DEMO_STARTING, START_FAILED */
  get run(): DemoRun {
    if (this.#run !== undefined) return this.#run;
    if (this.#failure !== undefined) throw this.#failure;
    throw new DemoError('DEMO_STARTING', 'The run is being started. Ask again in a second.');
  }

  /** Ends the run, if there is one, and begins the next. Who asks while that is under way gets the same one. */
  begin(): Promise<DemoRun> {
    this.#change ??= this.#beginNext().finally(() => (this.#change = undefined));
    return this.#change;
  }

  /** Ends whatever there is. */
  async close(): Promise<void> {
    this.#stop.abort(new DemoError('DEMO_STARTING', 'The demo ends.'));
    // Whoever asked for the change hears of its failure.
    await this.#change?.catch(() => undefined);
    await this.#end();
  }

  async #beginNext(): Promise<DemoRun> {
    await this.#end();
    this.#failure = undefined;
    try {
      const run = await this.#start(this.#stop.signal);
      this.#run = run;
      this.#onChange(run);
      return run;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#failure = new DemoError('START_FAILED', `The run could not be started. ${reason}`, {
        cause,
      });
      throw cause;
    }
  }

  async #end(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    this.#onChange(undefined);
    await run?.close();
  }
}
