/** Recordings that tests play and read. */
import { encodeDeviceLine, encodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { DeviceLine, HostCommand } from '../../../firmware-protocol/index.ts';
import type { RecordedLine, Recording } from '../../../simulator/core/recording.ts';

export const RECORDED_SERIAL = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
export const RECORDED_BOOT = '7F3A';

/** A line of the device, seen at `ms`. */
export function said(ms: number, line: DeviceLine | string): RecordedLine {
  const bytes = typeof line === 'string' ? line : encodeDeviceLine(line);
  return { ms, firstMs: ms, from: 'device', bytes };
}

/** A command of the host, sent at `ms`. */
export function asked(ms: number, tag: string, command: HostCommand): RecordedLine {
  return { ms, firstMs: ms, from: 'host', bytes: encodeHostCommand(tag, command) };
}

/** A reading that was measured 8 ms before it was seen. */
export function reading(ms: number, seq: number, boot: string = RECORDED_BOOT): RecordedLine {
  const ticks = ms - 8;
  return said(ms, { kind: 'reading', boot, seq, ticks, distance: 200 + seq, flags: 0 });
}

/** What a device answers to ID?. */
export function introduced(ms: number, tag: string, boot: string = RECORDED_BOOT): RecordedLine {
  const identity = { model: 'REAL-2', serialNumber: RECORDED_SERIAL, firmware: '3.1' };
  return said(ms, { kind: 'id', tag, boot, ...identity });
}

/** A recording of 57,600 Bd. */
export function recordingOf(lines: readonly RecordedLine[], durationMs?: number): Recording {
  return {
    header: { baud: 57_600, serial: RECORDED_SERIAL, model: 'REAL-2', firmware: '3.1' },
    lines,
    durationMs: durationMs ?? lines.at(-1)?.ms ?? 0,
    complete: true,
  };
}

/** A device that boots, is introduced and started, and then sends a reading every 20 ms. */
export function streamed(readings: number): Recording {
  return recordingOf([
    said(100, { kind: 'boot', boot: RECORDED_BOOT, why: 'PWR' }),
    asked(105, '1', { kind: 'identify' }),
    introduced(120, '1'),
    asked(121, '2', { kind: 'capabilities' }),
    said(130, { kind: 'caps', tag: '2', maxRateHz: 80, options: ['SYNC', 'REBOOT', 'PPM300'] }),
    asked(131, '3', { kind: 'sync', hostMs: 131 }),
    said(140, { kind: 'synced', tag: '3', hostMs: 131, rxTicks: 132, txTicks: 132 }),
    asked(141, '4', { kind: 'start', rateHz: 50 }),
    said(150, { kind: 'started', tag: '4', rateHz: 50 }),
    ...Array.from({ length: readings }, (_, seq) => reading(200 + 20 * seq, seq)),
  ]);
}
