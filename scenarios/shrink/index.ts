/** Shrinking: from a failing scenario to the smallest one that fails in the same way. */
export { loadWritten } from './load-written.ts';
export type { WrittenScenario } from './load-written.ts';
export { shrinkScenario } from './shrink-scenario.ts';
export type { ShrinkOptions, ShrinkPhase, Shrunk } from './shrink-scenario.ts';
export { tellSize } from './story.ts';
