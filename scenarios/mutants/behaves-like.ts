/** Which mutant a pipeline under test behaves like. */
import type { OracleResult } from '../oracles/judge.ts';
import { isAboutZones } from '../oracles/zone-oracles.ts';
import type { Defect, Likeness, RunDocument, ScenarioResult } from '../run/result.ts';
import { MUTANTS } from './catalogue/index.ts';
import { loadFingerprints, roundMeasured, scenarioKey } from './fingerprints.ts';
import type { Failures, Fingerprints } from './fingerprints.ts';

/** The parts of a result by which a pipeline is known. */
export type Behaviour = Pick<ScenarioResult, 'file' | 'seed' | 'pipeline'> & {
  readonly oracles: readonly Pick<OracleResult, 'id' | 'verdict' | 'measured'>[];
};

/** What it is worth when an oracle fails for both, but with another value. */
const OTHER_VALUE = 0.5;
const LIKENESS_MIN = 0.3;
const MUTANTS_MAX = 3;
const CLASSIC_TITLE = 'What the published projects do';

/**
 * The mutants that a pipeline behaves like, the likest first; none where nothing is wrong with it, where it fails as no
 * mutant does, or where none of its scenarios is known by a fingerprint. Passing results are compared, too.
 */
export function behavesLike(
  results: readonly Behaviour[],
  prints: Fingerprints = loadFingerprints(),
): Likeness[] {
  const known = new Set(Object.values(prints).flatMap((scenarios) => Object.keys(scenarios)));
  const seen = new Map(
    results
      .map((result) => [scenarioKey(result.file, result.seed), failuresOf(result)] as const)
      .filter(([key]) => known.has(key)),
  );
  if ([...seen.values()].every((failures) => Object.keys(failures).length === 0)) return [];
  const isClassic = results.some(({ pipeline }) => pipeline === 'classic');
  const asClassic = compare(seen, prints['classic'] ?? {});
  return Object.entries(prints)
    .map(([pipeline, scenarios]) => ({
      mutant: pipeline,
      base: MUTANTS.find(({ id }) => id === pipeline)?.base,
      title: MUTANTS.find(({ id }) => id === pipeline)?.title ?? CLASSIC_TITLE,
      likeness: compare(seen, scenarios),
    }))
    .filter(({ mutant, base, likeness }) => {
      if (mutant === 'classic') return !isClassic && likeness >= LIKENESS_MIN;
      // Whatever is wrong on top of classic fails what classic fails: it must explain more than classic alone.
      return likeness >= LIKENESS_MIN && (base !== 'classic' || likeness > asClassic);
    })
    .map(({ mutant, title, likeness }) => ({ mutant, title, likeness }))
    .toSorted((a, b) => b.likeness - a.likeness || a.mutant.localeCompare(b.mutant))
    .slice(0, MUTANTS_MAX);
}

function failuresOf({ oracles }: Behaviour): Failures {
  return Object.fromEntries(
    oracles
      .filter(({ id, verdict }) => verdict === 'fail' && isAboutZones(id))
      .map(({ id, measured }) => [id, roundMeasured(measured)]),
  );
}

/** Of all failures that either has, the share that both have. */
function compare(
  seen: ReadonlyMap<string, Failures>,
  scenarios: Readonly<Record<string, Failures>>,
): number {
  let alike = 0;
  let all = 0;
  for (const [key, ours] of seen) {
    const theirs = scenarios[key] ?? {};
    for (const oracle of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      all++;
      const [our, their] = [ours[oracle], theirs[oracle]];
      if (our === undefined || their === undefined) continue;
      alike += our === their ? 1 : OTHER_VALUE;
    }
  }
  return all === 0 ? 0 : Math.round((alike / all) * 1000) / 1000;
}

/**
 * The document with the mutants that its pipeline behaves like, as a whole and in each of its defects; as it is when the
 * pipeline is `strict`, or like none.
 */
export function withLikeness(document: RunDocument, known?: Fingerprints): RunDocument {
  const results = document.scenarios.filter(({ pipeline }) => pipeline !== 'strict');
  if (!results.some(({ verdict }) => verdict === 'fail')) return document;
  const prints = known ?? loadFingerprints();
  const likest = behavesLike(results, prints);
  if (likest.length === 0) return document;
  const measuredBy = new Map(
    results.map((result) => [scenarioKey(result.file, result.seed), failuresOf(result)]),
  );
  const isSame = (mutant: string, { id, scenario, seed }: Defect): boolean => {
    const key = scenarioKey(scenario, seed);
    const theirs = prints[mutant]?.[key]?.[id];
    return theirs !== undefined && theirs === measuredBy.get(key)?.[id];
  };
  const defects = document.defects.map((defect) => ({
    ...defect,
    behavesLike: likest.map(({ mutant }) => mutant).filter((mutant) => isSame(mutant, defect)),
  }));
  return { ...document, defects, behavesLike: likest };
}
