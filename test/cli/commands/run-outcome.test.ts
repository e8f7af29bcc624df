import { expect, test } from 'vitest';
import { exitOfRun } from '../../../cli/commands/run-outcome.ts';
import { EXIT } from '../../../cli/exit-codes.ts';
import { sumCoverage } from '../../../scenarios/exhibits/suite-coverage.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { NotRun, RunDocument, ScenarioResult } from '../../../scenarios/run/result.ts';
import type { SweepSummary } from '../../../scenarios/run/sweep-summary.ts';
import { strictPublished } from '../../scenarios/report/sample-run.ts';

const PASSED = strictPublished();
const FAILED = strictPublished({ verdict: 'fail' });
const GONE: NotRun = {
  file: 'walk.yaml',
  seed: 1,
  reason: 'No terminals.',
  code: 'PTY_UNAVAILABLE',
};
const CRASHED: NotRun = { ...GONE, code: 'CRASHED' };
const UNEXERCISED = { unexercised: [{ file: 'walk.yaml', oracle: 'landing.lost' }] };

function sweepOf(
  results: readonly ScenarioResult[],
  told: Partial<SweepSummary>,
  notRun: readonly NotRun[] = [],
): RunDocument {
  const ends = { planned: 9, done: 1, passed: 1, failed: 0, failing: [], unexercised: [] };
  const summary = { ...ends, stopped: false, ...told };
  const timing = { seconds: 1, workers: 2, slowest: [] };
  return toRunDocument(results, notRun, { summary, timing, coverage: sumCoverage([]) });
}

test.each([
  ['a run that passes', toRunDocument([PASSED]), EXIT.PASS],
  ['a run that fails', toRunDocument([FAILED]), EXIT.EXPECTATION_FAILED],
  ['a run of nothing', toRunDocument([]), EXIT.EXPECTATION_FAILED],
  ['a run that could not be done', toRunDocument([PASSED], [GONE]), EXIT.ENVIRONMENT],
  ['one that crashed beside it', toRunDocument([PASSED], [GONE, CRASHED]), EXIT.CRASH],
  ['one that failed beside it', toRunDocument([FAILED], [CRASHED]), EXIT.EXPECTATION_FAILED],
  ['a sweep that passes', sweepOf([PASSED], {}), EXIT.PASS],
  ['a sweep that was stopped', sweepOf([PASSED], { stopped: true }), EXIT.INTERRUPTED],
  ['one stopped before any run', sweepOf([], { stopped: true }), EXIT.INTERRUPTED],
  ['one stopped at a failure', sweepOf([FAILED], { stopped: true }), EXIT.EXPECTATION_FAILED],
  ['one stopped with a run left out', sweepOf([], { stopped: true }, [GONE]), EXIT.ENVIRONMENT],
  ['a sweep that has not tested all', sweepOf([PASSED], UNEXERCISED), EXIT.EXPECTATION_FAILED],
])('the exit code of %s', (_what, document, exit) => {
  expect(exitOfRun(document)).toBe(exit);
});
