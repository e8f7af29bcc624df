/** Where a device says something else than its virtual twin, to which the same was said. */
import { ANSWER_MS_MAX } from '../../firmware-protocol/index.ts';
import { cutIntoActs } from './exchanges.ts';
import type { Exchange, PlayedAct, ShapedLine } from './exchanges.ts';
import type { Departure, Violation } from './kit-report.ts';
import type { LineShape } from './line-shape.ts';
import type { Transcript } from './transcript.ts';

type Difference = Omit<Departure, 'act'>;

/**
 * Compares the act of a violation with that of the twin, up to the violation, and gives the first line that differs in
 * more than times, counters and boot ids. Where none does, as with a rate that is wrong, it gives the line of the
 * violation and the one that the twin said in its place. `undefined` when there was no act yet.
 */
export function findDeparture(
  device: Transcript,
  twin: Transcript,
  violation: Violation,
): Departure | undefined {
  const act = cutIntoActs(device).findLast(({ entry }) => entry <= violation.entry);
  if (act === undefined) return undefined;
  const twins = cutIntoActs(twin).find(
    ({ name, ordinal }) => name === act.name && ordinal === act.ordinal,
  );
  const exchanges = act.exchanges.filter(({ entry }) => entry <= violation.entry);
  const found =
    findDifference(exchanges, twins?.exchanges ?? []) ?? findInPlace(exchanges, twins, violation);
  return { act: act.name, ...found };
}

function findDifference(
  exchanges: readonly Exchange[],
  twins: readonly Exchange[],
): Difference | undefined {
  for (const [index, exchange] of exchanges.entries()) {
    const twin = twins[index];
    // Where the kit said something else to the twin, it had heard something else before.
    if (twin === undefined || twin.sent !== exchange.sent) return undefined;
    const difference =
      findOddLine(exchange, twin) ??
      compareAnswers(exchange, twin) ??
      compareReadings(exchange, twin) ??
      compareHeartbeats(exchange, twin);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function findOddLine(exchange: Exchange, twin: Exchange): Difference | undefined {
  const odd = exchange.lines.find(({ shape }) => shape.isOdd);
  return odd && { entry: odd.entry, expected: inPlaceOf(odd, exchange, twin)?.bytes };
}

function compareAnswers(exchange: Exchange, twin: Exchange): Difference | undefined {
  const answers = linesOf(exchange, 'answer');
  const twins = linesOf(twin, 'answer');
  for (const [index, { entry, atMs, shape }] of answers.entries()) {
    const due = twins[index];
    if (due === undefined) return { entry, expected: undefined };
    const lateMs = atMs - exchange.atMs - (due.atMs - twin.atMs);
    if (shape.text !== due.shape.text || lateMs > ANSWER_MS_MAX) {
      return { entry, expected: due.bytes };
    }
  }
  const missing = twins[answers.length];
  return missing && { entry: undefined, expected: missing.bytes };
}

/** One reading more or less may be a matter of time; where one streams and the other does not, it is none. */
function compareReadings(exchange: Exchange, twin: Exchange): Difference | undefined {
  const own = readingsBetweenAnswers(exchange);
  const twins = readingsBetweenAnswers(twin);
  for (const [index, readings] of own.entries()) {
    const due = twins[index] ?? [];
    const [, second] = readings;
    if (second !== undefined && due.length === 0)
      return { entry: second.entry, expected: undefined };
    if (readings.length === 0 && due.length > 1) {
      return { entry: undefined, expected: due[0]?.bytes };
    }
    const [first, dueFirst] = [readings[0], due[0]];
    if (first && dueFirst && isFirst(first) && first.shape.text !== dueFirst.shape.text) {
      return { entry: first.entry, expected: dueFirst.bytes };
    }
  }
  return undefined;
}

function compareHeartbeats(exchange: Exchange, twin: Exchange): Difference | undefined {
  const missing = linesOf(twin, 'heartbeat')[linesOf(exchange, 'heartbeat').length];
  return missing && { entry: undefined, expected: missing.bytes };
}

/** The line of the violation, and that of the twin in the same place. */
function findInPlace(
  exchanges: readonly Exchange[],
  twins: PlayedAct | undefined,
  violation: Violation,
): Difference {
  const exchange = exchanges.at(-1);
  const twin = twins?.exchanges[exchanges.length - 1];
  const line = exchange?.lines.find(({ entry }) => entry === violation.entry);
  if (exchange === undefined || twin === undefined) {
    return { entry: line?.entry, expected: undefined };
  }
  if (line === undefined) return { entry: undefined, expected: twin.lines[0]?.bytes };
  return { entry: line.entry, expected: inPlaceOf(line, exchange, twin)?.bytes };
}

/** The line of the twin that is of the same kind and comes after as many of its kind. */
function inPlaceOf(line: ShapedLine, exchange: Exchange, twin: Exchange): ShapedLine | undefined {
  const { kind } = line.shape;
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

function isFirst({ shape }: ShapedLine): boolean {
  return shape.text.includes(' first ');
}
