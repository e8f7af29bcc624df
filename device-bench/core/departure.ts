/** Where a device says something else than its virtual twin, to which the same was said. */
import { ANSWER_MS_MAX } from '../../firmware-protocol/index.ts';
import type { RuleId } from '../../firmware-protocol/index.ts';
import { compareAnswerTimes, compareTimes } from './departure-times.ts';
import { cutIntoActs, linesOf } from './exchanges.ts';
import type { Exchange, PlayedAct, ShapedLine } from './exchanges.ts';
import type { Departure, Violation } from './kit-report.ts';
import { NO_LINE } from './line-shape.ts';
import type { LineShape } from './line-shape.ts';
import { isAboutTime } from './time-rules.ts';
import type { Transcript } from './transcript.ts';

/** A difference; `afterMs` is how long after the beginning of its exchange it is seen. */
interface Difference extends Omit<Departure, 'act'> {
  readonly afterMs: number;
}

/** Boots that differ by more ticks than this began to count elsewhere. */
const TICKS_APART_MAX = 1_000;

/**
 * Compares the act of a violation with that of the twin, up to the violation, and gives the first line that differs in
 * more than times, counters and boot ids; where the violated `rule` is about time and no line differs, the times; then
 * what differs in the act before, because silence shows late. `undefined` when nothing differs that means anything.
 */
export function findDeparture(
  device: Transcript,
  twin: Transcript,
  violation: Violation,
  rule?: RuleId,
): Departure | undefined {
  const acts = cutIntoActs(device).filter(({ entry }) => entry <= violation.entry);
  const twins = cutIntoActs(twin);
  const act = acts.at(-1);
  if (act === undefined) return undefined;
  const isTimed = rule !== undefined && isAboutTime(rule);
  const exchanges = act.exchanges.filter(({ entry }) => entry <= violation.entry);
  const played = { ...act, exchanges };
  const same = findSame(act, twins);
  const found =
    findDifference(played, same, isTimed) ??
    (isTimed ? compareTimes(played, same, violation) : undefined) ??
    findInPlace(played, same, violation);
  if (found !== undefined) return depart(act.name, found);
  const before = acts.at(-2);
  const earlier =
    before === undefined ? undefined : findDifference(before, findSame(before, twins), isTimed);
  return before === undefined || earlier === undefined ? undefined : depart(before.name, earlier);
}

function depart(act: string, { entry, expected, times }: Omit<Departure, 'act'>): Departure {
  return { act, entry, expected, ...(times !== undefined && { times }) };
}

function findSame(act: PlayedAct, twins: readonly PlayedAct[]): PlayedAct | undefined {
  return twins.find(({ name, ordinal }) => name === act.name && ordinal === act.ordinal);
}

function findDifference(
  act: PlayedAct,
  twins: PlayedAct | undefined,
  isTimed: boolean,
): Difference | undefined {
  for (const [index, whole] of act.exchanges.entries()) {
    const wholeTwin = twins?.exchanges[index];
    // Where the kit said something else to the twin, it had heard something else before.
    if (wholeTwin === undefined || wholeTwin.sent !== whole.sent) return undefined;
    const exchange = sinceBoot(whole);
    const twin = isRunning(whole) ? withoutBoot(wholeTwin) : wholeTwin;
    const differences = [
      ...findOddLine(exchange, twin, twins),
      ...compareAnswers(exchange, twin, isTimed),
      ...compareReadings(exchange, twin),
      ...compareHeartbeats(exchange, twin),
    ];
    const [first] = differences.toSorted((one, other) => one.afterMs - other.afterMs);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Before a boot that no command has caused anything may come. */
function sinceBoot(exchange: Exchange): Exchange {
  const { sent, lines } = exchange;
  const boot = lines.findIndex(isBoot);
  const isStart = sent === undefined || sent === 'reset';
  return isStart && boot > 0 ? { ...exchange, lines: lines.slice(boot) } : exchange;
}

function isBoot({ shape }: ShapedLine): boolean {
  return shape.text.startsWith('boot');
}

/** True where a device was heard that runs already: opening a port need not restart it. */
function isRunning({ sent, lines }: Exchange): boolean {
  return sent === undefined && !lines.some(isBoot);
}

function withoutBoot(exchange: Exchange): Exchange {
  return { ...exchange, lines: exchange.lines.filter((line) => !isBoot(line)) };
}

function findOddLine(
  exchange: Exchange,
  twin: Exchange,
  twins: PlayedAct | undefined,
): readonly Difference[] {
  const odd = exchange.lines.find(({ shape }) => shape.isOdd);
  if (odd === undefined) return [];
  // Heartbeats come by themselves: that of the twin may stand in front of a command, or behind the next one.
  const beats = odd.shape.kind === 'heartbeat' ? twins?.exchanges : undefined;
  const [beat] = beats?.flatMap((each) => linesOf(each, 'heartbeat')) ?? [];
  return [another(odd, exchange, inPlaceOf(odd, exchange, twin) ?? beat)];
}

/** Answers that come later than they may count where time does: otherwise the host may have been late. */
function compareAnswers(exchange: Exchange, twin: Exchange, isTimed: boolean): Difference[] {
  const answers = linesOf(exchange, 'answer');
  const twins = linesOf(twin, 'answer');
  for (const [index, answer] of answers.entries()) {
    const due = twins[index];
    if (due === undefined || !saySame(answer, due)) return [another(answer, exchange, due)];
    const lateMs = answer.atMs - exchange.atMs - (due.atMs - twin.atMs);
    if (isTimed && lateMs > ANSWER_MS_MAX) {
      const times = compareAnswerTimes(exchange, twin, answer, due)?.times;
      return [{ ...another(answer, exchange, due), ...(times !== undefined && { times }) }];
    }
  }
  return missing(twins[answers.length], twin);
}

/** Where the value of an answer depends on what nobody has heard, the rest is compared. */
function saySame({ shape }: ShapedLine, { shape: due }: ShapedLine): boolean {
  const isVague = shape.isVague === true || due.isVague === true;
  const said = ({ text }: LineShape): string => (isVague ? text.replace(/,[^,]*$/, '') : text);
  return said(shape) === said(due);
}

/** One reading more or less may be a matter of time; where one streams and the other does not, it is none. */
function compareReadings(exchange: Exchange, twin: Exchange): readonly Difference[] {
  const twins = readingsBetweenAnswers(twin);
  return readingsBetweenAnswers(exchange).flatMap(([first, second], index) => {
    const [due, secondDue] = twins[index] ?? [];
    if (first === undefined) return secondDue === undefined ? [] : missing(due, twin);
    if (due === undefined) return second === undefined ? [] : [another(first, exchange, undefined)];
    return isOtherStart(first, due) ? [another(first, exchange, due)] : [];
  });
}

/** True for first readings of boots that were heard, which do not begin with the same counters. */
function isOtherStart({ shape }: ShapedLine, { shape: due }: ShapedLine): boolean {
  const areFirst = shape.text.includes(' first ') && due.text.includes(' first ');
  if (!areFirst || shape.ticksAtBoot === undefined || due.ticksAtBoot === undefined) return false;
  return shape.text !== due.text || Math.abs(shape.ticksAtBoot - due.ticksAtBoot) > TICKS_APART_MAX;
}

function compareHeartbeats(exchange: Exchange, twin: Exchange): readonly Difference[] {
  return missing(linesOf(twin, 'heartbeat')[linesOf(exchange, 'heartbeat').length], twin);
}

function another(line: ShapedLine, exchange: Exchange, due: ShapedLine | undefined): Difference {
  return { entry: line.entry, expected: due?.bytes, afterMs: line.atMs - exchange.atMs };
}

function missing(due: ShapedLine | undefined, twin: Exchange): Difference[] {
  if (due === undefined) return [];
  return [{ entry: undefined, expected: due.bytes, afterMs: due.atMs - twin.atMs }];
}

/** The line of the violation and that of the twin in its place, where they say something else. */
function findInPlace(
  { exchanges }: PlayedAct,
  twins: PlayedAct | undefined,
  violation: Violation,
): Omit<Departure, 'act'> | undefined {
  const exchange = exchanges.at(-1);
  const twin = twins?.exchanges[exchanges.length - 1];
  if (exchange === undefined || twin === undefined || twin.sent !== exchange.sent) return undefined;
  const line = exchange.lines.find(({ entry }) => entry === violation.entry);
  const due = line === undefined ? undefined : inPlaceOf(line, exchange, twin);
  if (line === undefined) return undefined;
  const isAnswer = line.shape.kind === 'answer' && due !== undefined;
  const isOther = line.shape.isOdd || (isAnswer && !saySame(line, due));
  return isOther ? { entry: line.entry, expected: due?.bytes } : undefined;
}

/** The line of the twin that is of the same kind and comes after as many of its kind. */
function inPlaceOf(line: ShapedLine, exchange: Exchange, twin: Exchange): ShapedLine | undefined {
  const { kind, text } = line.shape;
  if (text === NO_LINE) return twin.lines[exchange.lines.indexOf(line)];
  const before = linesOf(exchange, kind).filter(({ entry }) => entry < line.entry).length;
  const twins = linesOf(twin, kind);
  return twins[before] ?? twins.at(-1);
}

/** Readings behind the first answer, behind the second, and so on; in front of the first only if nothing was sent. */
function readingsBetweenAnswers(exchange: Exchange): readonly (readonly ShapedLine[])[] {
  const gaps: ShapedLine[][] = exchange.sent === undefined ? [[]] : [];
  for (const line of exchange.lines) {
    if (line.shape.kind === 'answer') gaps.push([]);
    if (line.shape.kind === 'reading') gaps.at(-1)?.push(line);
  }
  return gaps;
}
