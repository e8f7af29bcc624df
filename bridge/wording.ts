/** Counts in sentences for people. */

/** A count with its noun in the right number, such as `1 reading`. The plural is the singular with an `s`. */
export function plural(count: number, singular: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : `${singular}s`}`;
}

/** Names as one part of a sentence: `a, b and c`. */
export function listed(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
