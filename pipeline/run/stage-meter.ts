/** What one stage of a run took. CPU counts all threads of the process. */
export interface StageCost {
  readonly stage: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Rows of the table that the stage made, where it made one. */
  readonly rows?: number;
}

/** What a whole run took. It differs from run to run, unlike everything else that a run tells. */
export interface RunCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that the process held at once since it began, in bytes. */
  readonly peakMemoryBytes: number;
  readonly stages: readonly StageCost[];
}

/** Measures the stages of a run, one after the other. */
export class StageMeter {
  readonly #startMs = performance.now();
  readonly #startCpu = process.cpuUsage();
  readonly #stages: StageCost[] = [];

  /** Does the work of a stage; what it gives tells the rows of the table that it made, if any. */
  async measure<T>(
    stage: string,
    work: () => Promise<T>,
    rowsOf?: (done: T) => number,
  ): Promise<T> {
    const startMs = performance.now();
    const startCpu = process.cpuUsage();
    const done = await work();
    this.#stages.push({
      stage,
      ...costSince(startMs, startCpu),
      ...(rowsOf !== undefined && { rows: rowsOf(done) }),
    });
    return done;
  }

  /** What all took until now. */
  total(): RunCost {
    return {
      ...costSince(this.#startMs, this.#startCpu),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      stages: this.#stages,
    };
  }
}

function costSince(
  startMs: number,
  startCpu: NodeJS.CpuUsage,
): { readonly seconds: number; readonly cpuSeconds: number } {
  const { user, system } = process.cpuUsage(startCpu);
  const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  return {
    seconds: rounded((performance.now() - startMs) / 1000),
    cpuSeconds: rounded((user + system) / 1e6),
  };
}
