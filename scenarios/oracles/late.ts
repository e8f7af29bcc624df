/** The oracle of late data: what a fault has held back is treated like everything else once it comes. */
import type { Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Bin } from '../evidence/bins.ts';
import { firstOffenders, readingOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Where a late reading must not end. */
const WRONG: Readonly<Partial<Record<Bin, string>>> = {
  rejected: 'the bridge refused it',
  lost: 'it did not land',
  wronglyKept: 'it must not be used, and is in a zone',
  wronglyFiltered: 'it may be used, and is in no zone',
  duplicated: 'it is in a zone more than once',
  misattributed: "it is taken for somebody else's",
};

/** Readings whose message was held back and got through, and that landed not at all or are wrong in the zones. */
export const LANDING_LATE: Oracle = {
  id: 'landing.late',
  title: 'Readings that come late land, and count like those that come in time',
  unit: 'readings',
  measure: (evidence) => {
    const bins = sortIntoBins(evidence);
    const late = evidence.readings.filter(
      (truth) => truth.fate === 'sent' && latenessOf(truth) > 0,
    );
    const reasonOf = ({ id }: Truth): string | undefined => WRONG[bins[id] as Bin];
    const wrong = late.filter((truth) => reasonOf(truth) !== undefined);
    return {
      measured: wrong.length,
      chances: late.length,
      offenders: firstOffenders(wrong, (truth) =>
        readingOffender(evidence, {
          truth,
          why: `it was sent ${latenessOf(truth)} ms late; ${reasonOf(truth)}`,
        }),
      ),
      sentence: `${formatCount(wrong.length)} of ${formatPlural(late.length, 'reading')} that ${wordFor(late.length, 'was', 'were')} sent late ${wordFor(wrong.length, 'is', 'are')} missing or wrong in the zones.`,
    };
  },
};

function latenessOf(truth: Truth): number {
  return truth.kind === 'acceleration' ? (truth.lateMs ?? 0) : 0;
}
