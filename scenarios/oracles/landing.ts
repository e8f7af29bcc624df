/** Oracles of the way from the body to the landing zone. */
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** Readings that no device sent: nothing measured them, or the device did not get rid of them. */
export const LANDING_UNSENT: Oracle = {
  id: 'landing.unsent',
  title: 'Every reading that a body makes is sent',
  unit: 'readings',
  measure: ({ readings }) => {
    const unsent = readings.filter((truth) => truth.fate === 'never-sent').length;
    return {
      measured: unsent,
      chances: readings.length,
      offenders: [],
      sentence: `${formatCount(unsent)} of ${formatCount(readings.length)} readings were never sent by a device.`,
    };
  },
};

/** Readings that went out whole and neither landed nor went to quarantine. */
export const LANDING_LOST: Oracle = {
  id: 'landing.lost',
  title: 'Every reading that was sent whole lands',
  unit: 'readings',
  measure: ({ readings, landed }) => {
    const sent = readings.filter((truth) => truth.fate === 'sent');
    const lost = sent.filter(
      (truth) => !landed.readings.has(truth.id) && !landed.quarantined.has(truth.id),
    ).length;
    return {
      measured: lost,
      chances: sent.length,
      offenders: [],
      sentence: `${formatCount(lost)} of ${formatCount(sent.length)} readings that were sent whole are neither in landing nor in quarantine.`,
    };
  },
};

/** Readings that went out whole and were put into quarantine. */
export const LANDING_REJECTED: Oracle = {
  id: 'landing.rejected',
  title: 'No reading that was sent whole is refused',
  unit: 'readings',
  measure: ({ readings, landed }) => {
    const sent = readings.filter((truth) => truth.fate === 'sent');
    const rejected = sent.filter(
      (truth) => landed.quarantined.has(truth.id) && !landed.readings.has(truth.id),
    ).length;
    return {
      measured: rejected,
      chances: sent.length,
      offenders: [],
      sentence: `${formatCount(rejected)} of ${formatCount(sent.length)} readings that were sent whole are in quarantine.`,
    };
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
    offenders: [],
    sentence: `${formatCount(landed.unexpectedRows)} of ${formatCount(landed.rows)} landed rows stand for no reading that anybody made.`,
  }),
};

/** How far the time of a landed trainer reading is from the truth. */
export const LANDING_CLOCK_ERROR: Oracle = {
  id: 'landing.clockError',
  title: 'Landed trainer readings carry the right time',
  unit: 'ms',
  measure: ({ readings, landed }) => {
    let worstMs = 0;
    let chances = 0;
    for (const truth of readings) {
      const found = truth.kind === 'distance' ? landed.readings.get(truth.id) : undefined;
      if (found === undefined) continue;
      chances++;
      worstMs = Math.max(worstMs, Math.abs(found.timeMs - truth.atMs));
    }
    return {
      measured: worstMs,
      chances,
      offenders: [],
      sentence: `The time of a landed trainer reading is at most ${worstMs} ms off.`,
    };
  },
};
