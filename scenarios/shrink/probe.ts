/** Tries whether a scenario still fails: one run in a scratch folder, judged by one oracle. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkScenario } from '../check-scenario.ts';
import type { OracleResult } from '../oracles/judge.ts';
import { makePlan } from '../plan.ts';
import type { Plan } from '../plan.ts';
import { readRecordings } from '../recorded-plan.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Written } from './written-edits.ts';

/** What all probes of one search have in common. */
export interface ProbeOptions {
  /** Where the scenario's file is: recordings are found from there. */
  readonly path: string;
  readonly seed: number;
  /** The pipeline under test. */
  readonly pipeline: PipelineUnderTest;
  /** A folder that is there for the probes alone. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/** The plan of a scenario as it is written; `undefined` when it is none, as when an edit has broken it. */
export async function planWritten(
  written: Written,
  { path, seed, pipeline }: ProbeOptions,
): Promise<Plan | undefined> {
  const { scenario } = checkScenario(written);
  if (scenario === undefined) return undefined;
  const read = await readRecordings(scenario, path);
  if (read.complaints.length > 0) return undefined;
  return makePlan(read.scenario, { seed, mode: 'sim', pipeline: pipeline.expects });
}

/** True when an oracle has measured more, or less, than it may: not when it had no chance to. */
export function isBeyond({ margin, chances }: OracleResult): boolean {
  return margin < 0 && chances > 0;
}

/** The probes of one search. Each scenario is tried once. */
export class Probe {
  readonly #options: ProbeOptions;
  readonly #oracle: string;
  readonly #known = new Map<string, boolean>();
  /** How many scenarios were run. */
  runs = 0;

  constructor(options: ProbeOptions, oracle: string) {
    this.#options = options;
    this.#oracle = oracle;
  }

  /** Whether the oracle still complains about what is left. */
  readonly fails = async (written: Written): Promise<boolean> => {
    this.#options.signal?.throwIfAborted();
    const key = JSON.stringify(written);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fails = await this.#try(written);
    this.#known.set(key, fails);
    return fails;
  };

  async #try(written: Written): Promise<boolean> {
    const { pipeline, scratch, signal, path } = this.#options;
    const plan = await planWritten(written, this.#options);
    if (plan === undefined) return false;
    this.runs++;
    const out = join(scratch, 'probe');
    try {
      const result = await runScenario({ plan, file: path, pipeline, out, signal });
      return isFailed(result, this.#oracle);
    } catch {
      // A part that gives up on what is left, as on an empty landing zone, is another failure than the one in question.
      signal?.throwIfAborted();
      return false;
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  }
}

function isFailed({ oracles }: ScenarioResult, id: string): boolean {
  const oracle = oracles.find((result) => result.id === id);
  return oracle !== undefined && isBeyond(oracle);
}
