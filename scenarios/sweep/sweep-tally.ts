/** What a sweep keeps of its runs: as much as is told of it, and not everything of everything. */
import { NO_EXHIBITS } from '../exhibits/exhibits.ts';
import { CoverageSum } from '../exhibits/suite-coverage.ts';
import type { SuiteCoverage } from '../exhibits/suite-coverage.ts';
import { wasTested } from '../oracles/judge.ts';
import type { NotRun, ScenarioResult } from '../run/result.ts';
import type { FailingRun, SweepSummary, SweepTiming, Unexercised } from '../run/sweep-summary.ts';

/** Of the first so many runs, results are kept even if they passed; of later ones the numbers remain. */
const PASSED_MAX = 200;
/** Results that failed are kept up to this number. */
const FAILED_MAX = 200;
/** Runs of a sweep that failed, or could not be done, are all counted; so many of either are named. */
const NAMED_MAX = 1_000;
const SLOWEST = 5;

/** A run by its place in the order of jobs. */
interface Placed<Value> {
  readonly index: number;
  readonly value: Value;
}

/** What is known of a run beside its result. */
export interface RunNotes {
  /** Wall time. */
  readonly ms: number;
  /** Whether it is the first of its scenario in the order of jobs. */
  readonly isFirst: boolean;
}

/**
 * How often an oracle could have failed, or something happened, in all runs of a scenario. One seed of a swarm may draw away
 * what its scenario insists on; all seeds of a sweep together may not, however few they are.
 */
interface Exercise {
  readonly file: string;
  readonly oracle: string;
  chances: number;
}

/** Takes the outcomes of a sweep in whatever order they come, and gives them in the order of jobs. */
export class SweepTally {
  readonly #planned: number;
  readonly #passed: Placed<ScenarioResult>[] = [];
  readonly #failed: Placed<ScenarioResult>[] = [];
  readonly #failing: Placed<FailingRun>[] = [];
  readonly #notRun: Placed<NotRun>[] = [];
  readonly #coverage = new CoverageSum();
  readonly #exercises = new Map<string, Exercise>();
  readonly #slowest: { file: string; seed: number; ms: number }[] = [];
  #done = 0;
  #passedCount = 0;
  #notRunCount = 0;

  constructor(planned: number) {
    this.#planned = planned;
  }

  /** A run ended with a verdict. */
  add(index: number, result: ScenarioResult, { ms, isFirst }: RunNotes): void {
    this.#done++;
    this.#coverage.add(result.exhibits.coverage);
    this.#noteExercise(result);
    this.#noteTime(result, ms);
    if (result.verdict !== 'pass') this.#addFailed(index, result);
    else {
      this.#passedCount++;
      // One run of each scenario that passed shows what a good one looks like.
      const value = isFirst ? result : thin(result);
      if (index < PASSED_MAX || isFirst) this.#passed.push({ index, value });
    }
  }

  /** A run could not be done. */
  addNotRun(index: number, notRun: NotRun): void {
    this.#done++;
    this.#notRunCount++;
    keepEarliest(this.#notRun, { index, value: notRun }, NAMED_MAX);
  }

  /** The results that are kept. */
  get results(): ScenarioResult[] {
    return inOrder([...this.#passed, ...this.#failed]);
  }

  get notRun(): NotRun[] {
    return inOrder(this.#notRun);
  }

  /** The coverage of all runs, those that are not kept among them. */
  get coverage(): SuiteCoverage {
    return this.#coverage.total;
  }

  /** How many runs failed, or could not be done. */
  get failures(): number {
    return this.#done - this.#passedCount;
  }

  summary(isStopped: boolean): SweepSummary {
    const failed = this.#done - this.#passedCount - this.#notRunCount;
    return {
      planned: this.#planned,
      done: this.#done,
      passed: this.#passedCount,
      failed,
      stopped: isStopped,
      failing: inOrder(this.#failing),
      unexercised: this.#unexercised(),
    };
  }

  timing(seconds: number, workers: number): SweepTiming {
    return { seconds: Math.round(seconds * 1000) / 1000, workers, slowest: this.#slowest };
  }

  #addFailed(index: number, result: ScenarioResult): void {
    const { file, seed, oracles, repro } = result;
    const failed = oracles.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    const failing = { file, seed, oracles: failed, repro };
    keepEarliest(this.#failing, { index, value: failing }, NAMED_MAX);
    keepEarliest(this.#failed, { index, value: result }, FAILED_MAX);
  }

  #noteExercise(result: ScenarioResult): void {
    if (result.swarm !== true) return;
    const { file, oracles } = result;
    for (const oracle of oracles) {
      const { id, chances, measured } = oracle;
      const key = `${scenarioOf(result)}\n${id}`;
      const exercise = this.#exercises.get(key) ?? { file, oracle: id, chances: 0 };
      if (id.startsWith('sometimes.')) exercise.chances += measured;
      else if (wasTested(oracle)) exercise.chances += chances;
      this.#exercises.set(key, exercise);
    }
  }

  #unexercised(): Unexercised[] {
    // What was stopped, or could not be done, may have come to it later.
    if (this.#done < this.#planned || this.#notRunCount > 0) return [];
    return [...this.#exercises.values()]
      .filter(({ chances }) => chances === 0)
      .map(({ file, oracle }) => ({ file, oracle }));
  }

  #noteTime({ file, seed }: ScenarioResult, ms: number): void {
    this.#slowest.push({ file, seed, ms: Math.round(ms) });
    this.#slowest.sort((left, right) => right.ms - left.ms);
    this.#slowest.splice(SLOWEST);
  }
}

/** Adds to a list that keeps the earliest jobs alone, whichever worker was quicker. */
function keepEarliest<Value>(list: Placed<Value>[], entry: Placed<Value>, max: number): void {
  const place = list.findIndex(({ index }) => index > entry.index);
  list.splice(place < 0 ? list.length : place, 0, entry);
  list.splice(max);
}

function inOrder<Value>(placed: readonly Placed<Value>[]): Value[] {
  return placed.toSorted((left, right) => left.index - right.index).map(({ value }) => value);
}

function scenarioOf({ file, pipeline, mode }: ScenarioResult): string {
  return `${file}\n${pipeline}\n${mode}`;
}

/** A result without what reports draw of it. */
function thin(result: ScenarioResult): ScenarioResult {
  return { ...result, exhibits: { ...NO_EXHIBITS, coverage: result.exhibits.coverage } };
}
