/** The report of a run in the Common Test Report Format: a test for each scenario at a seed, a step for each oracle. */
import { formatCount } from '../oracles/oracle.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { tellFailure } from './finding-text.ts';
import { findOmissions } from './omissions.ts';
import type { Omission } from './omissions.ts';
import { formatLimit, formatMargin, formatMeasured } from './quantities.ts';
import type { RunTimes } from './run-times.ts';
import { failedOracles } from './verdict-words.ts';

/** Version of the format that the document follows. */
const SPEC_VERSION = '0.0.0';
/** How the format calls verdicts. */
const STATUS = { pass: 'passed', fail: 'failed' } as const;

/** Renders the report as JSON. */
export function renderCtrf(run: RunDocument, times: RunTimes): string {
  const { scenarios } = run;
  const omissions = findOmissions(run);
  const failed = scenarios.filter(({ verdict }) => verdict === 'fail').length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    results: {
      tool: { name: 'stedi' },
      summary: {
        tests: scenarios.length + omissions.length,
        passed: scenarios.length - failed,
        failed: failed + omissions.length,
        skipped: 0,
        pending: 0,
        other: 0,
        start: Math.round(times.startMs),
        stop: Math.round(times.stopMs),
      },
      tests: [...scenarios.map((result) => toTest(result, times)), ...omissions.map(toMissingTest)],
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toTest(result: ScenarioResult, { msOf }: RunTimes): object {
  const { name, file, seed, mode, pipeline, verdict, oracles, ledger, repro } = result;
  const failures = failedOracles(result);
  return {
    testId: `${file}:${seed}:${mode}:${pipeline}`,
    name: `${name} (seed ${seed})`,
    status: STATUS[verdict],
    duration: Math.round(msOf(result)),
    suite: [file],
    ...(failures.length > 0 && {
      message: failures.map(({ sentence }) => sentence).join('\n'),
      trace: failures.flatMap((oracle) => tellFailure(oracle, result)).join('\n'),
    }),
    parameters: { seed, mode, pipeline },
    steps: oracles.map((oracle) => ({
      name: `${oracle.id}: ${oracle.title}`,
      status: STATUS[oracle.verdict],
      extra: {
        measured: formatMeasured(oracle),
        limit: formatLimit(oracle.limit, oracle.unit),
        margin: formatMargin(oracle),
        chances: formatCount(oracle.chances),
      },
    })),
    extra: { repro, emitted: ledger.emitted, bins: ledger.bins },
  };
}

/** What was not tested must not look like a pass: few who read the format ask why a test was skipped. */
function toMissingTest({ kind, subject, claim, reason }: Omission): object {
  return {
    testId: `${subject}: ${claim}`,
    name: `${subject}: ${claim}`,
    status: 'failed',
    duration: 0,
    suite: [subject],
    message: reason,
    extra: { kind },
  };
}
