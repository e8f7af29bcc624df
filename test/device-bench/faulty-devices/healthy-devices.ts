import { drawChance, drawInteger, drawOne } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/index.ts';
import type { VirtualBoardOptions } from '../../../simulator/index.ts';

const BAUD_RATES = [9_600, 19_200, 38_400, 57_600, 115_200];
/** The drift that boards state. */
const DRIFT_PPM_MAX = 200;
/** What a USB adapter may hold bytes back for, and what a loaded host may, in ms. */
const LATENCY_MS = { usb: 16, loaded: 90 };

/** How soon the host sees what has arrived: at once, or behind an adapter and other work. */
export type Host = 'prompt' | 'late';

/** Draws a board that keeps the protocol in one of its legal variations. The same seed gives the same board. */
export function drawHealthyBoard(seed: number, host: Host): Omit<VirtualBoardOptions, 'timers'> {
  const streams = seededStreams(seed);
  const random = streams('healthy-board');
  const isStepwise = drawChance(random, 0.3);
  return {
    streams,
    baudRate: drawOne(random, BAUD_RATES),
    driftPpm: (2 * random.next() - 1) * DRIFT_PPM_MAX,
    lineEnd: drawChance(random, 0.5) ? '\n' : '\r\n',
    romGarbage: drawChance(random, 0.3),
    ...(host === 'late' && { latencyMsMax: drawLatencyMs(random) }),
    ...(drawChance(random, 0.5) && { bootDelayMs: drawInteger(random, 1, 2_300) }),
    ...(drawChance(random, 0.3) && { textEveryMs: drawInteger(random, 300, 3_000) }),
    ...(isStepwise && { stepPeriodMs: drawInteger(random, 300, 900) }),
  };
}

function drawLatencyMs(random: Random): number {
  return random.next() * (drawChance(random, 0.2) ? LATENCY_MS.loaded : LATENCY_MS.usb);
}
