/** Where a device says the same as its twin at other times. */
import { linesOf } from './exchanges.ts';
import type { Exchange, PlayedAct, ShapedLine } from './exchanges.ts';
import type { Departure, DepartureTimes, Violation } from './kit-report.ts';

/** Answers that are less apart differ by chance, in ms. */
const ANSWER_APART_MS = 5;
/** Rates that are less apart differ by chance. */
const RATE_APART_SHARE = 0.02;

/** Compares the times of the answer, or of the readings, that a violation is about; nothing where they are the same. */
export function compareTimes(
  { exchanges }: PlayedAct,
  twins: PlayedAct | undefined,
  violation: Violation,
): Omit<Departure, 'act'> | undefined {
  const exchange = exchanges.at(-1);
  const twin = twins?.exchanges[exchanges.length - 1];
  if (exchange === undefined || twin === undefined || twin.sent !== exchange.sent) return undefined;
  const [answer] = linesOf(exchange, 'answer');
  const [due] = linesOf(twin, 'answer');
  const isAboutAnswer = violation.entry === exchange.entry || violation.entry === answer?.entry;
  if (isAboutAnswer && answer !== undefined && due !== undefined) {
    return compareAnswerTimes(exchange, twin, answer, due);
  }
  return comparePaces(exchanges, twins?.exchanges.slice(0, exchanges.length) ?? [], violation);
}

/** The times of two answers to the same command. */
export function compareAnswerTimes(
  exchange: Exchange,
  twin: Exchange,
  answer: ShapedLine,
  due: ShapedLine,
): Omit<Departure, 'act'> | undefined {
  const deviceMs = answer.atMs - exchange.atMs;
  const twinMs = due.atMs - twin.atMs;
  if (Math.abs(deviceMs - twinMs) <= ANSWER_APART_MS) return undefined;
  const times = { what: 'from the command to its answer', deviceMs, twinMs } as const;
  return { entry: answer.entry, expected: due.bytes, times };
}

function comparePaces(
  exchanges: readonly Exchange[],
  twins: readonly Exchange[],
  violation: Violation,
): Omit<Departure, 'act'> | undefined {
  const start = exchanges.findLastIndex(({ sent }) => sent?.includes('START') === true);
  const readings = exchanges.slice(Math.max(0, start)).flatMap((each) => linesOf(each, 'reading'));
  const line = readings.find(({ entry }) => entry === violation.entry);
  const due = twins.slice(Math.max(0, start)).flatMap((each) => linesOf(each, 'reading'));
  const [deviceMs, twinMs] = [paceOf(readings), paceOf(due)];
  const isSame = Math.abs(deviceMs - twinMs) <= twinMs * RATE_APART_SHARE;
  if (line === undefined || isSame || Number.isNaN(deviceMs + twinMs)) return undefined;
  const times: DepartureTimes = { what: 'from reading to reading', deviceMs, twinMs };
  return { entry: line.entry, expected: due.at(-1)?.bytes, times };
}

/** The mean time from one reading to the next; `NaN` where there are not two. */
function paceOf(readings: readonly ShapedLine[]): number {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < 2) return Number.NaN;
  return (last.atMs - first.atMs) / (readings.length - 1);
}
