/** Reading landing zones: strict, whole, and each object once. */
export { loadLanding } from './load-landing.ts';
export type { LandingCounts, LandingLoad, LoadedLanding, SetAside } from './load-landing.ts';
export type { LandingProgress, LandingState, PreviousLanding, StateFile } from './landing-state.ts';
export type { MissingTable } from './missing-tables.ts';
export { QUARANTINE_FILE } from './quarantine.ts';
export type { QuarantineEntry } from './quarantine.ts';
