import { nearestWord } from '../presentation/index.ts';
import type { NamedScenario } from '../scenarios/index.ts';
import { UsageError } from './exit-codes.ts';

/**
 * The scenarios that have one of some tags; all of them without tags.
 *
 * @throws UsageError when no scenario has one of the tags, with the one that is likely meant: less than was asked for must
 *   not look like all of it
 */
export function withTags(
  named: readonly NamedScenario[],
  tags: readonly string[] | undefined,
): readonly NamedScenario[] {
  if (tags === undefined) return named;
  const known = [...new Set(named.flatMap(({ scenario }) => scenario.tags))].toSorted();
  const strange = tags.find((tag) => !known.includes(tag));
  if (strange !== undefined) throw new UsageError(tellNoSuchTag(strange, known));
  return named.filter(({ scenario }) => tags.some((tag) => scenario.tags.includes(tag)));
}

function tellNoSuchTag(tag: string, known: readonly string[]): string {
  const nearest = nearestWord(tag, known);
  const hint = nearest === undefined ? '.' : `; did you mean "${nearest}"?`;
  const all = known.length === 0 ? 'There are none.' : `There are: ${known.join(', ')}.`;
  return `No scenario has the tag "${tag}"${hint} ${all}`;
}
