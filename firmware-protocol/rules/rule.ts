/** What a rule of the protocol consists of. */

/**
 * Conformance levels, each including the ones before it: L0 raw JSON lines, L1 framed lines, L2 a managed device, L3 a
 * device whose clock can be synchronised.
 */
export const LEVELS = ['L0', 'L1', 'L2', 'L3'] as const;
/** One of {@link LEVELS}. */
export type Level = (typeof LEVELS)[number];

/** One MUST of STL/1. */
export interface Rule {
  readonly level: Level;
  /** A few words for tables. */
  readonly title: string;
  /** The requirement itself, one sentence. */
  readonly must: string;
  /** Where a firmware developer looks first when the rule is broken. */
  readonly hint: string;
  /** What is right although it looks different; the kit lets it pass. */
  readonly legal?: string;
  /** The option of `=CAPS` without which the rule does not apply. */
  readonly option?: 'REBOOT' | 'SYNC';
}
