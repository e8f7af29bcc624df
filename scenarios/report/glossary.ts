/** The words of the report, for readers who see one for the first time. */
import { renderWordList } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';

const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  [
    'Scenario',
    'A story of people, devices and faults that is played through the whole chain: devices, bridge, storage, pipeline. The same seed plays the same story.',
  ],
  [
    'Check',
    'One question about a run. It is answered from what the simulated people really did, never from the pipeline’s own tables.',
  ],
  [
    'Limit, margin',
    'What a check allows (≥ at least, ≤ at most), and how far the measured value is inside (+) or beyond (−) it. Points are percentage points.',
  ],
  [
    'Chances',
    'How often the check could have failed. A check without a chance to fail proves nothing, and counts as failed.',
  ],
  [
    'classic, strict',
    'The pipeline under test: classic does what the published projects do, strict what consent and attribution demand.',
  ],
  [
    'sim, live',
    'How time is kept: sim runs under a virtual clock and is exactly repeatable, live uses real ports, a real broker and real storage.',
  ],
];

/** Explains the words, at the end of the page. */
export function renderGlossary(): Html {
  return renderWordList(WORDS);
}
