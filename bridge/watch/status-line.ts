/** One line that says how a bridge is, for a terminal. */
import type { BridgeStatus, Counts, DeviceStatus } from './bridge-status.ts';
import { plural } from '../wording.ts';
import { oldestUnlandedMs } from './metric-list.ts';

const SEPARATOR = ' | ';
const REASONS_SHOWN = 3;
const DEVICES_SHOWN = 3;
/** As many characters of a serial number as tell the trainers of a room apart. */
const SERIAL_SHOWN = 4;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/**
 * The state as one line of at most `width` plain ASCII characters. Rates are those since `before`. What is most urgent
 * stands first; parts that find no room are left out whole.
 */
export function renderStatusLine(
  status: BridgeStatus,
  before: BridgeStatus,
  width: number,
): string {
  let line = '';
  for (const part of [...describeTrouble(status), ...describeFlow(status, before)]) {
    const longer = line === '' ? part : `${line}${SEPARATOR}${part}`;
    if (longer.length <= width) line = longer;
  }
  return line;
}

function describeTrouble({ spool, storage, broker, listener, serial }: BridgeStatus): string[] {
  const absent = serial?.absent.length ?? 0;
  return [
    ...(spool.state === 'ok' ? [] : [`SPOOL ${spool.state.toUpperCase()}`]),
    ...(storage.isUp ? [] : ['STORAGE AWAY']),
    ...(broker?.isUp === false ? ['BROKER AWAY'] : []),
    ...(listener?.isOpen === false ? ['NOT LISTENING'] : []),
    ...(absent > 0 ? [`${plural(absent, 'port')} away`.toUpperCase()] : []),
  ];
}

function describeFlow(status: BridgeStatus, before: BridgeStatus): string[] {
  const { spool, broker, listener, serial, storage } = status;
  const seconds = (status.atMs - before.atMs) / 1000;
  const rate = (now: number, then: number): string =>
    count(seconds > 0 ? Math.max(0, now - then) / seconds : 0);
  const readings = rate(sumReadings(status.records), sumReadings(before.records));
  return [
    `${rate(sum(status.messages), sum(before.messages))} msg/s`,
    `${readings} readings/s`,
    `lag ${count(spool.unlandedRows)}`,
    `oldest ${age(oldestUnlandedMs(status))}`,
    `spool ${bytes(spool.bytes)}`,
    describeQuarantine(status),
    ...(listener?.isOpen ? [plural(listener.connections, 'client')] : []),
    ...(broker?.isUp ? ['broker up'] : []),
    ...(storage.isUp ? ['storage up'] : []),
    ...(serial
      ? [plural(serial.ports['open'] ?? 0, 'port'), ...describeClocks(serial.devices)]
      : []),
  ];
}

/** What went to quarantine was no reading. */
function sumReadings(records: BridgeStatus['records']): number {
  return (records.accelerometer_landing ?? 0) + (records.step_trainer_landing ?? 0);
}

function describeQuarantine({ quarantined }: BridgeStatus): string {
  const byReason = new Map<string, number>();
  for (const { reason, count: more } of quarantined) {
    byReason.set(reason, (byReason.get(reason) ?? 0) + more);
  }
  const ranked = [...byReason].toSorted(([, first], [, second]) => second - first);
  const total = ranked.reduce((all, [, one]) => all + one, 0);
  if (total === 0) return 'quarantined 0';
  const shown = ranked.slice(0, REASONS_SHOWN).map(([reason, one]) => `${reason} ${count(one)}`);
  const rest = ranked.length > REASONS_SHOWN ? ', ...' : '';
  return `quarantined ${count(total)} (${shown.join(', ')}${rest})`;
}

/** The clocks that are furthest off. */
function describeClocks(devices: readonly DeviceStatus[]): string[] {
  const off = devices
    .flatMap(({ device, clockOffsetMs }) =>
      clockOffsetMs === undefined ? [] : [{ device, clockOffsetMs }],
    )
    .toSorted((first, second) => Math.abs(second.clockOffsetMs) - Math.abs(first.clockOffsetMs))
    .slice(0, DEVICES_SHOWN)
    .map(({ device, clockOffsetMs }) => {
      const sign = clockOffsetMs < 0 ? '-' : '+';
      return `${device.slice(0, SERIAL_SHOWN)} ${sign}${Math.abs(clockOffsetMs).toFixed(1)} ms`;
    });
  return off.length > 0 ? [`clocks ${off.join(', ')}`] : [];
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function bytes(value: number): string {
  let unit = 0;
  let scaled = value;
  while (scaled >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(1)} ${UNITS[unit]}`;
}

function age(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h`;
}
