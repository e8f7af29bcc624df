import { nearestWord, withoutControls } from '../presentation/index.ts';
import { UsageError } from './exit-codes.ts';

/** Checks that what a user gave with an option is one of the words it takes. @throws UsageError with the one that is meant */
export function requireWord<Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  const nearest = nearestWord(text.toLowerCase(), words);
  const hint = nearest === undefined ? `it has ${words.join(', ')}.` : `did you mean "${nearest}"?`;
  throw new UsageError(
    `${option} takes one of a fixed list, and "${withoutControls(text)}" is not in it: ${hint}`,
  );
}
