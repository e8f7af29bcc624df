/** The JUnit report of a run: a suite for each scenario at a seed, a case for each oracle. */
import { renderJunitReport } from '../../presentation/index.ts';
import type { JunitCase, JunitSuite } from '../../presentation/index.ts';
import type { OracleResult } from '../oracles/judge.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { tellFailure } from './finding-text.ts';
import { findOmissions } from './omissions.ts';
import type { Omission } from './omissions.ts';
import type { RunTimes } from './run-times.ts';

/** Renders the report as XML. */
export function renderJunit(document: RunDocument, times: RunTimes): string {
  return renderJunitReport('stedi run', [
    ...document.scenarios.map((result) => toSuite(result, times)),
    ...findOmissions(document).map(toMissingSuite),
  ]);
}

function toSuite(result: ScenarioResult, { msOf }: RunTimes): JunitSuite {
  const { name, file, seed, mode, pipeline, repro, oracles } = result;
  return {
    name: `${name} (seed ${seed})`,
    seconds: msOf(result) / 1_000,
    properties: Object.entries({ file, seed: String(seed), mode, pipeline, repro }),
    cases: oracles.map((oracle) => toCase(oracle, result)),
  };
}

function toCase(oracle: OracleResult, result: ScenarioResult): JunitCase {
  const { id, title, verdict, sentence, unit } = oracle;
  const plain = { classname: `${result.file}.seed${result.seed}`, name: `${id}: ${title}` };
  if (verdict === 'pass') return plain;
  const text = tellFailure(oracle, result).join('\n');
  return { ...plain, failure: { message: sentence, type: unit, text } };
}

/** What was not tested must not look like a pass. */
function toMissingSuite({ kind, subject, claim, reason }: Omission): JunitSuite {
  const error = { message: reason, type: kind };
  const cases = [{ classname: subject, name: claim, error }];
  return { name: subject, seconds: 0, properties: [], cases };
}
