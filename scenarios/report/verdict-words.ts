/** Verdicts as sentences, the same on the page and on the terminal. */
import type { OracleResult } from '../oracles/judge.ts';
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { countKind } from './bin-stories.ts';
import { formatShare } from './quantities.ts';
import { describeSweepVerdict } from './sweep-words.ts';

/** The oracles that failed. */
export function failedOracles({ oracles }: ScenarioResult): readonly OracleResult[] {
  return oracles.filter(({ verdict }) => verdict === 'fail');
}

/** The verdict on a whole run in one sentence. A run of nothing is said to have tested nothing. */
export function describeVerdict(document: RunDocument): string {
  const { scenarios, notRun = [] } = document;
  const verdict = describeSweepVerdict(document) ?? describeResults(scenarios);
  if (notRun.length === 0) return verdict;
  const files = [...new Set(notRun.map(({ file }) => file))].join(', ');
  const { sweep } = document;
  // A sweep of very many runs names the first ones alone.
  const count = sweep === undefined ? notRun.length : sweep.done - sweep.passed - sweep.failed;
  return `${verdict} ${formatPlural(count, 'run')} could not be done here: ${files}.`;
}

function describeResults(scenarios: readonly ScenarioResult[]): string {
  const total = scenarios.length;
  const failed = scenarios.filter(({ verdict }) => verdict === 'fail').length;
  if (total === 0) return 'No scenario was run, so nothing was tested.';
  if (failed === 0)
    return total === 1 ? 'The scenario passed.' : `All ${formatCount(total)} scenarios passed.`;
  if (failed === total)
    return total === 1 ? 'The scenario failed.' : `All ${formatCount(total)} scenarios failed.`;
  return `${formatCount(failed)} of ${formatCount(total)} scenarios failed, ${formatCount(total - failed)} passed.`;
}

/** What became of the readings of some scenarios, in one sentence. */
export function describeReadings(scenarios: readonly ScenarioResult[]): string {
  const sum = (count: (scenario: ScenarioResult) => number): number =>
    scenarios.reduce((total, scenario) => total + count(scenario), 0);
  const emitted = sum(({ ledger }) => ledger.emitted);
  if (emitted === 0) return 'No reading was made.';
  const right = sum(({ ledger }) => countKind(ledger, 'right'));
  const missing = sum(({ ledger }) => countKind(ledger, 'missing'));
  const wrong = sum(({ ledger }) => countKind(ledger, 'wrong'));
  const made = `Of ${formatPlural(emitted, 'reading')} made`;
  if (right === emitted) return `${made}, all ended as they should.`;
  const part = (count: number): string => `${formatCount(count)} (${formatShare(count, emitted)})`;
  const unlanded = missing === 0 ? 'all reached landing' : `${part(missing)} did not land`;
  const ended = wrong === 0 ? 'none ended wrong' : `${part(wrong)} ended wrong`;
  return `${made}, ${part(right)} ended as they should, ${unlanded}, and ${ended}.`;
}

/** How a scenario was run, in a few words. */
export function describeOrigin({ pipeline, mode, seed, file }: ScenarioResult): string {
  return `${pipeline} pipeline · ${mode} · seed ${seed} · ${file}`;
}
