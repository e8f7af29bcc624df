/** How late readings come. */
import { READING_AGE_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import { measurePace } from './pace.ts';
import { perConversation } from './per-conversation.ts';
import { findFaults, findTickSteps, tickedLines, ticksBetween } from './ticked-lines.ts';
import type { TickFault, Ticked } from './ticked-lines.ts';

/** How far two clocks may run apart, as a share of the time. */
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
    const before = measureAges(points);
    const behind = measureAges(points.toReversed()).toReversed();
    return points.map(({ line }, index) => {
      const ageMs = Math.max(before[index] ?? 0, behind[index] ?? 0);
      const isOld = ageMs > READING_AGE_MS_MAX + HOST_ALLOWANCE_MS;
      return { entry: line.entry, ageMs, isOld };
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

/**
 * How much later each reading came, against its ticks, than the soonest of those in front of it in `points`. What one
 * step adds is known from the step alone, so that one pass is enough.
 */
function measureAges(points: readonly Point[]): readonly number[] {
  const ages: number[] = [];
  points.forEach((point, index) => {
    const last = points[index - 1];
    if (last === undefined || last.stretch !== point.stretch) {
      ages.push(0);
      return;
    }
    const apartMs = point.line.atMs - last.line.atMs;
    const laterMs = apartMs - ticksBetween(last.ticks, point.ticks);
    ages.push(Math.max(0, (ages.at(-1) ?? 0) + laterMs - Math.abs(apartMs) * DRIFT_SHARE));
  });
  return ages;
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
