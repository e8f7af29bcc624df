import { describe, expect, test } from 'vitest';
import { BridgeError } from '../../bridge/index.ts';
import { EXIT, explainFailure, UsageError } from '../../cli/exit-codes.ts';
import type { ExitCode } from '../../cli/exit-codes.ts';
import { Interrupted } from '../../cli/interrupt.ts';
import { BenchError } from '../../device-bench/index.ts';
import { PipelineError } from '../../pipeline/index.ts';
import type { PipelineErrorCode } from '../../pipeline/index.ts';
import { ScenarioError } from '../../scenarios/index.ts';
import { SimulatorError } from '../../simulator/index.ts';

test('the exit codes are those of the contract with shells', () => {
  expect(EXIT).toEqual({
    PASS: 0,
    EXPECTATION_FAILED: 1,
    USAGE: 2,
    ENVIRONMENT: 3,
    NOT_DETERMINISTIC: 4,
    CRASH: 5,
    INTERRUPTED: 130,
  });
});

/** All of them but ABORTED, which is an interruption: the compiler says when one is missing. */
const PIPELINE_EXITS: Readonly<Record<Exclude<PipelineErrorCode, 'ABORTED'>, ExitCode>> = {
  LANDING_NOT_FOUND: EXIT.USAGE,
  LANDING_UNREADABLE: EXIT.ENVIRONMENT,
  LANDING_CHANGED: EXIT.ENVIRONMENT,
  STORAGE_UNREACHABLE: EXIT.ENVIRONMENT,
  STORAGE_REFUSED: EXIT.ENVIRONMENT,
  OUTPUT_UNWRITABLE: EXIT.ENVIRONMENT,
  OUTPUT_NOT_OURS: EXIT.USAGE,
  OUTPUT_BUSY: EXIT.ENVIRONMENT,
  ZONE_NOT_FOUND: EXIT.ENVIRONMENT,
  ENGINE_FAILED: EXIT.ENVIRONMENT,
  OUT_OF_MEMORY: EXIT.ENVIRONMENT,
  DISK_FULL: EXIT.ENVIRONMENT,
  AUDIT_FAILED: EXIT.EXPECTATION_FAILED,
};
const PIPELINE_CODES = Object.entries(PIPELINE_EXITS) as [PipelineErrorCode, ExitCode][];

describe('a failure that is known is told in its own words', () => {
  const say = 'What, where and how to mend it.';

  test.each([
    [new UsageError(say), EXIT.USAGE],
    [new ScenarioError('SCENARIO_NOT_FOUND', say), EXIT.USAGE],
    [new ScenarioError('SCENARIO_INVALID', say), EXIT.USAGE],
    [new ScenarioError('OUTPUT_UNWRITABLE', say), EXIT.ENVIRONMENT],
    [new ScenarioError('STORAGE_UNREACHABLE', say), EXIT.ENVIRONMENT],
    [new ScenarioError('BROKER_SILENT', say), EXIT.ENVIRONMENT],
    [new ScenarioError('NOT_DETERMINISTIC', say), EXIT.NOT_DETERMINISTIC],
    [new BridgeError('SERIAL_PORT_NOT_FOUND', say), EXIT.USAGE],
    [new BridgeError('SERIAL_PORT_BUSY', say), EXIT.ENVIRONMENT],
    [new BridgeError('BROKER_UNREACHABLE', say), EXIT.ENVIRONMENT],
    [new BridgeError('STORAGE_REFUSED', say), EXIT.ENVIRONMENT],
    [new BridgeError('SPOOL_LOCKED', say), EXIT.ENVIRONMENT],
    [new BridgeError('SPOOL_NEWER', say), EXIT.ENVIRONMENT],
    [new BridgeError('SPOOL_FAILED', say), EXIT.ENVIRONMENT],
    [new BridgeError('SPOOL_OTHER', say), EXIT.USAGE],
    [new BridgeError('LISTEN_FAILED', say), EXIT.ENVIRONMENT],
    [new BridgeError('LISTEN_INSECURE', say), EXIT.USAGE],
    [new BridgeError('USERS_FILE', say), EXIT.USAGE],
    [new BridgeError('TLS_FILE', say), EXIT.USAGE],
    [new BenchError('PORT_NOT_FOUND', say), EXIT.ENVIRONMENT],
    [new BenchError('DEVICE_NOT_FOUND', say), EXIT.ENVIRONMENT],
    [new BenchError('DEVICE_AMBIGUOUS', say), EXIT.USAGE],
    [new BenchError('FIRMWARE_INVALID', say), EXIT.USAGE],
    [new SimulatorError('PTY_UNAVAILABLE', say), EXIT.ENVIRONMENT],
    [new SimulatorError('LANDING_ZONE_UNWRITABLE', say), EXIT.ENVIRONMENT],
    [new SimulatorError('LANDING_ZONE_EXISTS', say), EXIT.USAGE],
  ])('%s', (error, exit) => {
    expect(explainFailure(error)).toEqual({ exit, text: say });
  });

  test.each(PIPELINE_CODES)('PipelineError %s', (code, exit) => {
    expect(explainFailure(new PipelineError(code, say))).toEqual({ exit, text: say });
  });
});

test('an interruption is one, whoever wraps it', () => {
  const wrapped = new PipelineError('ABORTED', 'The pipeline was stopped; it published nothing.');
  expect([new Interrupted(), wrapped].map((error) => explainFailure(error).exit)).toEqual([
    130, 130,
  ]);
});

describe('anything else is a defect, told with its trace', () => {
  test.each([
    ['an error', new TypeError('x is undefined'), /TypeError: x is undefined\n\s+at /],
    ['what is no error', 'a word', /a word$/],
    [
      'an error with a code that is not ours',
      Object.assign(new Error('gone'), { code: 'SCENARIO_INVALID' }),
      /gone/,
    ],
  ])('%s', (_, thrown, text) => {
    const explained = explainFailure(thrown);
    expect(explained.exit).toBe(EXIT.CRASH);
    expect(explained.text).toMatch(/^This is a defect of stedi, please report it:\n/);
    expect(explained.text).toMatch(text);
  });
});
