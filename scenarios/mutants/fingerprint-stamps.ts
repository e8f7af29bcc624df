/** What fingerprints were taken of: of a scenario or a mutant that has changed since, they say nothing any more. */
import { createHash } from 'node:crypto';
import { isAboutZones } from '../oracles/zone-oracles.ts';
import type { Plan } from '../planning/plan.ts';
import type { Mutant } from './mutant.ts';

/** A short digest each: of scenarios by their key, of mutants by their id. */
export interface FingerprintStamps {
  readonly scenarios: Readonly<Record<string, string>>;
  readonly mutants: Readonly<Record<string, string>>;
}

const DIGEST_LENGTH = 10;

/** A digest of all that decides what a mutant makes in a scenario, and what it is held to there. */
export function stampScenario(plan: Plan): string {
  const { seed, baudRate, world, faults, landing = [], recorded = [], expectations } = plan;
  const asked = expectations.filter(({ oracle }) => isAboutZones(oracle));
  return digest([seed, baudRate, world, faults, landing, recorded, asked]);
}

/** A digest of what a mutant edits. How it reads the landing zone is code, which has none. */
export function stampMutant({ base, edits, appends, explodes }: Mutant): string {
  return digest([base, edits, appends === true, explodes === true]);
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGEST_LENGTH);
}
