/** A transcript with everything in it understood: what was asked, what it was answered, and on which boot. */
import { byteMsOf } from './line-pace.ts';
import type { Capabilities, Due } from './due-answer.ts';
import { dueAnswer } from './due-answer.ts';
import type { FramingRuleId } from './framing-rule-id.ts';
import { matchAnswers } from './match-answers.ts';
import { findBoots } from './restarts.ts';
import type { Boot, Heard, HeardLines } from './restarts.ts';
import type { Transcript } from './transcript.ts';

/** A line of the host, and what answered it. */
export interface Asked {
  readonly entry: number;
  readonly atMs: number;
  /** Bytes that were sent at once up to its end. */
  readonly bytes: number;
  /** The line without CR and LF. */
  readonly text: string;
  readonly act: string;
  readonly boot: Boot;
  readonly due: Due;
  /** In the order of their arrival; all but the first are too many. */
  readonly answers: Heard[];
  /** The line before it on the same boot. */
  readonly before: Asked | undefined;
}

/** Everything that judges look at. */
export interface Conversation {
  readonly transcript: Transcript;
  /** Lines of the device that count: not those before its boot, nor the end of one that began before the kit. */
  readonly heard: readonly Heard[];
  /** Those whose values can be believed: their CRC is right, or the device never has a right one. */
  readonly values: readonly Heard[];
  /** True for a device whose CRCs are mostly wrong. */
  readonly hasWrongCrcs: boolean;
  /** All lines of the device. */
  readonly all: readonly Heard[];
  readonly asked: readonly Asked[];
  readonly boots: readonly Boot[];
  readonly capabilities: Capabilities;
  /** Time of a byte on the line in ms, 0 when it has no pace or was seen to be faster. */
  readonly byteMs: number;
  readonly endMs: number;
  /** Index of the first command that was not answered by a device that never answered again. */
  readonly diedEntry: number | undefined;
}

/** The act that is meant to be more than the line can carry. */
export const OVERLOAD_ACT = 'overload';
/** The act that begins when the port has been opened. */
export const FIRST_ACT = 'greet';

/** A fault in so many of the lines is no accident. */
const HABIT_SHARE = 0.2;

/** A device that leaves so many commands in a row unanswered up to the end has died. */
const SILENCES_MIN = 3;

/** Understands a transcript; `byteMs` is the time of a byte on the line. Never throws. */
export function readTranscript(transcript: Transcript, byteMs: number): Conversation {
  const lines = findBoots(transcript);
  const capabilities = findCapabilities(lines.heard);
  const asked = findAsked(transcript, lines, capabilities);
  matchAnswers(asked, lines.heard);
  const heard = lines.heard.filter((line) => counts(line, lines.heard, transcript));
  const hasWrongCrcs = isHabit(heard, 'STL-FRAME-003');
  return {
    transcript,
    heard,
    hasWrongCrcs,
    values: heard.filter(({ meant, isSure }) => meant !== undefined && (isSure || hasWrongCrcs)),
    all: lines.heard,
    asked,
    boots: lines.boots,
    capabilities,
    byteMs: byteMsOf(asked, byteMs),
    endMs: transcript.at(-1)?.atMs ?? 0,
    diedEntry: findDeath(asked),
  };
}

/** Where answers end for ever, if they do. */
function findDeath(asked: readonly Asked[]): number | undefined {
  const questions = asked.filter(({ due }) => due.kind !== 'nothing');
  const last = questions.findLastIndex(({ answers }) => answers.length > 0);
  const silent = questions.slice(last + 1);
  return silent.length >= SILENCES_MIN ? silent[0]?.entry : undefined;
}

/** Whether a device breaks a rule of the line format in much of what it sends. */
function isHabit(heard: readonly Heard[], rule: FramingRuleId): boolean {
  const broken = heard.filter(({ breaches }) => breaches.some((breach) => breach.rule === rule));
  return broken.length > heard.length * HABIT_SHARE;
}

function findCapabilities(heard: readonly Heard[]): Capabilities {
  for (const { meant } of heard) {
    if (meant?.kind !== 'caps') continue;
    const { maxRateHz, options } = meant;
    return { maxRateHz: Number.isNaN(maxRateHz) ? undefined : maxRateHz, options };
  }
  return { maxRateHz: undefined, options: undefined };
}

function findAsked(
  transcript: Transcript,
  { bootOf }: HeardLines,
  capabilities: Capabilities,
): Asked[] {
  const asked: Asked[] = [];
  let act = '';
  let unfinished = '';
  transcript.forEach((entry, index) => {
    if (entry.kind === 'act') act = entry.name;
    if (entry.kind !== 'sent') return;
    // The line that an entry ends may have begun in the one before.
    let bytes = -unfinished.length;
    const parts = (unfinished + entry.bytes).split('\n');
    unfinished = parts.pop() ?? '';
    for (const part of parts) {
      bytes += part.length + 1;
      const boot = bootOf[index] as Boot;
      const last = asked.at(-1);
      asked.push({
        entry: index,
        atMs: entry.atMs,
        bytes,
        text: part.replace(/\r$/, ''),
        act,
        boot,
        due: dueAnswer(part, capabilities),
        answers: [],
        before: last?.boot === boot ? last : undefined,
      });
    }
  });
  return asked;
}

/** Whether a line can be held against the device. */
function counts(line: Heard, all: readonly Heard[], transcript: Transcript): boolean {
  const { event } = line.boot;
  // Before a boot anything may come, and what was being sent when it happened ends in the middle.
  if (event !== undefined && line.entry <= event.entry) return line === event && !line.isTorn;
  const isFirst = line === all[0] && line.act === FIRST_ACT;
  return !isFirst && !isUnfinished(line, transcript);
}

/** True for the line that the end of the kit has cut off. */
function isUnfinished(line: Heard, transcript: Transcript): boolean {
  const isLast = line.entry >= transcript.length - 2;
  return isLast && !/[\r\n]$/.test(line.bytes) && line.act !== '';
}
