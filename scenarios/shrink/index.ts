/** Shrinking: from a failing scenario to the smallest one that fails in the same way. */
export { loadWritten } from './load-written.ts';
export type { WrittenScenario } from './load-written.ts';
export { RUNS_MAX, shrinkScenario } from './shrink-scenario.ts';
export type { ShrinkOptions, ShrinkPhase, ShrinkProgress, Shrunk } from './shrink-scenario.ts';
export { tellEnd, tellSize } from './story.ts';
