/** Oracles of serial lines with wire faults: what arrived damaged, and what arrived twice. */
import type { TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { firstOffenders, NOBODY_BEHIND, readingOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Readings of which no line arrived whole, and that landed all the same. */
export const LANDING_DAMAGED: Oracle = {
  id: 'landing.damaged',
  title: 'No reading lands of which no line arrived whole',
  unit: 'readings',
  measure: (evidence) => {
    const damaged = distancesOf(evidence).filter(
      ({ fate }) => fate === 'garbled' || fate === 'lost',
    );
    const landed = damaged.filter(({ id }) => evidence.landed.readings.has(id));
    return {
      measured: landed.length,
      chances: damaged.length,
      offenders: firstOffenders(landed, (truth) =>
        readingOffender(evidence, {
          truth,
          why: `its line was ${truth.fate} on the wire, and it landed`,
        }),
      ),
      sentence: `${formatCount(landed.length)} of ${formatPlural(damaged.length, 'reading')} that ${wordFor(damaged.length, 'was', 'were')} damaged or lost on their serial line landed.`,
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
    const missing = [...countEach(recognisable)].flatMap(([text, count]) => {
      const lines = Math.max(0, count - (landed.refusedLines.get(text) ?? 0));
      return lines === 0 ? [] : [{ text, lines, count }];
    });
    const lines = missing.reduce((sum, entry) => sum + entry.lines, 0);
    return {
      measured: lines,
      chances: recognisable.length,
      offenders: firstOffenders(missing, (entry) => ({
        table: 'quarantine/step_trainer_landing',
        row: { original: entry.text },
        truth: `This line arrived damaged ${times(entry.count)} and is missing in quarantine ${times(entry.lines)}.`,
        ...NOBODY_BEHIND,
      })),
      sentence: `${formatCount(lines)} of ${formatPlural(recognisable.length, 'line')} that arrived damaged ${wordFor(lines, 'is', 'are')} not in quarantine.`,
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
    const rowsOf = ({ id }: TruthDistance): number => evidence.landed.readings.get(id)?.rows ?? 0;
    const tooMany = repeated.filter((truth) => rowsOf(truth) > 1);
    const rows = tooMany.reduce((sum, truth) => sum + rowsOf(truth) - 1, 0);
    return {
      measured: rows,
      chances: repeated.length,
      offenders: firstOffenders(tooMany, (truth) =>
        readingOffender(evidence, {
          truth,
          why: `its line arrived ${times(truth.arrivals ?? 1)}, and it landed ${times(rowsOf(truth))}`,
        }),
      ),
      sentence: `${formatPlural(rows, 'row')} too many landed of ${formatPlural(repeated.length, 'reading')} whose ${wordFor(repeated.length, 'line', 'lines')} arrived more than once.`,
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

function times(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`;
}
