import leven from 'leven';
import { withoutControls } from '../presentation/index.ts';
import { UsageError } from './exit-codes.ts';

/** Words that differ in more letters than this are other words. */
const DISTANCE_MAX = 3;

/** Checks that what a user gave with an option is one of the words it takes. @throws UsageError with the one that is meant */
export function requireWord<Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  const [nearest] = words
    .map((known) => ({ known, distance: leven(text.toLowerCase(), known) }))
    .filter(({ distance }) => distance <= DISTANCE_MAX)
    .sort((left, right) => left.distance - right.distance);
  const hint =
    nearest === undefined ? `it has ${words.join(', ')}.` : `did you mean "${nearest.known}"?`;
  throw new UsageError(
    `${option} takes one of a fixed list, and "${withoutControls(text)}" is not in it: ${hint}`,
  );
}
