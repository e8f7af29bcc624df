/** Which scenarios kill which mutants, as the fingerprints have it. */
import type { Fingerprints } from './fingerprints.ts';
import type { Mutant } from './mutant.ts';

/** The files of the scenarios in which each mutant fails an oracle that its base passes; `strict` passes all of them. */
export function killersIn(
  prints: Fingerprints,
  mutants: readonly Mutant[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    mutants.map(({ id, base }) => {
      const files = Object.entries(prints[id] ?? {})
        .filter(([key, failures]) => {
          const known = base === 'strict' ? {} : (prints[base]?.[key] ?? {});
          return Object.keys(failures).some((oracle) => known[oracle] === undefined);
        })
        .map(([key]) => key.replace(/#\d+$/, ''));
      return [id, new Set(files)];
    }),
  );
}
