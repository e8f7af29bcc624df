/** Where a device says something else than its virtual twin, to which the same was said. */
import { ANSWER_MS_MAX } from '../../firmware-protocol/index.ts';
import { cutIntoActs } from './exchanges.ts';
import type { Exchange, PlayedAct, ShapedLine } from './exchanges.ts';
import type { Departure, Violation } from './kit-report.ts';
import { NO_LINE } from './line-shape.ts';
import type { LineShape } from './line-shape.ts';
import type { Transcript } from './transcript.ts';

/** A difference; `afterMs` is how long after the beginning of its exchange it is seen. */
interface Difference extends Omit<Departure, 'act'> {
  readonly afterMs: number;
}

/** A first reading that differs by more ticks than this began to count elsewhere. */
const TICKS_APART_MAX = 1_000;

/**
 * Compares the act of a violation with that of the twin, up to the violation, and gives the first line that differs in
 * more than times, counters and boot ids; the act before it where there is none, because silence shows late. Where no
 * line differs, as with a rate that is wrong, it gives the line of the violation and the one that the twin said in its
 * place. `undefined` when there was no act yet.
 */
export function findDeparture(
  device: Transcript,
  twin: Transcript,
  violation: Violation,
): Departure | undefined {
  const acts = cutIntoActs(device).filter(({ entry }) => entry <= violation.entry);
  const twins = cutIntoActs(twin);
  const act = acts.at(-1);
  if (act === undefined) return undefined;
  const exchanges = act.exchanges.filter(({ entry }) => entry <= violation.entry);
  const played = { ...act, exchanges };
  for (const compared of [played, ...acts.slice(0, -1).slice(-1)]) {
    const found = findDifference(compared, findSame(compared, twins));
    if (found !== undefined) {
      return { act: compared.name, entry: found.entry, expected: found.expected };
    }
  }
  return { act: act.name, ...findInPlace(played, findSame(act, twins), violation) };
}

function findSame(act: PlayedAct, twins: readonly PlayedAct[]): PlayedAct | undefined {
  return twins.find(({ name, ordinal }) => name === act.name && ordinal === act.ordinal);
}

function findDifference(act: PlayedAct, twins: PlayedAct | undefined): Difference | undefined {
  for (const [index, exchange] of act.exchanges.entries()) {
    const twin = twins?.exchanges[index];
    // Where the kit said something else to the twin, it had heard something else before.
    if (twin === undefined || twin.sent !== exchange.sent) return undefined;
    const differences = [
      ...findOddLine(exchange, twin, twins),
      ...compareAnswers(exchange, twin),
      ...compareReadings(exchange, twin),
      ...compareHeartbeats(exchange, twin),
    ];
    const [first] = differences.toSorted((one, other) => one.afterMs - other.afterMs);
    if (first !== undefined) return first;
  }
  return undefined;
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

function compareAnswers(exchange: Exchange, twin: Exchange): readonly Difference[] {
  const answers = linesOf(exchange, 'answer');
  const twins = linesOf(twin, 'answer');
  for (const [index, answer] of answers.entries()) {
    const due = twins[index];
    if (due === undefined) return [another(answer, exchange, undefined)];
    const lateMs = answer.atMs - exchange.atMs - (due.atMs - twin.atMs);
    if (answer.shape.text !== due.shape.text || lateMs > ANSWER_MS_MAX) {
      return [another(answer, exchange, due)];
    }
  }
  return missing(twins[answers.length], twin);
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

/** True for first readings of a boot that do not begin with the same counters. */
function isOtherStart({ shape }: ShapedLine, { shape: due }: ShapedLine): boolean {
  const areFirst = shape.text.includes(' first ') && due.text.includes(' first ');
  const apart = Math.abs((shape.ticks ?? 0) - (due.ticks ?? 0));
  return areFirst && (shape.text !== due.text || apart > TICKS_APART_MAX);
}

function compareHeartbeats(exchange: Exchange, twin: Exchange): readonly Difference[] {
  return missing(linesOf(twin, 'heartbeat')[linesOf(exchange, 'heartbeat').length], twin);
}

function another(line: ShapedLine, exchange: Exchange, due: ShapedLine | undefined): Difference {
  return { entry: line.entry, expected: due?.bytes, afterMs: line.atMs - exchange.atMs };
}

function missing(due: ShapedLine | undefined, twin: Exchange): readonly Difference[] {
  if (due === undefined) return [];
  return [{ entry: undefined, expected: due.bytes, afterMs: due.atMs - twin.atMs }];
}

/** The line of the violation, and that of the twin in the same place. */
function findInPlace(
  { exchanges }: PlayedAct,
  twins: PlayedAct | undefined,
  violation: Violation,
): Omit<Departure, 'act'> {
  const exchange = exchanges.at(-1);
  const twin = twins?.exchanges[exchanges.length - 1];
  const line = exchange?.lines.find(({ entry }) => entry === violation.entry);
  if (exchange === undefined || twin === undefined) {
    return { entry: line?.entry, expected: undefined };
  }
  if (line === undefined) return { entry: undefined, expected: twin.lines[0]?.bytes };
  const ofKind = twins?.exchanges
    .slice(0, exchanges.length)
    .flatMap((each) => linesOf(each, line.shape.kind));
  const due = inPlaceOf(line, exchange, twin) ?? ofKind?.at(-1);
  return { entry: line.entry, expected: due?.bytes };
}

/** The line of the twin that is of the same kind and comes after as many of its kind. */
function inPlaceOf(line: ShapedLine, exchange: Exchange, twin: Exchange): ShapedLine | undefined {
  const { kind, text } = line.shape;
  if (text === NO_LINE) return twin.lines[exchange.lines.indexOf(line)];
  const before = linesOf(exchange, kind).filter(({ entry }) => entry < line.entry).length;
  const twins = linesOf(twin, kind);
  return twins[before] ?? twins.at(-1);
}

function linesOf(exchange: Exchange, kind: LineShape['kind']): readonly ShapedLine[] {
  return exchange.lines.filter(({ shape }) => shape.kind === kind);
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
