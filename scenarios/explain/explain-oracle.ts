import { nearestWord } from '../../presentation/index.ts';
import { ORACLES } from '../oracles/all-oracles.ts';
import type { Verdict } from '../oracles/judge.ts';
import { OFFENDERS_MAX } from '../oracles/offender.ts';
import type { Offender } from '../oracles/offender.ts';
import type { Limit } from '../planning/plan.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { FoundRun } from './find-run.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { readRunLedger } from './run-ledger.ts';

/** What an oracle says of a run, with the rows that it complains about. */
export interface OracleExplanation {
  readonly run: string;
  readonly oracle: string;
  readonly title: string;
  readonly measured: number;
  readonly unit: string;
  readonly chances: number;
  readonly sentence: string;
  /** Left out, with limit and margin, when the scenario did not ask this oracle. */
  readonly verdict?: Verdict;
  readonly limit?: Limit;
  readonly margin?: number;
  /**
   * Rows, readings, lines or texts that it complains about, also those that are not among `offenders`. Left out where an
   * oracle measures something else.
   */
  readonly offendersTotal?: number;
  /** The first 20 that differ. */
  readonly offenders: readonly Offender[];
}

const SECOND_RUN = 'zones.idempotence';

/**
 * Tells what an oracle holds against a run. One that the scenario did not ask is asked now.
 *
 * @throws ScenarioError ORACLE_NOT_FOUND for a name that no oracle has; RUN_STALE; PipelineError when zones cannot be read
 */
export async function explainOracle(
  run: FoundRun,
  id: string,
  signal?: AbortSignal,
): Promise<OracleExplanation> {
  const asked = run.result.oracles.find((result) => result.id === id);
  if (asked !== undefined) {
    const { title, measured, unit, chances, sentence, verdict, limit, margin, offenders } = asked;
    const said = { title, measured, unit, chances, sentence, verdict, limit, margin };
    return { run: run.name, oracle: id, ...said, ...totalOf(id, asked), offenders };
  }
  const oracle = ORACLES.find((candidate) => candidate.id === id);
  if (oracle === undefined) throw unknownOracle(id);
  if (id === SECOND_RUN) {
    const message = `${run.name} was not asked for ${id}, which needs a second run of the pipeline. Add "${id}: 0" to the scenario and run it again.`;
    throw new ScenarioError('RUN_STALE', message);
  }
  const ledger = await readRunLedger(run);
  const { evidence } = await gatherEvidence(run, { ledger, signal });
  const { measured, chances, sentence, offenders } = oracle.measure(evidence);
  return {
    run: run.name,
    oracle: id,
    title: oracle.title,
    measured,
    unit: oracle.unit,
    chances,
    sentence,
    ...totalOf(id, { measured, unit: oracle.unit, offenders }),
    offenders: offenders.slice(0, OFFENDERS_MAX),
  };
}

/** Units of oracles that count what they complain about. */
const COUNTED: ReadonlySet<string> = new Set(['rows', 'readings', 'lines', 'texts']);

/** How much an oracle complains about, where that is what it measures. The difference of two counts is not. */
function totalOf(
  id: string,
  { measured, unit, offenders }: Pick<OracleExplanation, 'measured' | 'unit' | 'offenders'>,
): Pick<OracleExplanation, 'offendersTotal'> {
  const isCount = COUNTED.has(unit) && !id.startsWith('counts.') && !id.startsWith('sometimes.');
  return isCount && measured >= offenders.length ? { offendersTotal: measured } : {};
}

function unknownOracle(id: string): ScenarioError {
  const ids = ORACLES.map((oracle) => oracle.id);
  const nearest = nearestWord(id, ids);
  const hint =
    nearest === undefined ? `There are ${ids.join(', ')}.` : `Did you mean "${nearest}"?`;
  return new ScenarioError('ORACLE_NOT_FOUND', `There is no oracle "${id}". ${hint}`);
}
