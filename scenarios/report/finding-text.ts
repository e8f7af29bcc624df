import type { OracleResult } from '../oracles/judge.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import { formatLimit, formatMargin, formatMeasured } from './quantities.ts';

/** Offenders that are told as text. The page and `explain` have more. */
const OFFENDERS_TOLD = 3;

/** All that a report for machines tells about a failed oracle: numbers, rows with their truth, and how to see it again. */
export function tellFailure(oracle: OracleResult, { repro }: ScenarioResult): string[] {
  const { unit, limit, chances, sentence, offenders } = oracle;
  return [
    sentence,
    `measured ${formatMeasured(oracle)}, limit ${formatLimit(limit, unit)}, margin ${formatMargin(oracle)}, chances ${formatCount(chances)}`,
    ...offenders.slice(0, OFFENDERS_TOLD).flatMap(({ table, row, truth }) => {
      return [`${table}: ${JSON.stringify(row)}`, `  ${truth}`];
    }),
    `Replay it with: ${repro}`,
  ];
}
