/** The sentence at the top: what the ML table of the chosen pipeline is worth now. */
import type { DemoPolicy, PolicyVerdict, Verdict } from '../../api.ts';
import { countText, shareText } from './numbers.ts';

/** A piece of a sentence; `right` and `wrong` are what the eye should fall on. */
export interface Phrase {
  readonly text: string;
  readonly tone: 'plain' | 'right' | 'wrong';
}

/** How the sentence as a whole is meant. */
export type Mood = 'waiting' | 'right' | 'wrong';

/** The sentence in pieces. */
export interface Headline {
  readonly mood: Mood;
  readonly phrases: readonly Phrase[];
}

/** Less than this share of what is due is on its way, most of it. */
const MISSING_SHARE = 0.01;

const plain = (text: string): Phrase => ({ text, tone: 'plain' });
const right = (text: string): Phrase => ({ text, tone: 'right' });
const wrong = (text: string): Phrase => ({ text, tone: 'wrong' });

/** Tells the worst thing first: a pipeline that stopped, mixed-up people, leaks, then what is missing. */
export function headlineOf(verdict: Verdict | undefined, policy: DemoPolicy): Headline {
  if (verdict === undefined) {
    return waiting('Readings are on their way. The first verdict comes as soon as they land.');
  }
  const of = verdict.policies[policy];
  if (of.failure !== undefined) {
    return {
      mood: 'wrong',
      phrases: [plain('The '), plain(policy), plain(' pipeline '), wrong(`stopped: ${of.failure}`)],
    };
  }
  const { rows } = of.tables.machine_learning_curated;
  if (rows === 0) {
    return waiting('The ML table is still empty: no step has met the phone of anybody yet.');
  }
  return ofRows(of, rows);
}

function ofRows(of: PolicyVerdict, rows: number): Headline {
  if (of.mismatched > 0) {
    return {
      mood: 'wrong',
      phrases: [
        plain('What the ML table believes: '),
        wrong(shareText(of.mismatched, rows)),
        plain(' of its rows pair a step with '),
        wrong('somebody else’s phone'),
        plain('.'),
      ],
    };
  }
  const notDue = rows - of.rightPairs;
  if (notDue === 0) return whenRight(of, rows);
  // Of the right person, and of somebody whose data may be used: what is left to be wrong is the time.
  const isLate = of.tables.machine_learning_curated.leaked === 0;
  return {
    mood: 'wrong',
    phrases: [
      plain('What the ML table believes: '),
      wrong(countText(notDue)),
      plain(` of its ${countText(rows)} rows `),
      wrong(isLate ? 'have the right person, but not the right moment' : 'should not be there'),
      plain('.'),
    ],
  };
}

function whenRight(of: PolicyVerdict, rows: number): Headline {
  if (of.leaked > 0) {
    return {
      mood: 'wrong',
      phrases: [
        plain('The ML table is right, but '),
        wrong(`${countText(of.leaked)} rows`),
        plain(' of other tables tell of people who '),
        wrong('do not share their data'),
        plain('.'),
      ],
    };
  }
  const { missing, due } = of.tables.machine_learning_curated;
  const tail =
    missing > 0 && missing >= MISSING_SHARE * due
      ? ` But ${shareText(missing, due)} of what is due is missing.`
      : '';
  return {
    mood: 'right',
    phrases: [
      plain('What the ML table believes is true: '),
      right(rows === 1 ? 'its only row' : `all of its ${countText(rows)} rows`),
      plain(` ${rows === 1 ? 'pairs' : 'pair'} a step with the right phone.${tail}`),
    ],
  };
}

function waiting(text: string): Headline {
  return { mood: 'waiting', phrases: [plain(text)] };
}
