/** Oracles of the way from the body to the landing zone. */
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { firstOffenders, NOBODY_BEHIND, readingOffender } from './offender.ts';
import type { Measurement, Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Readings that no device sent: nothing measured them, or the device did not get rid of them. */
export const LANDING_UNSENT: Oracle = {
  id: 'landing.unsent',
  title: 'Every reading that a body makes is sent',
  unit: 'readings',
  measure: (evidence) => {
    const { readings } = evidence;
    const unsent = readings.filter((truth) => truth.fate === 'never-sent');
    return tellReadings(evidence, {
      found: unsent,
      chances: readings.length,
      what: `${wordFor(unsent.length, 'was', 'were')} never sent by a device`,
      why: 'no device took it, or none got rid of it',
    });
  },
};

/** Readings that went out whole and neither landed nor went to quarantine. */
export const LANDING_LOST: Oracle = {
  id: 'landing.lost',
  title: 'Every reading that was sent whole lands',
  unit: 'readings',
  measure: (evidence) => {
    const { landed } = evidence;
    const sent = sentReadings(evidence);
    const lost = sent.filter(({ id }) => !landed.readings.has(id) && !landed.quarantined.has(id));
    return tellReadings(evidence, {
      found: lost,
      chances: sent.length,
      what: `that ${wordFor(sent.length, 'was', 'were')} sent whole ${wordFor(lost.length, 'is', 'are')} neither in landing nor in quarantine`,
      why: 'it was sent whole, and is neither in landing nor in quarantine',
    });
  },
};

/** Readings that went out whole and were put into quarantine. */
export const LANDING_REJECTED: Oracle = {
  id: 'landing.rejected',
  title: 'No reading that was sent whole is refused',
  unit: 'readings',
  measure: (evidence) => {
    const { landed } = evidence;
    const sent = sentReadings(evidence);
    const refused = sent.filter(({ id }) => landed.quarantined.has(id) && !landed.readings.has(id));
    return tellReadings(evidence, {
      found: refused,
      chances: sent.length,
      what: `that ${wordFor(sent.length, 'was', 'were')} sent whole ${wordFor(refused.length, 'is', 'are')} in quarantine`,
      why: 'it was sent whole, and the bridge refused it',
    });
  },
};

/** Landed rows that stand for no reading: undetected corruption. */
export const LANDING_UNEXPECTED: Oracle = {
  id: 'landing.unexpected',
  title: 'No row lands that nobody made',
  unit: 'rows',
  measure: ({ landed }) => ({
    measured: landed.unexpectedRows,
    chances: landed.rows,
    offenders: firstOffenders(landed.unexpected, ({ table, row }) => ({
      table,
      row,
      truth: 'Nobody made a reading like this.',
      ...NOBODY_BEHIND,
    })),
    sentence: `${formatCount(landed.unexpectedRows)} of ${formatPlural(landed.rows, 'landed row')} ${wordFor(landed.unexpectedRows, 'stands', 'stand')} for no reading that anybody made.`,
  }),
};

/** How far the time of a landed trainer reading is from the truth. */
export const LANDING_CLOCK_ERROR: Oracle = {
  id: 'landing.clockError',
  title: 'Landed trainer readings carry the right time',
  unit: 'ms',
  measure: (evidence) => {
    const { readings, landed } = evidence;
    const errors: { readonly truth: Truth; readonly errorMs: number }[] = [];
    for (const truth of readings) {
      const found = truth.kind === 'distance' ? landed.readings.get(truth.id) : undefined;
      if (found !== undefined) errors.push({ truth, errorMs: found.timeMs - truth.atMs });
    }
    const worstFirst = errors
      .filter(({ errorMs }) => errorMs !== 0)
      .sort((left, right) => Math.abs(right.errorMs) - Math.abs(left.errorMs));
    const worstMs = Math.abs(worstFirst[0]?.errorMs ?? 0);
    return {
      measured: worstMs,
      chances: errors.length,
      offenders: firstOffenders(worstFirst, ({ truth, errorMs }) =>
        readingOffender(evidence, {
          truth,
          why: `it landed ${Math.abs(errorMs)} ms ${errorMs > 0 ? 'late' : 'early'}`,
        }),
      ),
      sentence: `The time of a landed trainer reading is at most ${worstMs} ms off.`,
    };
  },
};

/** What went out whole, apart from what landed and was damaged where it lay. */
function sentReadings({ readings, landed }: Evidence): Truth[] {
  return readings.filter(({ id, fate }) => fate === 'sent' && !landed.lostByDirt.has(id));
}

function tellReadings(
  evidence: Evidence,
  counted: {
    readonly found: readonly Truth[];
    readonly chances: number;
    readonly what: string;
    readonly why: string;
  },
): Measurement {
  const { found, chances, what, why } = counted;
  return {
    measured: found.length,
    chances,
    offenders: firstOffenders(found, (truth) => readingOffender(evidence, { truth, why })),
    sentence: `${formatCount(found.length)} of ${formatPlural(chances, 'reading')} ${what}.`,
  };
}
