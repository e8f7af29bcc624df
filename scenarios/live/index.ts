/** Live runs: a world on real ports, a real broker, a real storage, with the bridge of production between them. */
export type { DoneDeed, LiveDeed } from './deeds.ts';
export { downloadObjects } from './download.ts';
export type { LiveStation, PhoneState, TrainerCondition, TrainerState } from './fleet-states.ts';
export type { FlowCounts } from './flow-counts.ts';
export type { LivePhase } from './live-course.ts';
export type { LiveParts } from './live-plant.ts';
export type { LiveRun } from './live-run.ts';
export type { LiveSignal } from './live-signals.ts';
export { runLive } from './run-live.ts';
export { formatSavedScenario } from './saved-scenario.ts';
export type { SavedRun } from './saved-scenario.ts';
export { startLiveRun } from './start-live-run.ts';
export type { LiveOptions } from './start-live-run.ts';
export { startNow } from './start-now.ts';
export type { PlannedNow } from './start-now.ts';
