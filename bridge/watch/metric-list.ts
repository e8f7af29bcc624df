/** Each metric of a bridge: its name without the prefix, what it says, and how it follows from the status. */
import type { BridgeStatus, BrokerStatus, Counts, DeviceStatus } from './bridge-status.ts';
import type { DeviceLabels } from './device-labels.ts';

/** Labels and the value under them. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** How one metric is made. */
export interface MetricSpec {
  /** Follows `stedi_bridge_`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly labels: readonly string[];
  readonly values: (status: BridgeStatus, devices: DeviceLabels) => readonly Sample[];
}

const SPOOL_STATES: readonly BridgeStatus['spool']['state'][] = ['ok', 'full', 'failed'];

/** All of them, but for two histograms and what the runtime tells about itself. */
export const METRICS: readonly MetricSpec[] = [
  counter('records_total', 'Rows taken into the spool', ['table'], ({ records }) =>
    under('table', records),
  ),
  counter('readings_landed_total', 'Rows in objects that are stored', ['table'], ({ storage }) =>
    under('table', storage.rows),
  ),
  counter(
    'quarantined_total',
    'Messages and lines that could not be taken as records, and damage of the spool',
    ['table', 'reason'],
    ({ quarantined }) => quarantined.map(({ table, reason, count }) => [{ table, reason }, count]),
  ),
  counter(
    'duplicates_total',
    'What came again and did not land again, or came again with other contents and did',
    ['kind'],
    ({ duplicates }) => under('kind', duplicates),
  ),
  counter(
    'ignored_total',
    'MQTT messages taken that hold nothing to land: status, batches without samples',
    ['kind'],
    ({ ignored }) => under('kind', ignored),
  ),
  counter('messages_total', 'MQTT messages taken', ['source'], ({ messages }) =>
    under('source', messages),
  ),
  counter('refused_total', 'What the embedded broker refused', ['reason'], ({ listener }) =>
    under('reason', listener?.refused ?? {}),
  ),
  gauge('connections', 'Open MQTT connections', ['source'], ({ listener, broker }) => [
    ...(listener ? [[{ source: 'embedded' }, listener.connections] as const] : []),
    ...(broker ? [[{ source: 'external' }, Number(broker.isUp)] as const] : []),
  ]),
  gauge('broker_up', 'Whether the subscription at the external broker is served', [], (status) =>
    ofBroker(status, ({ isUp }) => Number(isUp)),
  ),
  gauge(
    'broker_refused',
    'Whether the external broker answers and refuses the bridge',
    [],
    (status) => ofBroker(status, ({ isRefused }) => Number(isRefused)),
  ),
  counter(
    'broker_sessions_lost_total',
    'Times that the external broker had forgotten the session, and what waited in it',
    [],
    (status) => ofBroker(status, ({ sessionsLost }) => sessionsLost),
  ),
  counter(
    'broker_oversized_total',
    'Messages of the external broker of which only the beginning was kept',
    [],
    (status) => ofBroker(status, ({ oversized }) => oversized),
  ),
  counter(
    'broker_redelivered_total',
    'Messages that the external broker had delivered before (DUP flag)',
    [],
    (status) => ofBroker(status, ({ redelivered }) => redelivered),
  ),
  gauge(
    'broker_unacknowledged',
    'Messages of the external broker that are not acknowledged yet',
    [],
    (status) => ofBroker(status, ({ unacknowledged }) => unacknowledged),
  ),
  gauge('storage_up', 'Whether the last attempt to store an object succeeded', [], (status) => [
    [{}, Number(status.storage.isUp)],
  ]),
  counter('objects_total', 'Objects stored', ['table'], ({ storage }) =>
    under('table', storage.objects),
  ),
  counter(
    'spool_damage_total',
    'Quarantine lines about parts of the spool that could not be read',
    [],
    ({ storage }) => [[{}, storage.damageLines]],
  ),
  counter('put_failures_total', 'Attempts to store an object that failed', [], ({ storage }) => [
    [{}, storage.failures],
  ]),
  gauge('spool_bytes', 'Bytes of the spool that are not landed', [], ({ spool }) => [
    [{}, spool.bytes],
  ]),
  gauge('spool_unlanded_records', 'Rows that are durable and not landed', [], ({ spool }) => [
    [{}, spool.unlandedRows],
  ]),
  gauge(
    'spool_oldest_unlanded_seconds',
    'Age of the oldest row that is not landed',
    [],
    (status) => [[{}, oldestUnlandedMs(status) / 1000]],
  ),
  gauge('spool_state', '1 for the state that the spool is in', ['state'], ({ spool }) =>
    SPOOL_STATES.map((state) => [{ state }, Number(spool.state === state)]),
  ),
  gauge('pending_bytes', 'Bytes taken that are not durable yet', [], ({ spool }) => [
    [{}, spool.pendingBytes],
  ]),
  gauge('serial_ports', 'Serial ports by state', ['state'], ({ serial }) =>
    under('state', serial?.ports ?? {}),
  ),
  counter(
    'serial_missing_total',
    'Readings that the sequence numbers of a device say are missing',
    ['device'],
    (status, devices) =>
      byDevice(
        status,
        devices,
        ({ missing }) => missing,
        (first, second) => first + second,
      ),
  ),
  counter(
    'discarded_bytes_total',
    'Bytes that were too much of a line or message, or came while the store was full',
    [],
    (status) => [[{}, status.discardedBytes]],
  ),
  gauge(
    'device_clock_offset_ms',
    'How far the clock of a device has moved ahead of this machine since it was first fitted',
    ['device'],
    (status, devices) => byDevice(status, devices, ({ clockOffsetMs }) => clockOffsetMs, further),
  ),
  gauge(
    'device_clock_drift_ppm',
    'How much faster the clock of a device runs than that of this machine',
    ['device'],
    (status, devices) => byDevice(status, devices, ({ clockDriftPpm }) => clockDriftPpm, further),
  ),
  counter('clock_steps_total', 'Times that the clock of this machine was set', [], (status) => [
    [{}, status.clockSteps],
  ]),
];

/** Age of the oldest row that is not landed, in ms; 0 when all are. */
export function oldestUnlandedMs({ atMs, spool }: Pick<BridgeStatus, 'atMs' | 'spool'>): number {
  return spool.oldestUnlandedMs === undefined ? 0 : Math.max(0, atMs - spool.oldestUnlandedMs);
}

function counter(
  name: string,
  help: string,
  labels: readonly string[],
  values: MetricSpec['values'],
): MetricSpec {
  return { name, help, type: 'counter', labels, values };
}

function gauge(
  name: string,
  help: string,
  labels: readonly string[],
  values: MetricSpec['values'],
): MetricSpec {
  return { name, help, type: 'gauge', labels, values };
}

function ofBroker({ broker }: BridgeStatus, value: (broker: BrokerStatus) => number): Sample[] {
  return broker === undefined ? [] : [[{}, value(broker)]];
}

function under(label: string, counts: Counts): Sample[] {
  return Object.entries(counts).map(([name, count]) => [{ [label]: name }, count]);
}

function byDevice(
  { serial }: BridgeStatus,
  labels: DeviceLabels,
  value: (device: DeviceStatus) => number | undefined,
  join: (first: number, second: number) => number,
): Sample[] {
  const known = (serial?.devices ?? []).flatMap((each): [string, number][] => {
    const known = value(each);
    return known === undefined ? [] : [[each.device, known]];
  });
  return [...labels.gather(known, join)].map(([device, value]) => [{ device }, value]);
}

/** Of the devices that share a label, the worst is told. */
function further(first: number, second: number): number {
  return Math.abs(second) > Math.abs(first) ? second : first;
}
