/** Oracles of what comes in the end: everything that can still arrive does, and nothing more often than it came. */
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { firstOffenders, readingOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/**
 * Readings that nothing has destroyed and that are neither in landing nor in quarantine when the run is over: faults had
 * ended, and there was time for all that was under way.
 */
export const LIVENESS_CONVERGED: Oracle = {
  id: 'liveness.converged',
  title: 'After the last fault, everything arrives that can',
  unit: 'readings',
  measure: (evidence) => {
    const { landed } = evidence;
    const recoverable = evidence.readings.filter((truth) => isRecoverable(evidence, truth));
    const missing = recoverable.filter(
      ({ id }) => !landed.readings.has(id) && !landed.quarantined.has(id),
    );
    return {
      measured: missing.length,
      chances: recoverable.length,
      offenders: firstOffenders(missing, (truth) =>
        readingOffender(evidence, { truth, why: 'nothing destroyed it, and it has not arrived' }),
      ),
      sentence: `${formatCount(missing.length)} of ${formatPlural(recoverable.length, 'reading')} that nothing destroyed ${wordFor(missing.length, 'has', 'have')} not arrived in the end.`,
    };
  },
};

/** Readings of trainers that stand in landing more often than their lines arrived. */
export const LANDING_COPIES: Oracle = {
  id: 'landing.copies',
  title: 'A trainer reading lands as often as its line arrives',
  unit: 'rows',
  measure: (evidence) => {
    const { readings } = evidence.landed;
    const landed = evidence.readings.filter(
      ({ kind, id }) => kind === 'distance' && readings.has(id),
    );
    const tooMany = (truth: Truth): number =>
      Math.max(0, (readings.get(truth.id)?.rows ?? 0) - arrivalsOf(truth));
    const copied = landed.filter((truth) => tooMany(truth) > 0);
    const rows = copied.reduce((sum, truth) => sum + tooMany(truth), 0);
    return {
      measured: rows,
      chances: landed.length,
      offenders: firstOffenders(copied, (truth) =>
        readingOffender(evidence, {
          truth,
          why: 'it stands in landing more often than it arrived',
        }),
      ),
      sentence: `${formatPlural(rows, 'row')} too many landed of ${formatPlural(landed.length, 'trainer reading')}.`,
    };
  },
};

/** A phone keeps what it could not send; what a trainer did not send is gone. */
function isRecoverable({ landed }: Evidence, { id, kind, fate }: Truth): boolean {
  if (landed.lostByDirt.has(id)) return false;
  return fate === 'sent' || (fate === 'never-sent' && kind === 'acceleration');
}

function arrivalsOf(truth: Truth): number {
  return truth.kind === 'distance' ? (truth.arrivals ?? 1) : 1;
}
