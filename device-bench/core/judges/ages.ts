/** How late readings come. */
import { READING_AGE_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import { measurePace } from './pace.ts';
import { perConversation } from './per-conversation.ts';
import { findFaults, findTickSteps, tickedLines, ticksBetween } from './ticked-lines.ts';
import type { TickFault, Ticked } from './ticked-lines.ts';

/** Readings so near in time tell how far the clocks are apart, in ms. */
const NEAR_MS = 15_000;
/** How far two clocks may run apart meanwhile. */
const DRIFT_SHARE = 0.02;

/** How late a reading came, at least, in ms; `isOld` when that is later than it may. */
export interface Age {
  readonly entry: number;
  readonly ageMs: number;
  readonly isOld: boolean;
}

interface Point extends Ticked {
  /** Counts the jumps of the ticks: readings on two sides of one tell nothing about each other. */
  readonly stretch: number;
}

/** The ages of readings, measured against the reading that came soonest after its ticks. */
export const findAges: (conversation: Conversation) => readonly Age[] = perConversation(
  (conversation) => {
    if (measurePace(conversation).fault !== undefined) return [];
    const points = findPoints(conversation);
    let nearFrom = 0;
    return points.map((point) => {
      const fromMs = point.line.atMs - NEAR_MS;
      while ((points[nearFrom]?.line.atMs ?? fromMs) < fromMs) nearFrom++;
      const ageMs = measureAge(point, points, nearFrom);
      return {
        entry: point.line.entry,
        ageMs,
        isOld: ageMs > READING_AGE_MS_MAX + HOST_ALLOWANCE_MS,
      };
    });
  },
);

function findPoints(conversation: Conversation): readonly Point[] {
  const jumps = new Set(
    findTickSteps(conversation)
      .filter(({ rule }) => rule === 'STL-TICK-002')
      .map(({ entry }) => entry),
  );
  let stretch = 0;
  const all = tickedLines(conversation, 'line').map((ticked, index, ticks) => {
    if (ticks[index - 1]?.boot !== ticked.boot || jumps.has(ticked.line.entry)) stretch++;
    return { ...ticked, stretch };
  });
  return all.filter(({ line }) => line.meant?.kind === 'reading');
}

function measureAge(point: Point, points: readonly Point[], nearFrom: number): number {
  const { line, ticks, stretch } = point;
  let ageMs = 0;
  for (let near = nearFrom; near < points.length; near++) {
    const other = points[near] as Point;
    if (other.line.atMs > line.atMs + NEAR_MS) break;
    if (other.stretch !== stretch) continue;
    const apartMs = line.atMs - other.line.atMs;
    const laterMs = apartMs - ticksBetween(other.ticks, ticks);
    ageMs = Math.max(ageMs, laterMs - Math.abs(apartMs) * DRIFT_SHARE);
  }
  return ageMs;
}

/** The entries of readings that came too late. */
export const findOldReadings: (conversation: Conversation) => ReadonlySet<number> = perConversation(
  (conversation) =>
    new Set(
      findAges(conversation)
        .filter(({ isOld }) => isOld)
        .map(({ entry }) => entry),
    ),
);

/** Everything that is wrong with the order of ticks; readings that are too old are behind for that reason. */
export const findTickFaults: (conversation: Conversation) => readonly TickFault[] = perConversation(
  (conversation) => {
    const old = findOldReadings(conversation);
    if (old.size === 0) return findTickSteps(conversation);
    const lines = tickedLines(conversation, 'line').filter(({ line }) => !old.has(line.entry));
    return [...findFaults(lines), ...findFaults(tickedLines(conversation, 'sync'))];
  },
);
