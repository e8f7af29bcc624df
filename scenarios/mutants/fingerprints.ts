/** What each mutant fails in each scenario of the catalogue: by that, pipelines are known again. */
import { readFileSync } from 'node:fs';
import type { FingerprintStamps } from './fingerprint-stamps.ts';
import type { FailedOracle, ScenarioVerdicts } from './verdicts.ts';

/** What fails in one scenario: measured values by oracle; empty where nothing does. */
export type Failures = Readonly<Record<string, number>>;

/**
 * By pipeline, a mutant's id or `classic`, and by scenario, see {@link scenarioKey}: what fails. A scenario in which a
 * pipeline was not tried is left out.
 */
export type Fingerprints = Readonly<Record<string, Readonly<Record<string, Failures>>>>;

/** Fingerprints as they are stored: names are told once, and each cell is a scenario and pairs of oracle and value. */
interface StoredFingerprints {
  readonly stamps: FingerprintStamps;
  readonly scenarios: readonly string[];
  readonly oracles: readonly string[];
  readonly pipelines: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** Where the fingerprints of the catalogue are stored. */
export const FINGERPRINTS_FILE: URL = new URL('./fingerprints.json', import.meta.url);

const DIGITS = 6;

/** What a scenario with its seed is called in fingerprints. */
export function scenarioKey(file: string, seed: number): string {
  return `${file}#${seed}`;
}

/** A measured value as fingerprints keep it. */
export function roundMeasured(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** The fingerprints of all mutants that were tried, and of `classic`. */
export function toFingerprints(found: readonly ScenarioVerdicts[]): Fingerprints {
  const prints: Record<string, Record<string, Failures>> = {};
  const note = (pipeline: string, key: string, failed: readonly FailedOracle[]): void => {
    const cells = (prints[pipeline] ??= {});
    cells[key] = Object.fromEntries(
      failed.map(({ oracle, measured }) => [oracle, roundMeasured(measured)]),
    );
  };
  for (const { file, seed, bases, mutants } of found) {
    const key = scenarioKey(file, seed);
    for (const { pipeline, failed } of bases) {
      if (pipeline !== 'strict') note(pipeline, key, failed);
    }
    for (const { mutant, failed } of mutants) note(mutant, key, failed);
  }
  return prints;
}

/** Fingerprints as text, with what they were taken of. */
export function writeFingerprints(prints: Fingerprints, stamps: FingerprintStamps): string {
  const cells = Object.values(prints).flatMap((scenarios) => Object.entries(scenarios));
  const scenarios = [...new Set(cells.map(([key]) => key))].toSorted();
  const oracles = [...new Set(cells.flatMap(([, failures]) => Object.keys(failures)))].toSorted();
  const pipelines = Object.entries(prints).map(([pipeline, byScenario]) => {
    const rows = Object.entries(byScenario).map(([key, failures]) => [
      scenarios.indexOf(key),
      ...Object.entries(failures).flatMap(([oracle, value]) => [oracles.indexOf(oracle), value]),
    ]);
    return `    ${JSON.stringify(pipeline)}: ${JSON.stringify(rows)}`;
  });
  return `{
  "stamps": ${JSON.stringify(stamps)},
  "scenarios": ${JSON.stringify(scenarios)},
  "oracles": ${JSON.stringify(oracles)},
  "pipelines": {
${pipelines.join(',\n')}
  }
}
`;
}

/** Reads what {@link writeFingerprints} wrote. */
export function parseFingerprints(text: string): Fingerprints {
  const { scenarios, oracles, pipelines } = parseStored(text);
  return Object.fromEntries(
    Object.entries(pipelines).map(([pipeline, rows]) => [
      pipeline,
      Object.fromEntries(
        rows.map(([scenario = -1, ...pairs]) => [scenarios[scenario], toFailures(pairs, oracles)]),
      ),
    ]),
  ) as Fingerprints;
}

/** The fingerprints of the catalogue. */
export function loadFingerprints(): Fingerprints {
  return parseFingerprints(readFileSync(FINGERPRINTS_FILE, 'utf8'));
}

/** What the fingerprints of the catalogue were taken of. */
export function loadFingerprintStamps(): FingerprintStamps {
  return parseStored(readFileSync(FINGERPRINTS_FILE, 'utf8')).stamps;
}

function parseStored(text: string): StoredFingerprints {
  return JSON.parse(text) as StoredFingerprints;
}

function toFailures(pairs: readonly number[], oracles: readonly string[]): Failures {
  const failures: Record<string, number> = {};
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    failures[oracles[pairs[index] as number] as string] = pairs[index + 1] as number;
  }
  return failures;
}
