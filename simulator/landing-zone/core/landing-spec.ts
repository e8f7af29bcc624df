/** What a landing zone of any size is made from. Everything else about it follows from this and the seed. */
import type { ClockSpec } from '../../core/world-spec.ts';

/** How people move: one reading per step as in the published data, or dense signals of somebody who walks. */
export const LANDING_PROFILES = ['step-test', 'continuous'] as const;
/** One of {@link LANDING_PROFILES}. */
export type LandingProfile = (typeof LANDING_PROFILES)[number];

/** People, devices and what goes wrong between them. All shares are probabilities, 0–1. */
export interface LandingSpec {
  readonly customers: number;
  readonly profile: LandingProfile;
  /** Around when the first household begins, in epoch ms. */
  readonly startMs: number;
  /** How many people exercise at the same time, on average; the timeline grows with the number of customers. */
  readonly concurrency: number;
  /** How many people share one trainer. */
  readonly householdSize: number;
  readonly sessionsPerPerson: number;
  /** Which serial numbers fulfilment wrote to the customers: everybody their own, or those of so many trainers in turn. */
  readonly serials: 'own' | number;
  readonly researchShare: number;
  /** Every phone draws its own skew and drift between minus and plus these; drift counts from its household's first session. */
  readonly phoneClock: ClockSpec;
  /** Share of moments that do not land, in either stream; all samples of a phone at one moment are lost together. */
  readonly loss: number;
  /** Share of moments that land twice, in either stream. */
  readonly duplicates: number;
  /** Share of people whose phone sends nothing. */
  readonly silentPhones: number;
  /** How often a trainer measures with the profile `continuous`, in Hz. */
  readonly trainerRateHz: number;
}

/** One session each on own trainers with everything in order, from the time of the published data on. */
export const DEFAULT_LANDING: LandingSpec = {
  customers: 1_000,
  profile: 'step-test',
  startMs: 1_655_564_400_000,
  concurrency: 300,
  householdSize: 1,
  sessionsPerPerson: 1,
  serials: 30,
  researchShare: 0.5,
  phoneClock: { skewMs: 0, driftPpm: 0 },
  loss: 0,
  duplicates: 0,
  silentPhones: 0,
  trainerRateHz: 20,
};

/** How many households there are; the last one may be smaller than the others. */
export function householdCount({
  customers,
  householdSize,
}: Pick<LandingSpec, 'customers' | 'householdSize'>): number {
  return Math.ceil(customers / householdSize);
}
