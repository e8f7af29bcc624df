/** A device's clock, and SYNC exchanges with it, without any line in between. */
import type { SyncSample } from '../../../bridge/core/clock-fit.ts';

/** A clock that counted `startTicks` at `bootMs` (epoch ms, fractions allowed) and runs `driftPpm` too fast. */
export interface TickingDevice {
  readonly bootMs: number;
  readonly driftPpm: number;
  readonly startTicks: number;
}

/** What the device's counter shows at a host time: whole ms, uint32. */
export function ticksAt(device: TickingDevice, hostMs: number): number {
  const { bootMs, driftPpm, startTicks } = device;
  return Math.floor(startTicks + (hostMs - bootMs) * (1 + driftPpm / 1e6)) % 2 ** 32;
}

/** How a burst of exchanges is held; `latencyMs` is drawn anew for each way of each exchange. */
export interface BurstOptions {
  readonly startMs: number;
  readonly exchanges: number;
  readonly latencyMs: () => number;
}

/** A burst as a bridge holds it: 25.37 ms between an answer and the next command. */
export function exchangeBurst(device: TickingDevice, options: BurstOptions): SyncSample[] {
  let sentMs = options.startMs;
  return Array.from({ length: options.exchanges }, () => {
    const readMs = sentMs + options.latencyMs();
    const receivedMs = readMs + options.latencyMs();
    const ticks = ticksAt(device, readMs);
    const sample = { sentMs, receivedMs, rxTicks: ticks, txTicks: ticks };
    sentMs = receivedMs + 25.37;
    return sample;
  });
}
