/** What a judge is: one rule, held against a conversation. */
import type { Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';

/** What a judge has found. */
export interface Judgement {
  /** How many lines, commands or pauses could have broken the rule. */
  readonly chances: number;
  readonly violations: readonly Violation[];
  /** Why there was no chance. */
  readonly reason?: string;
}

/** Holds one rule against a conversation. A judge knows nothing but the conversation, and never throws. */
export type Judge = (conversation: Conversation) => Judgement;

/** Violations that are kept for one rule: more would tell nothing new. */
const VIOLATIONS_MAX = 50;

/** Judges each of `items`: `check` gives what is wrong with it, if anything. */
export function judgeEach<Item extends { readonly entry: number }>(
  items: readonly Item[],
  reason: string,
  check: (item: Item) => string | undefined,
): Judgement {
  const violations: Violation[] = [];
  for (const item of items) {
    const message = violations.length < VIOLATIONS_MAX ? check(item) : undefined;
    if (message !== undefined) violations.push({ entry: item.entry, message });
  }
  return judgement(items.length, violations, reason);
}

/** A judgement; `reason` is for the case that there was no chance. */
export function judgement(
  chances: number,
  violations: readonly Violation[],
  reason: string,
): Judgement {
  const all = { chances: Math.max(chances, violations.length), violations };
  return all.chances === 0 ? { ...all, reason } : all;
}

/** A number of ms for a sentence. */
export function ms(value: number): string {
  return `${Number(value.toFixed(1))} ms`;
}

/** Bytes for a sentence: quoted, with the line end cut off. */
export function quote(bytes: string): string {
  return `"${bytes.replace(/[\r\n]+$/, '')}"`;
}
