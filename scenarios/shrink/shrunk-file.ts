import { stringify } from 'yaml';
import type { Written } from './written-edits.ts';

/** In the order in which people read a scenario. */
const ORDER = [
  'version',
  'name',
  'about',
  'tags',
  'world',
  'devices',
  'run',
  'faults',
  'landing',
  'pipeline',
  'expect',
];

/** The text of a shrunk scenario. */
export function formatShrunk(
  written: Written,
  {
    from,
    oracle,
    repro,
  }: { readonly from: string; readonly oracle: string; readonly repro: string },
): string {
  const rank = (key: string): number => ORDER.indexOf(key);
  const sorted = Object.entries(written).toSorted(([left], [right]) => rank(left) - rank(right));
  const text = stringify(Object.fromEntries(sorted), { lineWidth: 110 });
  return `# Shrunk from ${from}: ${oracle} fails.\n# ${repro}\n${text}`;
}
