/** How the process ends: the contract with shells and CI systems. */
import { Interrupted } from './interrupt.ts';

/** Exit codes of `stedi`. */
export const EXIT = {
  PASS: 0,
  EXPECTATION_FAILED: 1,
  USAGE: 2,
  ENVIRONMENT: 3,
  NOT_DETERMINISTIC: 4,
  CRASH: 5,
  INTERRUPTED: 130,
} as const;
/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A wrong command line that yargs itself does not notice. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Failures that the user mends on the command line or in a file; all other known ones are about the machine. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'SCENARIO_NOT_FOUND',
  'SCENARIO_INVALID',
  'SCENARIO_AMBIGUOUS',
  'NOTHING_TO_SHRINK',
  'RUN_NOT_FOUND',
  'RUN_STALE',
  'READING_NOT_FOUND',
  'ORACLE_NOT_FOUND',
  'LANDING_NOT_FOUND',
  'LANDING_INVALID',
  'OUTPUT_NOT_OURS',
  'SERIAL_PORT_NOT_FOUND',
  'SPOOL_OTHER',
  'LISTEN_INSECURE',
  'USERS_FILE',
  'TLS_FILE',
  'DEVICE_AMBIGUOUS',
  'RECORDING_NOT_FOUND',
  'RECORDING_INVALID',
  'RECORDING_UNWRITABLE',
  'FIRMWARE_INVALID',
  'FIRMWARE_UNREADABLE',
  'LANDING_ZONE_OTHER',
  'LANDING_ZONE_EXISTS',
]);

/** The exit code and the message for whatever a command threw. */
export function explainFailure(error: unknown): { readonly exit: ExitCode; readonly text: string } {
  if (error instanceof UsageError) return { exit: EXIT.USAGE, text: error.message };
  if (error instanceof Interrupted || isAborted(error)) {
    return { exit: EXIT.INTERRUPTED, text: 'Stopped; nothing half-written stays.' };
  }
  if (isKnown(error)) {
    return { exit: exitOf(error.code), text: error.message };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exit: EXIT.CRASH, text: `This is a defect of stedi, please report it:\n${text}` };
}

/** The exit code of a known failure. Zones that the audit refuses are a check that failed. */
function exitOf(code: string): ExitCode {
  if (code === 'NOT_DETERMINISTIC') return EXIT.NOT_DETERMINISTIC;
  if (code === 'AUDIT_FAILED') return EXIT.EXPECTATION_FAILED;
  return USAGE_CODES.has(code) ? EXIT.USAGE : EXIT.ENVIRONMENT;
}

/** A failure that a room knows how to tell: its own class of errors, with a code. */
interface KnownFailure extends Error {
  readonly code: string;
}

/**
 * The classes of errors of the rooms, known by their names: to import them would load every room for every command
 * ({@link ./command-table.ts}).
 */
const KNOWN: ReadonlySet<string> = new Set([
  'BenchError',
  'BridgeError',
  'DemoError',
  'JudgeError',
  'PipelineError',
  'ScenarioError',
  'SimulatorError',
]);

/** The pipeline wraps the reason for which it was stopped. */
function isAborted(error: unknown): boolean {
  return isKnown(error) && error.name === 'PipelineError' && error.code === 'ABORTED';
}

function isKnown(error: unknown): error is KnownFailure {
  return (
    error instanceof Error &&
    KNOWN.has(error.name) &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
