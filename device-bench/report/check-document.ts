/** The JSON document of `device check`. */
import { RULES } from '../../firmware-protocol/index.ts';
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import type {
  DepartureTimes,
  KitReport,
  KitStalls,
  RuleResult,
  RuleVerdict,
} from '../core/kit-report.ts';
import { findShortfall } from './asked-level.ts';
import type { AskedLevel } from './asked-level.ts';
import { escapeBytes } from './escape-bytes.ts';
import { cutExcerpt } from './excerpt.ts';
import type { Excerpt } from './excerpt.ts';

/** What was checked. */
export interface CheckTarget extends AskedLevel {
  /** The port, or the firmware in the emulator, as it was named. */
  readonly port: string;
  /** Missing where the line has none. */
  readonly baudRate: number | undefined;
}

/** How many rules ended how. */
export type RuleCounts = Readonly<Record<'passed' | 'failed' | 'notTested', number>>;

/** One rule. Bytes are escaped, times are ms since the conversation began. */
export interface RuleEntry {
  readonly id: RuleId;
  readonly verdict: RuleVerdict;
  readonly title: string;
  readonly hint: string;
  readonly level: Level;
  readonly must: string;
  readonly chances: number;
  readonly reason?: string;
  readonly violations: readonly {
    readonly entry: number;
    readonly atMs: number;
    readonly message: string;
  }[];
  /** What passed around the first violation, as in the report for people. */
  readonly excerpt?: Excerpt;
  /** Where the device said something else than its twin: the two lines, `null` for silence. */
  readonly departure?: {
    readonly act: string;
    readonly entry: number | null;
    /** When the line of the device came; `null` if none did. */
    readonly atMs: number | null;
    readonly device: string | null;
    readonly twin: string | null;
    readonly times?: DepartureTimes;
  };
}

/** The document. Fields may be added, never renamed. */
export interface CheckDocument {
  readonly verdict: KitReport['verdict'];
  readonly level: Level | null;
  readonly device: Readonly<Record<'serial' | 'model' | 'firmware', string | null>>;
  readonly rules: readonly RuleEntry[];
  readonly counts: RuleCounts;
  readonly port: string;
  readonly baud: number | null;
  readonly askedLevel: Level;
  /** Why the level that was demanded is not reached. */
  readonly shortfall: string | null;
  /** Why the check ended before its last act. */
  readonly stopped: string | null;
  /** How the check itself failed. */
  readonly crashed: string | null;
  /** Why there is no comparison with a twin. */
  readonly twinFailure: string | null;
  /** How often this computer was late itself, and how late at most, in ms. */
  readonly stalls: KitStalls | null;
  /** Says so when the device still streamed at the end. */
  readonly keptStreaming: string | null;
}

/** Makes the document of a report. */
export function toCheckDocument(report: KitReport, target: CheckTarget): CheckDocument {
  const { serial, model, firmware } = report.device;
  const shortfall = findShortfall(report, target);
  return {
    verdict: shortfall === undefined ? report.verdict : 'failed',
    level: report.level ?? null,
    device: { serial: serial ?? null, model: model ?? null, firmware: firmware ?? null },
    rules: report.rules.map((rule) => toEntry(rule, report)),
    counts: countRules(report),
    port: target.port,
    baud: target.baudRate ?? null,
    askedLevel: target.level,
    shortfall: shortfall ?? null,
    ...toEnding(report),
  };
}

function toEnding(
  report: KitReport,
): Pick<CheckDocument, 'stopped' | 'crashed' | 'twinFailure' | 'stalls' | 'keptStreaming'> {
  return {
    stopped: report.stopped ?? null,
    crashed: report.crashed ?? null,
    twinFailure: report.twinFailure ?? null,
    stalls: report.stalls ?? null,
    keptStreaming: report.keptStreaming ?? null,
  };
}

/** Counts the rules of a report. */
export function countRules({ rules }: KitReport): RuleCounts {
  const count = (wanted: RuleVerdict): number =>
    rules.filter(({ verdict }) => verdict === wanted).length;
  return { passed: count('passed'), failed: count('failed'), notTested: count('not-tested') };
}

function toEntry(rule: RuleResult, { transcript }: KitReport): RuleEntry {
  const { id, verdict, title, hint, chances, reason, violations } = rule;
  const { level, must } = RULES[id];
  const startMs = transcript[0]?.atMs ?? 0;
  const departure = toDeparture(rule, transcript);
  const [first] = violations;
  const excerpt = first && cutExcerpt(transcript, first.entry);
  return {
    id,
    verdict,
    title,
    hint,
    level,
    must,
    chances,
    ...(reason === undefined ? {} : { reason }),
    violations: violations.map(({ entry, message }) => ({
      entry,
      atMs: (transcript[entry]?.atMs ?? startMs) - startMs,
      message,
    })),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(departure === undefined ? {} : { departure }),
  };
}

function toDeparture(
  { departure }: RuleResult,
  transcript: KitReport['transcript'],
): RuleEntry['departure'] {
  if (departure === undefined) return undefined;
  const { act, entry, expected, times } = departure;
  const found = entry === undefined ? undefined : transcript[entry];
  return {
    act,
    entry: entry ?? null,
    atMs: found === undefined ? null : found.atMs - (transcript[0]?.atMs ?? 0),
    device: found?.kind === 'received' ? escapeBytes(found.bytes) : null,
    twin: expected === undefined ? null : escapeBytes(expected),
    ...(times === undefined ? {} : { times }),
  };
}
