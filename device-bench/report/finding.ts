/** What is told about a rule that a device broke: the same facts on a terminal, on the page and in JUnit. */
import { RULES } from '../../firmware-protocol/index.ts';
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import type { KitReport, RuleResult } from '../core/kit-report.ts';
import { escapeBytes } from './escape-bytes.ts';
import { cutExcerpt } from './excerpt.ts';
import type { Excerpt } from './excerpt.ts';

/** Where a device says something else than its virtual twin, or the same at other times; lines are escaped. */
export interface TwinDifference {
  readonly act: string;
  readonly device: string;
  readonly twin: string;
}

/** A broken rule. */
export interface Finding {
  readonly id: RuleId;
  readonly level: Level;
  readonly title: string;
  /** The sentence of the rule. */
  readonly must: string;
  readonly hint: string;
  readonly legal: string | undefined;
  /** What was found and what was due, first breach first; each once. */
  readonly messages: readonly string[];
  /** How many breaches there were, and how many chances for one. */
  readonly breaches: number;
  readonly chances: number;
  /** The conversation around the first breach. */
  readonly excerpt: Excerpt | undefined;
  readonly difference: TwinDifference | undefined;
}

const MESSAGES_MAX = 3;
/** Areas of rules, causes before what mostly follows from them. */
const AREAS: readonly string[] = [
  'RAW',
  'FRAME',
  'BOOT',
  'IDENT',
  'SEQ',
  'TICK',
  'CMD',
  'ERR',
  'STREAM',
  'OVER',
  'SYNC',
];
const SILENCE = '(nothing)';

/** Everything that is told about the broken rules of a report, the likely causes first. */
export function findFindings(report: KitReport): Finding[] {
  return report.rules
    .filter(({ verdict }) => verdict === 'failed')
    .toSorted((one, other) => areaOf(one.id) - areaOf(other.id))
    .map((rule) => toFinding(rule, report));
}

function areaOf(id: RuleId): number {
  return AREAS.indexOf(id.split('-')[1] ?? '');
}

function toFinding(rule: RuleResult, report: KitReport): Finding {
  const { level, must, legal } = RULES[rule.id];
  const [first] = rule.violations;
  const messages = [...new Set(rule.violations.map(({ message }) => message))];
  return {
    id: rule.id,
    level,
    title: rule.title,
    must,
    hint: rule.hint,
    legal,
    messages: messages.slice(0, MESSAGES_MAX),
    breaches: rule.violations.length,
    chances: rule.chances,
    excerpt: first === undefined ? undefined : cutExcerpt(report.transcript, first.entry),
    difference: toDifference(rule, report),
  };
}

function toDifference({ departure }: RuleResult, report: KitReport): TwinDifference | undefined {
  if (departure === undefined) return undefined;
  const { act, entry, expected, times } = departure;
  if (times !== undefined) {
    const tell = (ms: number): string => `${Number(ms.toFixed(1))} ms ${times.what}`;
    return { act, device: tell(times.deviceMs), twin: tell(times.twinMs) };
  }
  const found = entry === undefined ? undefined : report.transcript[entry];
  return {
    act,
    device: found?.kind === 'received' ? escapeBytes(found.bytes) : SILENCE,
    twin: expected === undefined ? SILENCE : escapeBytes(expected),
  };
}

/** How often a rule was broken, as a few words. */
export function describeBreaches({ breaches, chances }: Finding): string {
  const times = breaches === 1 ? 'once' : `${breaches} times`;
  return `broken ${times} at ${chances} ${chances === 1 ? 'chance' : 'chances'}`;
}
