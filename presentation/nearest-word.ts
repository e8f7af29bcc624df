import leven from 'leven';

/** A word is suggested when it is fewer than this many letters away from what was written. */
const SUGGESTION_DISTANCE = 4;

/** The word that somebody is likely to have meant; `undefined` when none is near. */
export function nearestWord(written: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((word) => ({ word, distance: leven(written, word, { maxDistance: SUGGESTION_DISTANCE }) }))
    // Nearly all letters of a short word can be exchanged: then it is another word.
    .filter(({ word, distance }) => distance < Math.min(SUGGESTION_DISTANCE, word.length / 2 + 1))
    .sort((left, right) => left.distance - right.distance);
  return nearest?.word;
}
