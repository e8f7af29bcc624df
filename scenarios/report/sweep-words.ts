/** A sweep in sentences, the same on the page and on the terminal. */
import { formatCount, formatPlural, wordFor } from '../oracles/oracle.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { tellUnexercised } from './omissions.ts';

/** A table of more results than this shows of those that passed one for each scenario. */
const ROWS_MAX = 20;
/** So many failing runs are told with everything that went wrong. */
const FAILURES_MAX = 10;
/** So many seeds are named in a line. */
const SEEDS_MAX = 30;

/** What a summary shows of a sweep, and what it says that it leaves out. */
export interface Shown {
  readonly rows: readonly ScenarioResult[];
  readonly failures: readonly ScenarioResult[];
  readonly leftOut: readonly string[];
}

/** A fault that is on in half of the seeds may be off in all of a few. */
const UNEXERCISED_FIX =
  'What no seed exercised is not tested: take more seeds, raise run.swarm.each, or keep the faults as listed with --no-swarm.';

/** The results that a summary has room for: all of a few, and of many those that failed. */
export function showResults({ scenarios, sweep }: RunDocument): Shown {
  const failed = scenarios.filter(({ verdict }) => verdict === 'fail');
  if (sweep === undefined || scenarios.length <= ROWS_MAX) {
    return { rows: scenarios, failures: failed, leftOut: [] };
  }
  const failures = failed.slice(0, FAILURES_MAX);
  const seen = new Set<string>();
  const rows = scenarios.filter((result) => {
    if (result.verdict === 'fail') return failures.includes(result);
    const isFirst = !seen.has(result.file);
    seen.add(result.file);
    return isFirst;
  });
  const hidden = [
    [sweep.passed - (rows.length - failures.length), 'passed'] as const,
    [sweep.failed - failures.length, 'failed'] as const,
  ];
  return {
    rows,
    failures,
    leftOut: hidden.flatMap(([runs, verb]) =>
      runs > 0 ? [`${formatPlural(runs, 'more run')} ${verb}.`] : [],
    ),
  };
}

/** What is said of a sweep below its results: failing seeds, what no seed exercised, and what took longest. */
export function describeSweep({ sweep, timing, scenarios }: RunDocument): string[] {
  if (sweep === undefined) return [];
  // With one seed each, the table and the failures have said it.
  const hasSeeds = sweep.planned > new Set(scenarios.map(({ file }) => file)).size;
  const seedsOf = new Map<string, number[]>();
  for (const { file, seed } of hasSeeds ? sweep.failing : []) {
    seedsOf.set(file, [...(seedsOf.get(file) ?? []), seed]);
  }
  const failing = [...seedsOf].map(
    ([file, seeds]) =>
      `${wordFor(seeds.length, 'Failing seed', 'Failing seeds')} of ${file}: ${listSeeds(seeds)}.`,
  );
  const unexercised = sweep.unexercised.map(tellUnexercised);
  const slowest = (timing?.slowest ?? []).map(
    ({ file, seed, ms }) =>
      `${file}${hasSeeds ? ` seed ${seed}` : ''} (${(ms / 1000).toFixed(1)} s)`,
  );
  const unnamed = sweep.failed - sweep.failing.length;
  return [
    ...failing,
    ...(unnamed > 0 ? [`Failing runs that are not named: ${formatCount(unnamed)}.`] : []),
    ...unexercised,
    ...(unexercised.length === 0 ? [] : [UNEXERCISED_FIX]),
    ...(slowest.length === 0 ? [] : [`Slowest: ${slowest.join(', ')}.`]),
  ];
}

/** How many runs of a sweep did what, as one sentence. */
export function describeSweepVerdict({ sweep, scenarios }: RunDocument): string | undefined {
  if (sweep === undefined) return undefined;
  const { planned, done, passed, failed, stopped, unexercised } = sweep;
  const files = new Set(scenarios.map(({ file }) => file));
  // With one seed each, people think of scenarios.
  const noun = files.size === passed + failed ? 'scenario' : 'run';
  if (passed + failed === 0) return 'No run came to a verdict, so nothing was tested.';
  const untested = formatPlural(unexercised.length, 'expectation');
  const outcome = [
    tellOutcome(passed, failed, noun),
    ...(unexercised.length === 0 ? [] : [`${untested} had no chance in any seed.`]),
  ].join(' ');
  if (!stopped) return outcome;
  return `Stopped after ${formatCount(done)} of ${formatPlural(planned, 'run')}. ${outcome}`;
}

function tellOutcome(passed: number, failed: number, noun: string): string {
  if (passed + failed === 1) return `The only ${noun} ${failed === 0 ? 'passed' : 'failed'}.`;
  const total = formatPlural(passed + failed, noun);
  if (failed === 0) return `All ${total} passed.`;
  return `${formatCount(failed)} of ${total} failed, ${formatCount(passed)} passed.`;
}

function listSeeds(seeds: readonly number[]): string {
  const named = seeds.slice(0, SEEDS_MAX).join(', ');
  const more = seeds.length - SEEDS_MAX;
  return more > 0 ? `${named} and ${formatCount(more)} more` : named;
}
