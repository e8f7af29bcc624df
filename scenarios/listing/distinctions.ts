/** What only one of several scenarios has: one of which there is nothing could be left out. */
import { ORACLE_IDS } from '../oracles/ids.ts';
import type { NamedScenario } from './catalogue.ts';
import { traitsOf } from './traits.ts';

/** What nothing else among the scenarios has, by kind. */
export interface Distinction {
  readonly file: string;
  /** Ids of the mutants that only it kills. */
  readonly kills: readonly string[];
  /** See {@link traitsOf}. */
  readonly traits: readonly string[];
  /** Oracles that only it asks, and occurrences that only it insists on. */
  readonly asks: readonly string[];
  /** Traits under oracles, both of which others have, but never together; empty where anything else is told. */
  readonly pairs: readonly { readonly trait: string; readonly oracles: readonly string[] }[];
}

/**
 * Compares scenarios with each other. `killers` has the files of the scenarios that kill each mutant. A pair of a trait and
 * an oracle counts only where there is nothing else: it is the weakest thing to have alone.
 */
export function distinguish(
  scenarios: readonly NamedScenario[],
  killers: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Distinction[] {
  const all = scenarios.map(({ file, scenario }) => {
    const traits = traitsOf(scenario);
    const oracles = ORACLE_IDS.filter((id) => scenario.expect[id] !== undefined);
    const happens = (scenario.expect.sometimes ?? []).map((what) => `sometimes: ${what}`);
    const pairs = traits.flatMap((trait) => oracles.map((oracle) => pairOf(trait, oracle)));
    return { file, traits, oracles, asks: [...oracles, ...happens], pairs };
  });
  const isAlone = onlyOnce(
    all.flatMap(({ traits, asks, pairs }) => [...traits, ...asks, ...pairs]),
  );
  return all.map(({ file, traits, asks, oracles }) => {
    const kills = [...killers]
      .filter(([, files]) => files.size === 1 && files.has(file))
      .map(([mutant]) => mutant);
    const own = { file, kills, traits: traits.filter(isAlone), asks: asks.filter(isAlone) };
    const hasMore = own.kills.length + own.traits.length + own.asks.length > 0;
    const pairs = traits
      .map((trait) => ({ trait, oracles: oracles.filter((id) => isAlone(pairOf(trait, id))) }))
      .filter((pair) => pair.oracles.length > 0);
    return { ...own, pairs: hasMore ? [] : pairs };
  });
}

/** Whether there is nothing that only this scenario has. */
export function isRedundant({ kills, traits, asks, pairs }: Distinction): boolean {
  return kills.length + traits.length + asks.length + pairs.length === 0;
}

function pairOf(trait: string, oracle: string): string {
  return `${trait} under ${oracle}`;
}

function onlyOnce(words: readonly string[]): (word: string) => boolean {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => counts.get(word) === 1;
}
