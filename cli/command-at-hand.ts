/** Which command a command line is about, as far as it can be told. */

/** The commands by their names, each with the names of those below it. */
export type CommandNames = Readonly<Record<string, readonly string[]>>;

/** The words to type for the command that arguments begin with: `npx stedi device check`, or `npx stedi` for none. */
export function commandAtHand(args: readonly string[], names: CommandNames): string {
  const [first = '', second = ''] = args;
  if (!Object.hasOwn(names, first)) return 'npx stedi';
  const isBelow = names[first]?.includes(second) === true;
  return ['npx stedi', first, ...(isBelow ? [second] : [])].join(' ');
}
