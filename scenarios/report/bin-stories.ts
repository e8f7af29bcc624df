/** What the bins of the ledger are called in reports, and what each means for the run. */
import type { Bin } from '../evidence/bins.ts';
import type { LedgerSummary } from '../run/result.ts';

/** `missing`: did not land. `right`: ended where it belongs. `wrong`: landed, and the zones got it wrong. */
export type BinKind = 'missing' | 'right' | 'wrong';

/** A bin for people. */
export interface BinStory {
  readonly bin: Bin;
  readonly label: string;
  readonly kind: BinKind;
  readonly meaning: string;
}

// A record, so that a new bin does not compile until it has a story. Its order is that of the waterfall.
const STORIES: Readonly<Record<Bin, Omit<BinStory, 'bin'>>> = {
  neverSent: {
    label: 'Never sent',
    kind: 'missing',
    meaning: 'No device took the reading, or the device did not get rid of it.',
  },
  garbled: {
    label: 'Garbled',
    kind: 'missing',
    meaning: 'What arrived of it was damaged, and was rightly refused.',
  },
  rejected: {
    label: 'Rejected',
    kind: 'missing',
    meaning: 'It arrived whole, and the bridge put it into quarantine.',
  },
  lost: {
    label: 'Lost',
    kind: 'missing',
    meaning: 'It left the device, and is neither in landing nor in quarantine.',
  },
  lostByDirt: {
    label: 'Lost by dirt',
    kind: 'missing',
    meaning: 'It landed, and then its place in the landing zone was damaged.',
  },
  rightlyFiltered: {
    label: 'Rightly filtered',
    kind: 'right',
    meaning: 'It landed, must not be used, and is in no zone behind landing.',
  },
  landed: {
    label: 'Landed right',
    kind: 'right',
    meaning: 'It is once in its trusted table, under the right person.',
  },
  wronglyFiltered: {
    label: 'Wrongly filtered',
    kind: 'wrong',
    meaning: 'It landed and may be used, and the pipeline left it out.',
  },
  wronglyKept: {
    label: 'Wrongly kept',
    kind: 'wrong',
    meaning: 'It must not be used, and the pipeline kept it.',
  },
  duplicated: {
    label: 'Duplicated',
    kind: 'wrong',
    meaning: 'It stands in its zone more than once.',
  },
  misattributed: {
    label: 'Misattributed',
    kind: 'wrong',
    meaning: "The pipeline takes it for somebody else's, or cannot tell whose it is.",
  },
};

/** All bins in the order of the waterfall: the way to landing first, then what became of what landed. */
export const BIN_STORIES: readonly BinStory[] = (Object.keys(STORIES) as Bin[]).map((bin) => ({
  bin,
  ...STORIES[bin],
}));

/** How many readings ended in bins of a kind. */
export function countKind({ bins }: LedgerSummary, kind: BinKind): number {
  return BIN_STORIES.filter((story) => story.kind === kind).reduce(
    (sum, { bin }) => sum + bins[bin],
    0,
  );
}
