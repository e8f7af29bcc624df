/** Scenarios: what is run, how it is run, and how it is judged. */
export { findNamedFiles, LARGE_TAG, loadCatalogue, loadNamed } from './listing/catalogue.ts';
export type { NamedScenario } from './listing/catalogue.ts';
export { scenarioJsonSchema, SCHEMA_FILE } from './json-schema.ts';
export type { JsonSchema } from './json-schema.ts';
export { explainOracle } from './explain/explain-oracle.ts';
export { explainReading } from './explain/explain-reading.ts';
export { findRun } from './explain/find-run.ts';
export type { FoundRun } from './explain/find-run.ts';
export { formatLife } from './explain/format-life.ts';
export { formatOracle, formatOverview } from './explain/format-overview.ts';
export { explainRun } from './explain/overview.ts';
export { loadScenario, loadScenarios } from './reading/load-scenario.ts';
export { distinguish } from './listing/distinctions.ts';
export type { Distinction } from './listing/distinctions.ts';
export { lintFiles } from './listing/lint.ts';
export type { LintedFile } from './listing/lint.ts';
export {
  behavesLike,
  FINGERPRINTS_FILE,
  formatKillSheet,
  isStrictSound,
  killersIn,
  loadFingerprints,
  MUTANTS,
  pipelineNamed,
  scenarioKey,
  splitBySize,
  stampMutant,
  stampScenario,
  toFingerprints,
  toKillSheet,
  tryMutants,
  withLikeness,
  writeFingerprints,
} from './mutants/index.ts';
export type { KillSheet, Mutant, MutantScenario } from './mutants/index.ts';
export type { OracleResult, Verdict } from './oracles/judge.ts';
export { makePlan } from './planning/plan.ts';
export type { Mode, Plan, PlanChoices } from './planning/plan.ts';
export { formatProblem } from './reading/problem.ts';
export type { ScenarioProblem } from './reading/problem.ts';
export { formatRecordedScenario, writeRecordedScenario } from './recordings/recorded-scenario.ts';
export { renderCtrf } from './report/ctrf.ts';
export { formatCoverage } from './report/format-coverage.ts';
export { renderJunit } from './report/junit.ts';
export { renderReport } from './report/report.ts';
export type { RunTimes } from './report/run-times.ts';
export { tellStopped } from './report/omissions.ts';
export { formatSummary } from './report/summary.ts';
export { formatSavedScenario, startLiveRun, startNow } from './live/index.ts';
export type {
  DoneDeed,
  FlowCounts,
  LiveDeed,
  LiveOptions,
  LiveParts,
  LivePhase,
  LiveRun,
  LiveSignal,
  LiveStation,
  PhoneState,
  PlannedNow,
  SavedRun,
  TrainerCondition,
  TrainerState,
} from './live/index.ts';
export type { Likeness, NotRun, RunDocument, ScenarioResult } from './run/result.ts';
export { toRunDocument } from './run/result.ts';
export { resultOf } from './run/result-of.ts';
export type { ResultFrame } from './run/result-of.ts';
export { runScenario } from './run/run-scenario.ts';
export type { RunOptions, Stage } from './run/run-scenario.ts';
export { ScenarioError } from './scenario-error.ts';
export type { ScenarioErrorCode } from './scenario-error.ts';
export { parseSeedRange } from './schema/index.ts';
export type { Scenario } from './schema/index.ts';
export { synopsisOf } from './listing/synopsis.ts';
export type { Synopsis } from './listing/synopsis.ts';
export { parseScenario } from './reading/yaml-scenario.ts';
export { matchLanding } from './evidence/landed.ts';
export { collectToldTexts } from './evidence/told-texts.ts';
export { describeFailure, moduleBeside, runSweep, workerExecArgv } from './sweep/index.ts';
export type { RunJob, SweepEvent, SweepOptions } from './sweep/index.ts';
export { loadWritten, RUNS_MAX, shrinkScenario, tellEnd, tellSize } from './shrink/index.ts';
export type {
  ShrinkOptions,
  ShrinkPhase,
  ShrinkProgress,
  Shrunk,
  WrittenScenario,
} from './shrink/index.ts';
export type { PipelineUnderTest } from './run/pipeline-under-test.ts';
export { isTakenFor } from './evidence/bins.ts';
export { DistanceIndex } from './evidence/distance-index.ts';
export { Evidence } from './evidence/evidence.ts';
export type { Zones } from './evidence/evidence.ts';
export { accelerationKey, distanceKey } from './evidence/landed.ts';
export type { Landed, LandedReading } from './evidence/landed.ts';
export { maskRow } from './evidence/masked-row.ts';
export { judgePair } from './evidence/ml-pairs.ts';
export { readUnpacked } from './evidence/ndjson-files.ts';
export { namePeople, tellTime } from './evidence/person-names.ts';
export { tellConsent, tellReading, tellRow } from './evidence/truth-words.ts';
export { rowOfReading } from './oracles/offender.ts';
