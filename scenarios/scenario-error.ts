import type { ScenarioProblem } from './reading/problem.ts';

/** What can be wrong with a scenario or a run of it. Codes are stable; they decide the exit code. */
export type ScenarioErrorCode =
  | 'SCENARIO_NOT_FOUND'
  | 'SCENARIO_INVALID'
  | 'SCENARIO_AMBIGUOUS'
  | 'NOTHING_TO_SHRINK'
  | 'RUN_NOT_FOUND'
  | 'RUN_STALE'
  | 'READING_NOT_FOUND'
  | 'ORACLE_NOT_FOUND'
  | 'MUTANT_STALE'
  | 'MUTANTS_FAILED'
  | 'NOT_DETERMINISTIC'
  | 'OUTPUT_UNWRITABLE'
  | 'DISK_FULL'
  | 'OUTPUT_NOT_OURS'
  | 'BROKER_SILENT'
  | 'STORAGE_UNREACHABLE'
  /** What somebody wants to do to a live run cannot be done as things are. */
  | 'DEED_REFUSED'
  | 'RUN_CLOSED';

/** Why an error came about, and where files are wrong. */
export interface ScenarioErrorOptions extends ErrorOptions {
  readonly problems?: readonly ScenarioProblem[] | undefined;
}

/** A failure of the harness, with a message that names the place and the fix. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code: ScenarioErrorCode;
  /** Of SCENARIO_INVALID: what the message tells, one by one. */
  readonly problems: readonly ScenarioProblem[];

  constructor(code: ScenarioErrorCode, message: string, options: ScenarioErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
  }
}
