/** The judge of the demo: makes the zones of what has landed, and holds them against the truth. */
export type { Judge, JudgeFailure, JudgeOptions, JudgeReport, RowsAsked } from './judge.ts';
export type { Judged, LandedFacts } from './judged.ts';
export { tellEffect } from './effects.ts';
export type { DoneDeed } from './effects.ts';
export { JudgeError } from './judge-error.ts';
export type { JudgeErrorCode } from './judge-error.ts';
export { startJudge } from './start-judge.ts';
