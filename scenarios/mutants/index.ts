/** Mutants: pipelines that are wrong on purpose, and what notices them. */
export { MUTANTS } from './catalogue/index.ts';
export { behavesLike, withLikeness } from './behaves-like.ts';
export { stampMutant, stampScenario } from './fingerprint-stamps.ts';
export {
  FINGERPRINTS_FILE,
  loadFingerprints,
  scenarioKey,
  toFingerprints,
  writeFingerprints,
} from './fingerprints.ts';
export { killersIn } from './killers.ts';
export { judgeMutants } from './judge-mutants.ts';
export { isStrictSound } from './verdicts.ts';
export type { ScenarioVerdicts } from './verdicts.ts';
export { formatKillSheet } from './kill-sheet-text.ts';
export { toKillSheet } from './kill-sheet.ts';
export type { KillSheet } from './kill-sheet.ts';
export { mutantPipeline } from './mutant-pipeline.ts';
export type { Mutant } from './mutant.ts';
export { pipelineNamed } from './named-pipeline.ts';
export { splitBySize, tryMutants } from './try-mutants.ts';
export type { MutantScenario, TryOptions } from './try-mutants.ts';
