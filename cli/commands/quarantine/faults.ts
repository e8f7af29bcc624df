import type { QuarantineFault } from '../../../bridge/index.ts';
import { withoutControls } from '../../../presentation/index.ts';

const TOLD_MAX = 10;
const WORDS: Readonly<Record<QuarantineFault['fault'], string>> = {
  'not-gzip': 'is damaged: it cannot be unpacked',
  'too-large': 'unpacks to more than a bridge ever stores; the rest of it is left alone',
  'line-too-long': 'has a line that is longer than a bridge ever writes; the rest is left alone',
  'cut-off': 'ends too early',
  'not-an-entry': 'is no entry of a quarantine',
  'foreign-object': 'is no object of a bridge',
};

/** A line for each of the first faults, and how many more there are. */
export function tellFaults(faults: readonly QuarantineFault[]): string[] {
  const lines = faults.slice(0, TOLD_MAX).map(({ key, line, fault }) => {
    const place = line === undefined ? key : `${key}, line ${line}`;
    return `${withoutControls(place)} ${WORDS[fault]}.`;
  });
  const more = faults.length - lines.length;
  return more > 0 ? [...lines, `There are ${more} more of these.`] : lines;
}
