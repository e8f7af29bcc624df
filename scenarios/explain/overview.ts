/** What there is to explain in a run: what failed, and where readings ended, with an example of each. */
import { BINS } from '../evidence/bins.ts';
import type { Bin } from '../evidence/bins.ts';
import type { OracleResult, Verdict } from '../oracles/judge.ts';
import { BIN_STORIES } from '../report/bin-stories.ts';
import type { FoundRun } from './find-run.ts';
import { readRunLedger } from './run-ledger.ts';

/** A bin with readings in it. */
export interface BinExample {
  readonly bin: Bin;
  readonly label: string;
  readonly readings: number;
  /** The first reading in it. */
  readonly example: number;
}

/** An oracle that failed. */
export interface FailedOracle extends Pick<
  OracleResult,
  'id' | 'sentence' | 'measured' | 'unit' | 'limit' | 'margin' | 'chances'
> {
  readonly offenders: number;
  /** The first reading that it complains about. */
  readonly example?: number;
}

/** The overview of a run. */
export interface RunOverview {
  readonly run: string;
  readonly name: string;
  readonly seed: number;
  readonly pipeline: string;
  readonly verdict: Verdict;
  readonly failed: readonly FailedOracle[];
  /** The ids of the oracles that passed. */
  readonly passed: readonly string[];
  readonly bins: readonly BinExample[];
  readonly repro: string;
}

/**
 * Gives the overview of a run.
 *
 * @throws ScenarioError RUN_NOT_FOUND when its ledger cannot be read
 */
export async function explainRun(run: FoundRun): Promise<RunOverview> {
  const { result } = run;
  const { entries } = await readRunLedger(run);
  const examples = new Map<Bin, number>();
  for (const { bin, id } of entries) if (!examples.has(bin)) examples.set(bin, id);
  const { name, seed, pipeline, verdict, oracles, ledger, repro } = result;
  return {
    run: run.name,
    name,
    seed,
    pipeline,
    verdict,
    failed: oracles.filter((oracle) => oracle.verdict === 'fail').map(toFailed),
    passed: oracles.filter((oracle) => oracle.verdict === 'pass').map(({ id }) => id),
    bins: BINS.flatMap((bin) => {
      const example = examples.get(bin);
      const label = BIN_STORIES.find((story) => story.bin === bin)?.label ?? bin;
      return example === undefined ? [] : [{ bin, label, readings: ledger.bins[bin], example }];
    }),
    repro,
  };
}

function toFailed(oracle: OracleResult): FailedOracle {
  const { id, sentence, measured, unit, limit, margin, chances, offenders } = oracle;
  const example = offenders.flatMap(({ readings }) => readings)[0];
  return {
    id,
    sentence,
    measured,
    unit,
    limit,
    margin,
    chances,
    offenders: offenders.length,
    ...(example !== undefined && { example }),
  };
}
