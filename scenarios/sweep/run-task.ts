/** What a worker does with one run of a sweep. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { pipelineNamed } from '../mutants/named-pipeline.ts';
import type { Plan } from '../planning/plan.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Perform } from './job.ts';

/** Characters of a trace that are written at once. */
const TRACE_CHUNK = 1 << 20;

/** One run: a plan, what its scenario is called, and the folder that it leaves. */
export interface RunJob {
  readonly plan: Plan;
  readonly file: string;
  readonly out: string;
  /** Name of the pipeline under test; without it, the one that the plan names. */
  readonly pipeline?: string | undefined;
  /** A file for everything that comes to the bridge, a line for each event; without it, nobody looks. */
  readonly trace?: string;
}

/** Runs a plan and judges it. */
export const perform: Perform<RunJob, ScenarioResult> = async (
  { trace, pipeline, ...job },
  surroundings,
) => {
  // The engine of one of several processes takes its share of the cores by itself: one.
  const underTest = pipeline === undefined ? undefined : pipelineNamed(pipeline);
  const options = { ...job, ...surroundings, pipeline: underTest, threads: 1 };
  if (trace === undefined) return runScenario(options);
  const file = new TraceFile(trace);
  try {
    return await runScenario({ ...options, onTrace: (line) => file.add(line) });
  } finally {
    file.close();
  }
};

/** Lines of a trace, written as they come: a long run has more of them than memory should hold. */
class TraceFile {
  readonly #file: number;
  #waiting = '';

  constructor(path: string) {
    makeFolders(dirname(path));
    this.#file = openSync(path, 'w');
  }

  add(line: string): void {
    this.#waiting += `${line}\n`;
    if (this.#waiting.length >= TRACE_CHUNK) this.#write();
  }

  close(): void {
    this.#write();
    closeSync(this.#file);
  }

  #write(): void {
    writeSync(this.#file, this.#waiting);
    this.#waiting = '';
  }
}
