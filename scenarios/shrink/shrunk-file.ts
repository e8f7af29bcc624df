import { stringify } from 'yaml';
import type { Policy } from '../../pipeline/index.ts';
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

/** What a shrunk scenario says of itself. */
export interface ShrunkHead {
  /** The file of the whole scenario. */
  readonly from: string;
  /** The id of the oracle that fails. */
  readonly oracle: string;
  /** The command that runs it again. */
  readonly repro: string;
  readonly name: string;
  readonly about: string;
  /** The pipeline that fails: with any other, it would be another run. */
  readonly pipeline: Policy;
}

/** The text of a shrunk scenario. */
export function formatShrunk(written: Written, head: ShrunkHead): string {
  const { from, oracle, repro, ...told } = head;
  const described = { ...written, ...told, tags: ['regression'] };
  const text = stringify(inReadingOrder(described), { lineWidth: 110 });
  return `# Shrunk from ${from}: ${oracle} fails.\n# ${repro}\n${text}`;
}

/** The same scenario with its keys in the order in which people read them. */
export function inReadingOrder(written: Written): Written {
  const rank = (key: string): number => ORDER.indexOf(key);
  const sorted = Object.entries(written).toSorted(([left], [right]) => rank(left) - rank(right));
  return Object.fromEntries(sorted);
}
