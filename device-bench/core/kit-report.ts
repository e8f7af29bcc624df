/** What a run of the conformance kit ends with. */
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import type { Transcript } from './transcript.ts';

/**
 * `passed` and `failed` after at least one chance to break the rule; `not-tested` when there was none, with the reason:
 * the level was not asked for, the device has not the option, or the act could not be done.
 */
export type RuleVerdict = 'passed' | 'failed' | 'not-tested';

/** One breach of a rule: which entry of the transcript shows it, and what is wrong there. */
export interface Violation {
  /** Index in the transcript. */
  readonly entry: number;
  /** One sentence with the value that was found and the one that was due. */
  readonly message: string;
}

/** Where a device says something else than its virtual twin. */
export interface Departure {
  readonly act: string;
  /** Index in the transcript, `undefined` when the device was silent where the twin spoke. */
  readonly entry: number | undefined;
  /** The twin's line, with its line end; `undefined` when the twin was silent. */
  readonly expected: string | undefined;
  /** Given where both say the same at other times. */
  readonly times?: DepartureTimes;
}

/** How long something took the device, and its twin, in ms. */
export interface DepartureTimes {
  readonly what: 'from the command to its answer' | 'from reading to reading';
  readonly deviceMs: number;
  readonly twinMs: number;
}

/** What became of one rule. */
export interface RuleResult {
  readonly id: RuleId;
  readonly verdict: RuleVerdict;
  readonly title: string;
  readonly hint: string;
  /** How many lines, commands or pauses could have broken the rule. */
  readonly chances: number;
  readonly violations: readonly Violation[];
  /** Why it was not tested. */
  readonly reason?: string;
  /** The first line at which the device departs from its twin, in the act of the first violation. */
  readonly departure?: Departure;
}

/** Who was tested, as far as it told. */
export interface TestedDevice {
  readonly serial: string | undefined;
  readonly model: string | undefined;
  readonly firmware: string | undefined;
}

/** How often the kit itself was late by more than 100 ms, and how late at most, in ms. */
export interface KitStalls {
  readonly count: number;
  readonly longestMs: number;
}

/** The report of one run. `stopped` says why the kit ended before its last act: the port vanished or stayed silent. */
export interface KitReport {
  readonly verdict: 'passed' | 'failed';
  /** The highest level whose rules, and those of all levels below, were tested without failure. */
  readonly level: Level | undefined;
  readonly device: TestedDevice;
  readonly rules: readonly RuleResult[];
  readonly transcript: Transcript;
  readonly stopped?: string;
  /** How the kit itself failed, a defect of STEDI whatever the device did: not everything was tested. */
  readonly crashed?: string;
  /** How the virtual twin failed: there are no departures then. */
  readonly twinFailure?: string;
  /** Given when the kit's own process was late, which rules about time may have been judged by. */
  readonly stalls?: KitStalls;
  /** Says so when the device still sent readings after the last STOP. */
  readonly keptStreaming?: string;
}
