import { VirtualBoard, VirtualTime } from '../../simulator/index.ts';
import type { VirtualBoardOptions } from '../../simulator/index.ts';
import type { DeviceLink } from '../core/device-link.ts';
import { startKit } from '../core/kit.ts';
import type { KitOptions } from '../core/kit-options.ts';
import type { KitReport } from '../core/kit-report.ts';

/** Virtual time that passes between two looks at whether the kit has ended, in ms. */
const SLICE_MS = 1_000;

/** A virtual board, less the clock that it runs on. */
export type BoardUnderTest = Omit<VirtualBoardOptions, 'timers'>;

/** What the kit is asked to do, and whether its end of the line has the reset line; it has if not said otherwise. */
export interface KitTask extends Pick<KitOptions, 'level' | 'seed'> {
  readonly canReset?: boolean;
}

/** Runs the kit on a virtual board until its end. Takes no time but that of the computation. */
export function runOnBoard(board: BoardUnderTest, task: KitTask): KitReport {
  const { canReset = true, ...options } = task;
  const timers = new VirtualTime(0);
  const device = new VirtualBoard({ ...board, timers });
  const reports: KitReport[] = [];
  startKit(canReset ? device : withoutReset(device), {
    ...options,
    onDone: (report) => reports.push(report),
  });
  // The kit has an end of its own on this clock, so this loop has one, too.
  for (let untilMs = SLICE_MS; ; untilMs += SLICE_MS) {
    timers.run(untilMs, Number.POSITIVE_INFINITY);
    const [report] = reports;
    if (report !== undefined) return report;
  }
}

function withoutReset(device: VirtualBoard): DeviceLink {
  return {
    timers: device.timers,
    byteMs: device.byteMs,
    write: (bytes) => device.write(bytes),
    onData: (listener) => device.onData(listener),
    onClose: (listener) => device.onClose(listener),
  };
}
