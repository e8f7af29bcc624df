import { UsageError } from './exit-codes.ts';

/** A check for yargs, which would make a list of an option that is given twice: only `lists` may be. */
export function refuseRepeats(lists: readonly string[]): (argv: object) => true {
  return (argv) => {
    for (const [name, value] of Object.entries(argv)) {
      if (name === '_' || lists.includes(name) || !Array.isArray(value)) continue;
      throw new UsageError(`Give --${name} once; it was given ${value.length} times.`);
    }
    return true;
  };
}
