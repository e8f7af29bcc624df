/** Tries whether scenarios still fail: each in one run in a scratch folder, judged by one oracle. */
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { drawWorld, seededStreams } from '../../simulator/index.ts';
import type { OracleResult } from '../oracles/judge.ts';
import type { Offender } from '../oracles/offender.ts';
import { makePlan } from '../planning/plan.ts';
import type { Plan } from '../planning/plan.ts';
import { checkScenario } from '../reading/check-scenario.ts';
import { readRecordings } from '../recordings/recorded-plan.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { RunOptions } from '../run/run-scenario.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { FindFailing } from './delta-debug.ts';
import { rankPeople } from './rank-people.ts';
import { peopleOf } from './reductions.ts';
import type { Trials } from './trials.ts';
import type { Written } from './written-edits.ts';

/** So many runs are under way at once at most: engines work while the devices of the next run do. */
const TOGETHER_MAX = 4;

/** What all probes of one search have in common. */
export interface ProbeOptions {
  /** Where the scenario's file is: recordings are found from there. */
  readonly path: string;
  readonly seed: number;
  /** The pipeline under test. */
  readonly pipeline: PipelineUnderTest;
  /**
   * A pipeline that passes the scenario that the search begins with. What it fails as well is not what is wrong with the one
   * under test: a small world may ask for more than any pipeline can know.
   */
  readonly sound?: PipelineUnderTest | undefined;
  /** A folder that is there for the probes alone. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/** Why a search was over before nothing more could be left out. */
export type SearchEnd = 'runs' | 'interrupted';

/** The plan of a scenario as it is written; `undefined` when it is none, as when an edit has broken it. */
async function planWritten(
  written: Written,
  { path, seed, pipeline }: ProbeOptions,
): Promise<Plan | undefined> {
  const { scenario } = checkScenario(written);
  if (scenario === undefined) return undefined;
  const read = await readRecordings(scenario, path);
  if (read.complaints.length > 0) return undefined;
  return makePlan(read.scenario, { seed, mode: 'sim', pipeline: pipeline.expects });
}

/**
 * Runs a scenario as it is written. `file` is what its result calls it.
 *
 * @throws ScenarioError SCENARIO_INVALID when it cannot be run in sim, and what a run throws
 */
export async function runWritten(
  written: Written,
  probing: ProbeOptions,
  out: string,
  file: string = probing.path,
): Promise<ScenarioResult> {
  const plan = await planWritten(written, probing);
  if (plan === undefined) {
    throw new ScenarioError('SCENARIO_INVALID', `${probing.path} cannot be run in sim.`);
  }
  const { pipeline, signal } = probing;
  return runScenario({ plan, file, pipeline, out, signal });
}

/** True when an oracle has measured more, or less, than it may: not when it had no chance to. */
export function isBeyond({ margin, chances }: OracleResult): boolean {
  return margin < 0 && chances > 0;
}

/** What a scenario showed, once it was tried. */
interface Outcome {
  readonly kind: 'fails' | 'passes' | 'no scenario' | 'stopped';
  readonly offenders: readonly Offender[];
}

const NO_OFFENDERS: readonly Offender[] = [];

/**
 * The probes of one search. Each scenario is tried once. While one is tried, those that would come next already run; what
 * is counted, and what is found, is as if they ran one after the other.
 */
export class Probe implements Trials {
  readonly #options: ProbeOptions;
  readonly #oracle: string;
  readonly #runsMax: number;
  readonly #known = new Map<string, Outcome>();
  readonly #counted = new Set<string>();
  readonly #together = Math.min(TOGETHER_MAX, availableParallelism());
  #folders = 0;
  #end: SearchEnd | undefined;

  /** @param runsMax After so many runs the search is over. */
  constructor(options: ProbeOptions, oracle: string, runsMax: number) {
    this.#options = options;
    this.#oracle = oracle;
    this.#runsMax = runsMax;
  }

  /** How many scenarios had to be run. */
  get runs(): number {
    return this.#counted.size;
  }

  /** Why the search is over; `undefined` while it is not. */
  get end(): SearchEnd | undefined {
    return this.#end;
  }

  /** Takes over what is known of the scenario that the search begins with. */
  know(written: Written, { offenders }: OracleResult): void {
    this.#known.set(keyOf(written), { kind: 'fails', offenders });
  }

  isScenario(written: Written): boolean {
    return checkScenario(written).scenario !== undefined;
  }

  offendersOf(written: Written): readonly Offender[] {
    return this.#known.get(keyOf(written))?.offenders ?? NO_OFFENDERS;
  }

  rankPeople(written: Written, beside: readonly number[]): readonly number[] {
    const { seed, pipeline } = this.#options;
    const { scenario } = checkScenario(written);
    const people = peopleOf(written);
    if (scenario === undefined || beside.length === 0) return people;
    const { world } = makePlan(scenario, { seed, mode: 'sim', pipeline: pipeline.expects });
    const present = new Set(people);
    return rankPeople(drawWorld(world, seededStreams(seed)), beside).filter((id) =>
      present.has(id),
    );
  }

  readonly find: FindFailing<Written> = async (candidates) => {
    const surplus = new AbortController();
    const waiting: { readonly written: Written; readonly outcome: Promise<Outcome> }[] = [];
    const next = candidates[Symbol.iterator]();
    try {
      while (this.#end === undefined) {
        while (waiting.length < this.#together) {
          const { value, done } = next.next();
          if (done === true) break;
          waiting.push({ written: value, outcome: this.#outcomeOf(value, surplus.signal) });
        }
        const first = waiting.shift();
        if (first === undefined) return undefined;
        if (this.#stillFails(first.written, await first.outcome)) return first.written;
      }
      return undefined;
    } finally {
      surplus.abort();
      await Promise.all(waiting.map(({ outcome }) => outcome));
    }
  };

  /** Counts a run that was needed. */
  #stillFails(written: Written, { kind }: Outcome): boolean {
    if (kind === 'stopped') this.#end = 'interrupted';
    else if (kind !== 'no scenario' && !this.#counted.has(keyOf(written))) {
      if (this.runs >= this.#runsMax) this.#end = 'runs';
      else this.#counted.add(keyOf(written));
    }
    return kind === 'fails' && this.#end === undefined;
  }

  async #outcomeOf(written: Written, surplus: AbortSignal): Promise<Outcome> {
    const key = keyOf(written);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const outcome = await this.#try(written, surplus);
    if (outcome.kind !== 'stopped') this.#known.set(key, outcome);
    return outcome;
  }

  /** What the oracle of the search finds beyond its limit, if it does. */
  async #ask(
    run: Pick<RunOptions, 'plan' | 'pipeline' | 'out' | 'signal'>,
  ): Promise<OracleResult | undefined> {
    const { oracles } = await runScenario({ ...run, file: this.#options.path, threads: 1 });
    return oracles.find((oracle) => oracle.id === this.#oracle && isBeyond(oracle));
  }

  /** Tries a scenario. Never throws: others wait to be asked meanwhile. */
  async #try(written: Written, surplus: AbortSignal): Promise<Outcome> {
    const { pipeline, sound, scratch } = this.#options;
    const signal = AbortSignal.any([
      surplus,
      ...(this.#options.signal ? [this.#options.signal] : []),
    ]);
    const out = join(scratch, `probe-${this.#folders++}`);
    try {
      const plan = await planWritten(written, this.#options);
      if (plan === undefined) return { kind: 'no scenario', offenders: NO_OFFENDERS };
      const ask = (asked: PipelineUnderTest): Promise<OracleResult | undefined> =>
        this.#ask({ plan, pipeline: asked, out, signal });
      const found = await ask(pipeline);
      const isSame = found !== undefined && (sound === undefined || !(await ask(sound)));
      return isSame
        ? { kind: 'fails', offenders: found.offenders }
        : { kind: 'passes', offenders: NO_OFFENDERS };
    } catch {
      // A part that gives up on what is left, as on an empty landing zone, is another failure than the one in question.
      return { kind: signal.aborted ? 'stopped' : 'passes', offenders: NO_OFFENDERS };
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  }
}

function keyOf(written: Written): string {
  return JSON.stringify(written);
}
