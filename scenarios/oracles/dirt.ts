/** The oracle of dirty landing zones: what is whole is read, and what is broken is set aside with a reason. */
import type { LandingTableName } from '../../pipeline/index.ts';
import type { Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { SetAside } from '../evidence/set-aside.ts';
import type { Offender } from './offender.ts';
import { firstOffenders, NOBODY_BEHIND, OFFENDERS_MAX, readingOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

interface Silent {
  readonly key: string;
  readonly table: LandingTableName;
  readonly kinds: readonly string[];
}

/**
 * Broken places that are not in quarantine with a reason that fits, entries of quarantine for what is whole, and phone
 * samples that could be read and are missing in the zones.
 */
export const LANDING_DIRT: Oracle = {
  id: 'landing.dirt',
  title: 'What is whole in a dirty landing zone is read, and what is broken is set aside',
  unit: 'pieces',
  measure: (evidence) => {
    const objects = evidence.dirt?.objects ?? [];
    const pieces = objects.reduce((sum, object) => sum + object.pieces.length, 0);
    const sound = objects.reduce((sum, { soundLines }) => sum + soundLines, 0);
    const { silent, wrong } = comparePieces(evidence);
    const missing = missingSamples(evidence);
    return {
      measured: silent.length + wrong.length + missing.length,
      chances: pieces + sound,
      offenders: [
        ...firstOffenders(silent, toSilentOffender),
        ...firstOffenders(wrong, toWrongOffender),
        ...firstOffenders(missing, (truth) => toMissingOffender(evidence, truth)),
      ].slice(0, OFFENDERS_MAX),
      sentence: [
        `${formatCount(silent.length)} of ${formatPlural(pieces, 'broken place')} of the landing zone ${wordFor(silent.length, 'is', 'are')} not in quarantine with ${wordFor(silent.length, 'its', 'their')} reason`,
        `${formatCount(wrong.length)} ${wordFor(wrong.length, 'entry of quarantine is', 'entries of quarantine are')} about whole records`,
        `${formatPlural(missing.length, 'phone sample')} that could be read ${wordFor(missing.length, 'is', 'are')} missing in the zones.`,
      ].join('; '),
    };
  },
};

/** Broken places without an entry, and entries without a broken place. */
function comparePieces({ dirt, quarantine }: Evidence): { silent: Silent[]; wrong: SetAside[] } {
  if (dirt === undefined || quarantine === undefined) return { silent: [], wrong: [] };
  const left = [...quarantine];
  const silent: Silent[] = [];
  for (const { key, sameAs, table, kinds, pieces } of dirt.objects) {
    for (const { original, about } of pieces) {
      const index = left.findIndex(
        (entry) =>
          sameAs.includes(entry.file) &&
          about.test(entry.reason) &&
          (original === undefined || isSameText(entry.original, original)),
      );
      if (index < 0) silent.push({ key, table, kinds });
      else left.splice(index, 1);
    }
  }
  return { silent, wrong: left };
}

/** A quarantine keeps the first bytes of what is long. */
function isSameText(kept: string, original: string): boolean {
  return kept !== '' && original.startsWith(kept);
}

function missingSamples(evidence: Evidence): Truth[] {
  if (evidence.dirt === undefined) return [];
  const bins = sortIntoBins(evidence);
  return evidence.readings.filter(
    ({ id, kind }) => kind === 'acceleration' && bins[id] === 'wronglyFiltered',
  );
}

function toMissingOffender(evidence: Evidence, truth: Truth): Offender {
  const why = 'its record can be read, and it is not in the zone';
  return readingOffender(evidence, { truth, table: 'accelerometer_trusted', why });
}

function toSilentOffender({ key, table, kinds }: Silent): Offender {
  const truth = `An object of the landing zone has this dirt: ${kinds.join(', ')}. A broken place of it is not in quarantine with a reason that fits.`;
  return { table, row: { object: key }, truth, ...NOBODY_BEHIND };
}

function toWrongOffender({ file, reason }: SetAside): Offender {
  const truth = 'Something of this object is in quarantine although it is whole.';
  return {
    table: file.split('/')[0] ?? file,
    row: { object: file, reason },
    truth,
    ...NOBODY_BEHIND,
  };
}
