import type { RunDocument } from '../../scenarios/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';

/** The exit code of a run. A failed expectation weighs more than a run that could not be done, and that more than a sweep that was stopped. */
export function exitOfRun({ verdict, scenarios, sweep, notRun = [] }: RunDocument): ExitCode {
  if (verdict === 'pass') return EXIT.PASS;
  if (scenarios.some((scenario) => scenario.verdict === 'fail')) return EXIT.EXPECTATION_FAILED;
  if (notRun.some(({ code }) => code === 'CRASHED')) return EXIT.CRASH;
  if (notRun.length > 0) return EXIT.ENVIRONMENT;
  return sweep?.stopped === true ? EXIT.INTERRUPTED : EXIT.EXPECTATION_FAILED;
}
