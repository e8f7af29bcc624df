/** What can be wrong with a scenario or a run of it. Codes are stable; they decide the exit code. */
export type ScenarioErrorCode =
  | 'SCENARIO_NOT_FOUND'
  | 'SCENARIO_INVALID'
  | 'NOT_DETERMINISTIC'
  | 'OUTPUT_UNWRITABLE'
  | 'OUTPUT_NOT_OURS'
  | 'BROKER_SILENT'
  | 'STORAGE_UNREACHABLE';

/** A failure of the harness, with a message that names the place and the fix. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code: ScenarioErrorCode;

  constructor(code: ScenarioErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
