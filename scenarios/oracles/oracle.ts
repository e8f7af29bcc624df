import type { Evidence } from '../evidence/evidence.ts';
import type { OracleId } from './ids.ts';

/** What an oracle found. `chances` is how often it could have failed: with none, it proves nothing. */
export interface Measurement {
  readonly measured: number;
  readonly chances: number;
  /** One sentence with the numbers in it, for people. */
  readonly sentence: string;
}

/** One question about a run. It computes its answer from the world, never by running SQL again. */
export interface Oracle {
  readonly id: OracleId;
  readonly title: string;
  readonly unit: 'rows' | 'readings' | 'lines' | 'ms' | 'ratio' | 'columns';
  readonly measure: (evidence: Evidence) => Measurement;
}

/** A count with separators between thousands, such as 43,681. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
