/** The kill sheet: which scenario and which oracle notices which mutant. */
import type { Policy } from '../../pipeline/index.ts';
import type { Verdict } from '../oracles/judge.ts';
import type { FailedOracle, MutantVerdict, ScenarioVerdicts } from './judge-mutants.ts';
import type { Mutant } from './mutant.ts';

/**
 * `killed`: an oracle fails that its base passes. `survived`: its zones differ, and no oracle minds. `equivalent`: its
 * zones are those of its base in every scenario. `untried`: it was left out of every scenario.
 */
export type MutantStatus = 'killed' | 'survived' | 'equivalent' | 'untried';

/** A scenario that notices a mutant, and the oracles that do. */
export interface Kill {
  readonly scenario: string;
  readonly seed: number;
  readonly oracles: readonly FailedOracle[];
}

/** One mutant over all scenarios. */
export interface MutantRow extends Pick<Mutant, 'id' | 'title' | 'base' | 'breaks'> {
  readonly status: MutantStatus;
  /** Scenarios in which it was tried. */
  readonly tried: number;
  /** Scenarios in which its zones are not those of its base. */
  readonly differs: number;
  readonly kills: readonly Kill[];
}

/** What one scenario or one oracle contributes. */
export interface KillerRow {
  readonly name: string;
  /** Ids of the mutants that it notices. */
  readonly kills: readonly string[];
  /** Ids of those that nothing else of its kind notices. */
  readonly alone: readonly string[];
}

/** A shipped pipeline where it fails itself. */
export interface BaseRow {
  readonly pipeline: Policy;
  readonly failures: readonly Kill[];
}

/** All that was found. It passes when every mutant is killed and `strict` fails nowhere. */
export interface KillSheet {
  readonly verdict: Verdict;
  readonly bases: readonly BaseRow[];
  readonly mutants: readonly MutantRow[];
  readonly scenarios: readonly KillerRow[];
  readonly oracles: readonly KillerRow[];
}

/** Makes the kill sheet of mutants from what was found in scenarios. */
export function toKillSheet(
  mutants: readonly Mutant[],
  found: readonly ScenarioVerdicts[],
): KillSheet {
  const rows = mutants.map((mutant) => toMutantRow(mutant, found));
  const bases = toBaseRows(found);
  const isSound = bases.every(
    ({ pipeline, failures }) => pipeline !== 'strict' || failures.length === 0,
  );
  const isKilled = rows.length > 0 && rows.every(({ status }) => status === 'killed');
  const names = found.map(({ file, seed }) => killerName(found, file, seed));
  return {
    verdict: isSound && isKilled ? 'pass' : 'fail',
    bases,
    mutants: rows,
    scenarios: toKillerRows(names, rows, ({ scenario, seed }) => [
      killerName(found, scenario, seed),
    ]),
    oracles: toKillerRows(oracleNames(rows), rows, ({ oracles }) =>
      oracles.map(({ oracle }) => oracle),
    ),
  };
}

function toMutantRow(mutant: Mutant, found: readonly ScenarioVerdicts[]): MutantRow {
  const { id, title, base, breaks } = mutant;
  const kills: Kill[] = [];
  let tried = 0;
  let differs = 0;
  for (const scenario of found) {
    const verdict = scenario.mutants.find((one) => one.mutant === id);
    if (verdict === undefined) continue;
    tried++;
    if (Object.keys(verdict.differences).length === 0) continue;
    differs++;
    const oracles = killersOf(verdict, failuresOf(scenario, base));
    if (oracles.length > 0) kills.push({ scenario: scenario.file, seed: scenario.seed, oracles });
  }
  return {
    id,
    title,
    base,
    breaks,
    status: statusOf(tried, differs, kills.length),
    tried,
    differs,
    kills,
  };
}

function statusOf(tried: number, differs: number, kills: number): MutantStatus {
  if (tried === 0) return 'untried';
  if (differs === 0) return 'equivalent';
  return kills === 0 ? 'survived' : 'killed';
}

/** The oracles that fail because of the mutant: what its base fails as well says nothing about it. */
function killersOf(verdict: MutantVerdict, base: readonly FailedOracle[]): FailedOracle[] {
  const known = new Set(base.map(({ oracle }) => oracle));
  return verdict.failed.filter(({ oracle }) => !known.has(oracle));
}

function failuresOf({ bases }: ScenarioVerdicts, pipeline: Policy): readonly FailedOracle[] {
  return bases.find((base) => base.pipeline === pipeline)?.failed ?? [];
}

function toBaseRows(found: readonly ScenarioVerdicts[]): BaseRow[] {
  const pipelines = new Set(found.flatMap(({ bases }) => bases.map(({ pipeline }) => pipeline)));
  return [...pipelines].map((pipeline) => ({
    pipeline,
    failures: found
      .map((scenario) => ({
        scenario: scenario.file,
        seed: scenario.seed,
        oracles: failuresOf(scenario, pipeline),
      }))
      .filter(({ oracles }) => oracles.length > 0),
  }));
}

function toKillerRows(
  names: readonly string[],
  rows: readonly MutantRow[],
  killersIn: (kill: Kill) => readonly string[],
): KillerRow[] {
  const byMutant = rows.map(({ id, kills }) => ({
    id,
    killers: new Set(kills.flatMap(killersIn)),
  }));
  return names.map((name) => {
    const killed = byMutant.filter(({ killers }) => killers.has(name));
    return {
      name,
      kills: killed.map(({ id }) => id),
      alone: killed.filter(({ killers }) => killers.size === 1).map(({ id }) => id),
    };
  });
}

function oracleNames(rows: readonly MutantRow[]): string[] {
  const names = rows.flatMap(({ kills }) =>
    kills.flatMap(({ oracles }) => oracles.map(({ oracle }) => oracle)),
  );
  return [...new Set(names)].toSorted();
}

/** What a scenario is called: with its seed where it was run with several. */
function killerName(found: readonly ScenarioVerdicts[], file: string, seed: number): string {
  const seeds = found.filter((scenario) => scenario.file === file).length;
  return seeds > 1 ? `${file} (seed ${seed})` : file;
}
