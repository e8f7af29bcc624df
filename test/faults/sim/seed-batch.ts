/** Many seeds in a row: which of them failed, how to replay them, and how often each fault happened. */
import { describePlan } from './fault-plan.ts';
import { runSeed } from './run-seed.ts';
import type { SeedOutcome } from './run-seed.ts';
import type { PlantedBug } from './sim-bridge.ts';

/** With this set to a number, every test of seeds runs that seed alone and tells its story. */
export const SEED_VARIABLE = 'STEDI_FAULT_SEED';

const VIOLATIONS_TOLD = 5;
const FAILURES_TOLD = 3;

/** What a batch came to. */
export interface BatchOutcome {
  readonly seeds: number;
  /** One text for each seed that failed, for the first few of them. */
  readonly failures: readonly string[];
  /** In how many seeds each fault happened. */
  readonly coverage: ReadonlyMap<string, number>;
  /** How often each fault happened in all seeds. */
  readonly times: ReadonlyMap<string, number>;
}

/** Runs `count` seeds from `from` on, or the one that the environment asks for. */
export async function runBatch(from: number, count: number): Promise<BatchOutcome> {
  const wanted = process.env[SEED_VARIABLE];
  const first = wanted === undefined ? from : Number(wanted);
  const seeds = wanted === undefined ? count : 1;
  const failures: string[] = [];
  const coverage = new Map<string, number>();
  const total = new Map<string, number>();
  await withoutStacks(async () => {
    for (let seed = first; seed < first + seeds; seed++) {
      const outcome = await runSeed(seed);
      for (const [fault, times] of outcome.met) {
        coverage.set(fault, (coverage.get(fault) ?? 0) + (times > 0 ? 1 : 0));
        total.set(fault, (total.get(fault) ?? 0) + times);
      }
      if (outcome.violations.length === 0) continue;
      failures.push(describeFailure(outcome, wanted !== undefined));
      if (failures.length === FAILURES_TOLD) break;
    }
  });
  return { seeds, failures, coverage, times: total };
}

/** The first seed that shows a planted bug; `undefined` when none of the first `count` does. */
export function findBug(bug: PlantedBug, count: number): Promise<SeedOutcome | undefined> {
  return withoutStacks(async () => {
    for (let seed = 1; seed <= count; seed++) {
      const outcome = await runSeed(seed, { bug });
      const isSeen = outcome.violations.length > 0;
      // Only what is sound without the bug shows the bug.
      if (isSeen && (await runSeed(seed)).violations.length === 0) return outcome;
    }
    return undefined;
  });
}

/** A line for each fault: in how many seeds it happened, and how often in all of them. */
export function coverageTable({ seeds, coverage, times }: BatchOutcome): string {
  const row = (fault: string, inSeeds: string, inAll: string): string =>
    `${fault.padEnd(24)}${inSeeds.padStart(8)}${inAll.padStart(10)}`;
  const rows = [...coverage].map(([fault, count]) =>
    row(fault, String(count), String(times.get(fault) ?? 0)),
  );
  return [row('fault', 'seeds', 'times'), ...rows, `${seeds} seeds`].join('\n');
}

/** Faults that happened in fewer than `perThousand` of a thousand seeds; of a single seed nothing is asked. */
export function rareFaults(
  { coverage, seeds }: BatchOutcome,
  perThousand: number,
): readonly string[] {
  if (seeds === 1) return [];
  const least = (seeds * perThousand) / 1000;
  return [...coverage]
    .filter(([, times]) => times < least)
    .map(([fault, times]) => `${fault}: ${times} of ${seeds}`);
}

function describeFailure({ plan, violations, trace }: SeedOutcome, isStory: boolean): string {
  const told = violations.slice(0, VIOLATIONS_TOLD).map((text) => `  ${text}`);
  const more = violations.length - told.length;
  return [
    describePlan(plan),
    ...told,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(isStory ? trace : []),
    `replay: ${SEED_VARIABLE}=${plan.seed} npx vitest run test/faults/sim/seeds-1.test.ts`,
  ].join('\n');
}

/** Thousands of simulated errors need no stack, and writing it down takes longer than everything else about them. */
async function withoutStacks<Result>(action: () => Promise<Result>): Promise<Result> {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return await action();
  } finally {
    Error.stackTraceLimit = before;
  }
}
