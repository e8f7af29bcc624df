/** What the story calls people. */

/**
 * People by their first names; where several share one, with the initial of the last name, and where that does not help,
 * in full with their number.
 */
export function firstNames(names: readonly string[]): string[] {
  const first = names.map((name) => name.split(' ')[0] ?? name);
  const initialed = names.map((name, index) => `${first[index] ?? name} ${initialOf(name)}`.trim());
  return names.map((name, id) => {
    const short = first[id] ?? name;
    const longer = initialed[id] ?? name;
    if (isAlone(short, first)) return short;
    return isAlone(longer, initialed) ? longer : `${name} (${id})`;
  });
}

function initialOf(name: string): string {
  const [, ...others] = name.split(' ');
  const last = others.at(-1)?.[0];
  return last === undefined ? '' : `${last}.`;
}

function isAlone(word: string, words: readonly string[]): boolean {
  return words.indexOf(word) === words.lastIndexOf(word);
}
