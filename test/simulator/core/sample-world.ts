/** Worlds for tests: small, and the same for everybody who asks for the same. */
import { drawWorld } from '../../../simulator/core/world.ts';
import type { World } from '../../../simulator/core/world.ts';
import type { WorldSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

/** 2022-06-18T15:00:00Z. */
export const WORLD_START_MS = 1_655_564_400_000;

/** Ten people with a trainer each, clocks that are right, and 10 minutes. */
export function sampleSpec(change: Partial<WorldSpec> = {}): WorldSpec {
  return {
    startMs: WORLD_START_MS,
    durationMs: 600_000,
    customers: 10,
    householdSize: 1,
    sessionsPerPerson: 1,
    registration: 'before',
    serials: { kind: 'own' },
    consent: { researchShare: 0.5, withdrawDuringRun: 0, consentDuringRun: 0 },
    phoneClock: { skewMs: 0, driftPpm: 0 },
    trainerClock: { driftPpm: 0 },
    ...change,
  };
}

/** The world of {@link sampleSpec} at a seed. */
export function sampleWorld(change: Partial<WorldSpec> = {}, seed = 1): World {
  return drawWorld(sampleSpec(change), seededStreams(seed));
}
