/** The kill sheet: which scenario and which oracle notices which mutant. */
import type { Policy } from '../../pipeline/index.ts';
import type { Verdict } from '../oracles/judge.ts';
import type { Mutant } from './mutant.ts';
import { isStrictSound } from './verdicts.ts';
import type { FailedOracle, MutantVerdict, ScenarioVerdicts } from './verdicts.ts';

/** Which scenarios mutants were tried in: all that there are, or some that somebody chose. */
export type Scope = 'catalogue' | 'chosen';

/**
 * `killed`: an oracle fails that its base passes. `survived`: what it makes differs, and no oracle minds. `equivalent`: it
 * makes what its base makes in every scenario of the catalogue. `not exercised`: it does so in those that were chosen.
 * `untried`: it was left out of every scenario. `broken`: it could not be run.
 */
export type MutantStatus =
  'killed' | 'survived' | 'equivalent' | 'not exercised' | 'untried' | 'broken';

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
  /** The kills once more, as one list. */
  readonly killedBy: readonly { readonly scenario: string; readonly oracle: string }[];
  /** Why it could not be run, and where. */
  readonly broken: readonly BrokenRow[];
}

/** Something that could not be run in a scenario. */
export interface BrokenRow {
  readonly scenario: string;
  readonly seed: number;
  readonly why: string;
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

/**
 * All that was found. It passes when every mutant is killed, everything could be run, and `strict` fails nowhere. In chosen
 * scenarios, mutants that they do not exercise are nobody's fault; but one has to be killed, and none may survive.
 */
export interface KillSheet {
  readonly verdict: Verdict;
  readonly scope: Scope;
  readonly bases: readonly BaseRow[];
  readonly mutants: readonly MutantRow[];
  /** Ids of the mutants that differ and that no oracle minds. */
  readonly survivors: readonly string[];
  /** Scenarios that could not be run. */
  readonly broken: readonly BrokenRow[];
  readonly scenarios: readonly KillerRow[];
  readonly oracles: readonly KillerRow[];
}

/** Makes the kill sheet of mutants from what was found in scenarios. */
export function toKillSheet(
  mutants: readonly Mutant[],
  all: readonly ScenarioVerdicts[],
  scope: Scope,
): KillSheet {
  const found = all.filter(({ broken }) => broken === undefined);
  const rows = mutants.map((mutant) => toMutantRow(mutant, found, scope));
  const bases = toBaseRows(found);
  const broken = all.flatMap(({ file, seed, broken: why }) =>
    why === undefined ? [] : [{ scenario: file, seed, why }],
  );
  const isSound = broken.length === 0 && found.every(isStrictSound);
  const names = found.map(({ file, seed }) => killerName(found, file, seed));
  return {
    verdict: isSound && areKilled(rows, scope) ? 'pass' : 'fail',
    scope,
    bases,
    mutants: rows,
    survivors: rows.filter(({ status }) => status === 'survived').map(({ id }) => id),
    broken,
    scenarios: toKillerRows(names, rows, ({ scenario, seed }) => [
      killerName(found, scenario, seed),
    ]),
    oracles: toKillerRows(oracleNames(rows), rows, ({ oracles }) =>
      oracles.map(({ oracle }) => oracle),
    ),
  };
}

/** Chosen scenarios need not exercise every mutant, but a sheet without any kill has tested nothing. */
function areKilled(rows: readonly MutantRow[], scope: Scope): boolean {
  const isExcused = ({ status }: MutantRow): boolean =>
    scope === 'chosen' && (status === 'not exercised' || status === 'untried');
  return (
    rows.some(({ status }) => status === 'killed') &&
    rows.every((row) => row.status === 'killed' || isExcused(row))
  );
}

function toMutantRow(mutant: Mutant, found: readonly ScenarioVerdicts[], scope: Scope): MutantRow {
  const { id, title, base, breaks } = mutant;
  const kills: Kill[] = [];
  const broken: BrokenRow[] = [];
  let tried = 0;
  let differs = 0;
  for (const scenario of found) {
    const verdict = scenario.mutants.find((one) => one.mutant === id);
    if (verdict === undefined) continue;
    tried++;
    const where = { scenario: scenario.file, seed: scenario.seed };
    if (verdict.broken !== undefined) broken.push({ ...where, why: verdict.broken });
    if (verdict.differs.length === 0) continue;
    differs++;
    const oracles = killersOf(verdict, failuresOf(scenario, base));
    if (oracles.length > 0) kills.push({ ...where, oracles });
  }
  const killedBy = kills.flatMap(({ scenario, oracles }) =>
    oracles.map(({ oracle }) => ({ scenario, oracle })),
  );
  const counts = { tried, differs, kills: kills.length, broken: broken.length };
  const status = statusOf(counts, scope);
  return { id, title, base, breaks, status, tried, differs, kills, killedBy, broken };
}

function statusOf(
  counts: { tried: number; differs: number; kills: number; broken: number },
  scope: Scope,
): MutantStatus {
  if (counts.tried === 0) return 'untried';
  if (counts.broken > 0) return 'broken';
  if (counts.kills > 0) return 'killed';
  if (counts.differs > 0) return 'survived';
  return scope === 'catalogue' ? 'equivalent' : 'not exercised';
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
