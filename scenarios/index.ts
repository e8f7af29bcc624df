/** Scenarios: what is run, how it is run, and how it is judged. */
export { loadCatalogue, loadNamed } from './catalogue.ts';
export type { NamedScenario } from './catalogue.ts';
export { loadScenario, parseScenario } from './load-scenario.ts';
export type { OracleResult, Verdict } from './oracles/judge.ts';
export { makePlan } from './plan.ts';
export type { Mode, Plan, PlanChoices } from './plan.ts';
export { renderReport } from './report/report.ts';
export { formatSummary } from './report/summary.ts';
export { checkDeterminism } from './run/determinism.ts';
export type { LiveParts } from './run/live.ts';
export type { NotRun, RunDocument, ScenarioResult } from './run/result.ts';
export { toRunDocument } from './run/result.ts';
export { runScenario } from './run/run-scenario.ts';
export type { RunOptions, Stage } from './run/run-scenario.ts';
export { ScenarioError } from './scenario-error.ts';
export type { ScenarioErrorCode } from './scenario-error.ts';
export type { Scenario } from './schema.ts';
export { parseSeedRange } from './units.ts';
