/** How fast the ticks of a device pass. */
import { TICK_RATE_TOLERANCE } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import { findTickSteps, tickedLines, ticksBetween } from './ticked-lines.ts';
import type { Ticked } from './ticked-lines.ts';
import { perConversation } from './per-conversation.ts';

/** What is added to the spread of arrivals: whole ticks, and bytes of other lines in front. */
const MARGIN_MS = 10;
/** Lines that a pace is measured by at least. */
const LINES_MIN = 3;
/** From this span on a pace says something, in ms. */
const SPAN_MS_MIN = 1_000;
/** A step of the ticks by this much more than time has passed is a jump. */
const JUMP_FACTOR = 3_000;

/** The pace that was measured over the longest stretches, and what is wrong with it. */
export interface Pace {
  readonly chances: number;
  readonly fault: Violation | undefined;
}

interface Point {
  readonly entry: number;
  readonly atMs: number;
  readonly ticks: number;
}

/** Measures how fast the ticks of readings and heartbeats pass, on each boot. */
export const measurePace: (conversation: Conversation) => Pace = perConversation((conversation) => {
  const stretches = findStretches(conversation).filter(
    (points) => points.length >= LINES_MIN && span(points) >= SPAN_MS_MIN,
  );
  const faults = stretches.map(judgeStretch).filter((fault) => fault !== undefined);
  return { chances: stretches.length, fault: faults[0] };
});

/** Lines of one boot between which the ticks did not jump, with unwrapped ticks. */
function findStretches(conversation: Conversation): readonly Point[][] {
  const stretches: Point[][] = [];
  let before: Ticked | undefined;
  let ticks = 0;
  for (const ticked of dropOutliers(conversation)) {
    const isJump = before === undefined || isJumpBetween(before, ticked);
    ticks = before === undefined || isJump ? 0 : ticks + ticksBetween(before.ticks, ticked.ticks);
    if (isJump) stretches.push([]);
    stretches.at(-1)?.push({ entry: ticked.line.entry, atMs: ticked.line.atMs, ticks });
    before = ticked;
  }
  return stretches;
}

function isJumpBetween(before: Ticked, after: Ticked): boolean {
  const step = ticksBetween(before.ticks, after.ticks);
  const elapsedMs = after.line.atMs - before.line.atMs + MARGIN_MS;
  return before.boot !== after.boot || step < 0 || step > JUMP_FACTOR * elapsedMs;
}

/** Leaves out single values that went back: they tell nothing about the others. */
function dropOutliers(conversation: Conversation): readonly Ticked[] {
  const odd = new Set(
    findTickSteps(conversation)
      .filter(({ rule }) => rule === 'STL-TICK-001')
      .map(({ entry }) => entry),
  );
  // Readings of an overload are late for a reason.
  const lines = tickedLines(conversation, 'line').filter(({ line }) => line.act !== OVERLOAD_ACT);
  return lines.filter(({ line, boot }, index) => {
    const before = lines[index - 1];
    return !odd.has(line.entry) || before?.boot !== boot || odd.has(before.line.entry);
  });
}

function span(points: readonly Point[]): number {
  return (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
}

/** The share of the span that the neighbours of both ends are away from the other end, above 0. */
function shownShare(points: readonly Point[]): number {
  const fromFirst = (points.at(-2)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
  const fromLast = (points.at(-1)?.atMs ?? 0) - (points[1]?.atMs ?? 0);
  return Math.max(1, Math.min(fromFirst, fromLast)) / span(points);
}

function judgeStretch(points: readonly Point[]): Violation | undefined {
  const first = points[0] as Point;
  const last = points.at(-1) as Point;
  const pace = (last.ticks - first.ticks) / span(points);
  // Arrivals are late by as much as they scatter about a straight line, and no more.
  const offsets = points.map(
    ({ atMs, ticks }) => atMs - first.atMs - (ticks - first.ticks) / (pace || 1),
  );
  // An end that came late tilts the line with it, so that of its delay only the share of its neighbour shows.
  const spreadMs = (Math.max(...offsets) - Math.min(...offsets)) / shownShare(points);
  const uncertainty = pace === 0 ? 0 : Math.min(1, (spreadMs + MARGIN_MS) / span(points));
  if (Math.abs(pace - 1) - uncertainty * Math.max(1, pace) <= TICK_RATE_TOLERANCE) return undefined;
  const message =
    `${(pace * 1000).toFixed(1)} ticks passed per second, measured over ${(span(points) / 1000).toFixed(1)} s` +
    ` with an uncertainty of ${(uncertainty * 100).toFixed(2)} %; 1000 are due.`;
  return { entry: last.entry, message };
}
