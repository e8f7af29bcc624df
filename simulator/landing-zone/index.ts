/** A landing zone of any size with its truth. */
export { drawLandingHousehold } from './core/landing-household.ts';
export type {
  AccelerometerRow,
  LandingHousehold,
  StepTrainerRow,
  TrueCustomer,
  TrueSession,
} from './core/landing-rows.ts';
export { DEFAULT_LANDING, householdCount, LANDING_PROFILES } from './core/landing-spec.ts';
export type { LandingProfile, LandingSpec } from './core/landing-spec.ts';
export { LANDING_FORMATS } from './core/landing-keys.ts';
export type { LandingFormat } from './core/landing-keys.ts';
export { writeLandingZone } from './write-landing-zone.ts';
export type {
  LandingZoneOptions,
  LandingZoneProgress,
  LandingZoneSummary,
} from './write-landing-zone.ts';
