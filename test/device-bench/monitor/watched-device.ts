/** What a monitor has heard, for tests. */
import { NEW_MONITOR, stepMonitor } from '../../../device-bench/monitor/monitor-state.ts';
import type { MonitorEvent, MonitorState } from '../../../device-bench/monitor/monitor-state.ts';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../../firmware-protocol/index.ts';

export const SERIAL = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';

/** A line that was heard at `ms`. */
export function heard(ms: number, line: DeviceLine | string): MonitorEvent {
  const text = typeof line === 'string' ? line : encodeDeviceLine(line).slice(0, -1);
  return { kind: 'line', ms, line: text };
}

/** A reading that was heard 10 ms after it was measured. */
export function heardReading(
  seq: number,
  change: { boot?: string; distance?: number } = {},
): MonitorEvent {
  const ticks = 1_000 + 500 * seq;
  const { boot = '7F3A', distance = 200 + 10 * (seq % 5) } = change;
  return heard(ticks + 10, { kind: 'reading', boot, seq, ticks, distance, flags: 0 });
}

/** What a device answers to ID?. */
export const INTRODUCTION: MonitorEvent = heard(900, {
  kind: 'id',
  tag: '1',
  model: 'ST-1',
  serialNumber: SERIAL,
  firmware: '1.0.0',
  boot: '7F3A',
});

/** The state after some events. */
export function after(events: readonly MonitorEvent[]): MonitorState {
  return events.reduce(stepMonitor, NEW_MONITOR);
}
