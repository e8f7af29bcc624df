/** The oracle of second thoughts: consent that was withdrawn and given again counts from the second time on. */
import type { ConsentDecision, Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Bin } from '../evidence/bins.ts';
import { tellConsent } from '../evidence/truth-words.ts';
import { firstOffenders, readingOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Bins in which a reading of somebody who consented again is treated wrongly. */
const WRONG: Readonly<Partial<Record<Bin, string>>> = {
  wronglyKept: 'it is from before that, and in a zone',
  wronglyFiltered: 'it may be used, and is in no zone',
};

/** Readings of people who consented again that are kept from before, or left out from then on. */
export const CONSENT_AGAIN: Oracle = {
  id: 'consent.regiven',
  title: 'Consent that is given again counts from then on, and not from the first time',
  unit: 'readings',
  measure: (evidence) => {
    const hasAgain = evidence.world.consents.map(hasConsentedAgain);
    const bins = sortIntoBins(evidence);
    const landed = evidence.readings.filter(
      ({ id, person }) => hasAgain[person] === true && evidence.landed.readings.has(id),
    );
    const reasonOf = ({ id }: Truth): string | undefined => WRONG[bins[id] as Bin];
    const wrong = landed.filter((truth) => reasonOf(truth) !== undefined);
    const people = hasAgain.filter(Boolean).length;
    return {
      measured: wrong.length,
      chances: landed.length,
      offenders: firstOffenders(wrong, (truth) =>
        readingOffender(evidence, {
          truth,
          why: `person ${truth.person} ${tellConsent(evidence, truth.person)}; ${reasonOf(truth)}`,
        }),
      ),
      sentence: `${formatCount(wrong.length)} of ${formatPlural(landed.length, 'landed reading')} of ${formatCount(people)} ${wordFor(people, 'person', 'people')} who gave consent again ${wordFor(wrong.length, 'is', 'are')} treated wrongly.`,
    };
  },
};

/** True when somebody consented, took it back, and consented again. */
function hasConsentedAgain(history: readonly ConsentDecision[]): boolean {
  const isGiven = history.map(({ research }) => research !== undefined);
  const first = isGiven.indexOf(true);
  const withdrawn = first < 0 ? -1 : isGiven.indexOf(false, first);
  return withdrawn >= 0 && isGiven.at(-1) === true;
}
