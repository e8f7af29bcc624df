/** Holds a run against its plan: every expectation, and every occurrence that the plan insists on. */
import type { Evidence } from '../evidence/evidence.ts';
import type { Limit, Plan } from '../planning/plan.ts';
import { ORACLES } from './all-oracles.ts';
import type { OracleUnit } from './ids.ts';
import { OFFENDERS_MAX } from './offender.ts';
import type { Offender } from './offender.ts';
import { formatCount, formatPlural } from './oracle.ts';
import type { Measurement, Oracle } from './oracle.ts';

/** Whether something is as it must be. */
export type Verdict = 'pass' | 'fail';

/** What an oracle said about a run. */
export interface OracleResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly measured: number;
  readonly unit: string;
  readonly limit: Limit;
  /** How far the measured value is within its limit, in the same unit; negative when it is beyond. */
  readonly margin: number;
  readonly chances: number;
  /** One sentence with the numbers in it. */
  readonly sentence: string;
  /** The first {@link OFFENDERS_MAX} of what it complains about. */
  readonly offenders: readonly Offender[];
}

/**
 * Asks every oracle that the plan names. In a swarm, a run may have left out the very fault that would have given an oracle
 * its chances: whether there were any is then asked of all seeds together.
 */
export function judgeRun(plan: Plan, evidence: Evidence): OracleResult[] {
  const byId = new Map(ORACLES.map((oracle) => [oracle.id, oracle]));
  const isSwarm = plan.swarm !== undefined;
  const expected = plan.expectations.map(({ oracle: id, limit }) => {
    const oracle = byId.get(id) as Oracle;
    return toResult({ ...oracle, limit, measurement: oracle.measure(evidence), isSwarm });
  });
  const happened = plan.sometimes.map((occurrence) => {
    const times = evidence.occurrences(occurrence);
    return toResult({
      id: `sometimes.${occurrence}`,
      title: `It happens: ${occurrence}`,
      unit: 'times',
      limit: { min: isSwarm ? 0 : 1 },
      isSwarm,
      // That it did not happen is a finding of its own, not a lack of chances.
      measurement: {
        measured: times,
        chances: 1,
        offenders: [],
        sentence: `${occurrence} happened ${formatPlural(times, 'time')}.`,
      },
    });
  });
  return [...expected, ...happened];
}

function toResult(options: {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly limit: Limit;
  readonly measurement: Measurement;
  readonly isSwarm: boolean;
}): OracleResult {
  const { id, title, unit, limit, measurement, isSwarm } = options;
  const { measured, chances } = measurement;
  const margin = 'min' in limit ? measured - limit.min : limit.max - measured;
  const untested = tellUntested(unit, limit, chances);
  const sentence =
    untested === undefined
      ? measurement.sentence
      : `Nothing was tested: ${untested}. ${measurement.sentence}`;
  const verdict: Verdict = margin >= 0 && (untested === undefined || isSwarm) ? 'pass' : 'fail';
  const offenders = measurement.offenders.slice(0, OFFENDERS_MAX);
  return { id, title, verdict, measured, unit, limit, margin, chances, sentence, offenders };
}

/** Units in which no more can be measured than there are chances. */
const COUNTED: ReadonlySet<string> = new Set<OracleUnit>(['readings', 'lines', 'texts']);

/** Why nothing could have failed; `undefined` when something could. */
function tellUntested(unit: string, limit: Limit, chances: number): string | undefined {
  if (wasTested({ unit, limit, chances })) return undefined;
  return chances === 0
    ? 'the run gave this oracle no chance to fail'
    : `${formatCount(chances)} ${unit} could have failed, and the limit allows as many`;
}

/** Whether a run could have broken the limit of an oracle. */
export function wasTested({
  unit,
  limit,
  chances,
}: Pick<OracleResult, 'unit' | 'limit' | 'chances'>): boolean {
  if (chances === 0) return false;
  return !('max' in limit) || !COUNTED.has(unit) || limit.max < chances;
}
