/** Oracles of serial lines with wire faults: what arrived damaged, and what arrived twice. */
import type { TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** Readings of which no line arrived whole, and that landed all the same. */
export const LANDING_DAMAGED: Oracle = {
  id: 'landing.damaged',
  title: 'No reading lands of which no line arrived whole',
  unit: 'readings',
  measure: (evidence) => {
    const damaged = distancesOf(evidence).filter(
      ({ fate }) => fate === 'garbled' || fate === 'lost',
    );
    const landed = damaged.filter(({ id }) => evidence.landed.readings.has(id)).length;
    return {
      measured: landed,
      chances: damaged.length,
      offenders: [],
      sentence: `${formatCount(landed)} of ${formatCount(damaged.length)} readings that were damaged or lost on their serial line landed.`,
    };
  },
};

/** Damaged lines that are not in quarantine as they arrived. */
export const LANDING_SILENT: Oracle = {
  id: 'landing.silent',
  title: 'Every damaged line is in quarantine, byte for byte',
  unit: 'lines',
  measure: ({ damagedLines, landed }) => {
    // What damage has made to look like free text, nobody can tell from text that was meant.
    const recognisable = damagedLines.filter((text) => !text.startsWith('#'));
    const missing = [...countEach(recognisable)].reduce(
      (sum, [text, count]) => sum + Math.max(0, count - (landed.refusedLines.get(text) ?? 0)),
      0,
    );
    return {
      measured: missing,
      chances: recognisable.length,
      offenders: [],
      sentence: `${formatCount(missing)} of ${formatCount(recognisable.length)} lines that arrived damaged are not in quarantine.`,
    };
  },
};

/** Rows too many of readings whose lines arrived more than once. */
export const LANDING_REPEATED: Oracle = {
  id: 'landing.repeated',
  title: 'A reading whose line arrives twice lands once',
  unit: 'rows',
  measure: (evidence) => {
    const repeated = distancesOf(evidence).filter(({ arrivals = 1 }) => arrivals > 1);
    const rows = repeated.reduce(
      (sum, { id }) => sum + Math.max(0, (evidence.landed.readings.get(id)?.rows ?? 0) - 1),
      0,
    );
    return {
      measured: rows,
      chances: repeated.length,
      offenders: [],
      sentence: `${formatCount(rows)} rows too many landed of ${formatCount(repeated.length)} readings whose lines arrived more than once.`,
    };
  },
};

function distancesOf({ readings }: Evidence): TruthDistance[] {
  return readings.filter((truth) => truth.kind === 'distance');
}

function countEach(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
