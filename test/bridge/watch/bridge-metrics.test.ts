import { beforeEach, expect, test } from 'vitest';
import { BridgeMetrics } from '../../../bridge/watch/bridge-metrics.ts';
import type { BridgeStatus, DeviceStatus } from '../../../bridge/watch/bridge-status.ts';
import { METRICS } from '../../../bridge/watch/metric-list.ts';
import { QUIET } from './quiet-status.ts';

let status: BridgeStatus = QUIET;
beforeEach(() => {
  status = QUIET;
});

/** The values of one metric, by their labels as they are written. */
async function valuesOf(metrics: BridgeMetrics, name: string): Promise<Record<string, number>> {
  const lines = (await metrics.render(status)).split('\n');
  const found = lines.flatMap((line): [string, number][] => {
    const [, labels = '', value] =
      new RegExp(`^stedi_bridge_${name}(?:\\{(.*)\\})? (\\S+)$`).exec(line) ?? [];
    return value === undefined ? [] : [[labels, Number(value)]];
  });
  return Object.fromEntries(found);
}

function device(name: string, change: Partial<DeviceStatus> = {}): DeviceStatus {
  return { device: name, clockOffsetMs: 1, clockDriftPpm: 20, missing: 1, ...change };
}

test('each metric is there with its help and type, from the first look on', async () => {
  const text = await new BridgeMetrics().render(status);
  for (const { name, help, type } of METRICS) {
    expect(text).toContain(
      `# HELP stedi_bridge_${name} ${help}\n# TYPE stedi_bridge_${name} ${type}\n`,
    );
  }
  expect(text).toContain('# TYPE stedi_bridge_sync_seconds histogram');
  expect(text).toContain('# TYPE stedi_bridge_ack_seconds histogram');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test('each look gives what is so now, and two looks count nothing twice', async () => {
  const metrics = new BridgeMetrics();
  status = {
    ...QUIET,
    records: { accelerometer_landing: 150, 'quarantine/accelerometer_landing': 2 },
    quarantined: [{ table: 'quarantine/accelerometer_landing', reason: 'not-json', count: 2 }],
    spool: { ...QUIET.spool, state: 'full', oldestUnlandedMs: QUIET.atMs - 1_500 },
    storage: { ...QUIET.storage, isUp: false, failures: 3 },
    listener: { isOpen: true, connections: 20, refused: { 'too-large': 4 } },
    broker: { ...QUIET.broker!, isUp: false, failure: 'The broker b:1 is away.' },
  };
  for (let look = 0; look < 2; look++) {
    expect(await valuesOf(metrics, 'records_total')).toEqual({
      'table="accelerometer_landing"': 150,
      'table="quarantine/accelerometer_landing"': 2,
    });
    expect(await valuesOf(metrics, 'quarantined_total')).toEqual({
      'table="quarantine/accelerometer_landing",reason="not-json"': 2,
    });
    expect(await valuesOf(metrics, 'spool_state')).toEqual({
      'state="ok"': 0,
      'state="full"': 1,
      'state="failed"': 0,
    });
    expect(await valuesOf(metrics, 'spool_oldest_unlanded_seconds')).toEqual({ '': 1.5 });
    expect(await valuesOf(metrics, 'storage_up')).toEqual({ '': 0 });
    expect(await valuesOf(metrics, 'put_failures_total')).toEqual({ '': 3 });
    expect(await valuesOf(metrics, 'refused_total')).toEqual({ 'reason="too-large"': 4 });
    expect(await valuesOf(metrics, 'connections')).toEqual({
      'source="embedded"': 20,
      'source="external"': 0,
    });
  }
  status = QUIET;
  expect(await valuesOf(metrics, 'records_total')).toEqual({});
  expect(await valuesOf(metrics, 'storage_up')).toEqual({ '': 1 });
});

test('a broker that refuses, forgets and repeats is told apart from one that is away', async () => {
  const metrics = new BridgeMetrics();
  const counts = { sessionsLost: 2, oversized: 3, redelivered: 4, unacknowledged: 5 };
  const failure = 'The broker b:1 refuses.';
  status = { ...QUIET, broker: { isUp: false, isRefused: true, failure, ...counts } };
  for (const [name, value] of [
    ['up', 0],
    ['refused', 1],
    ['sessions_lost_total', 2],
    ['oversized_total', 3],
    ['redelivered_total', 4],
    ['unacknowledged', 5],
  ] as const) {
    expect({ name, ...(await valuesOf(metrics, `broker_${name}`)) }).toEqual({ name, '': value });
  }
});

test('a source that a bridge does not have has no values', async () => {
  status = { ...QUIET, broker: undefined, listener: undefined, serial: undefined };
  const metrics = new BridgeMetrics();
  for (const name of ['up', 'refused', 'sessions_lost_total', 'unacknowledged']) {
    expect(await valuesOf(metrics, `broker_${name}`)).toEqual({});
  }
  expect(await valuesOf(metrics, 'connections')).toEqual({});
});

test('the first 200 devices have labels of their own and keep them; the rest share one', async () => {
  const metrics = new BridgeMetrics();
  const many = Array.from({ length: 203 }, (_, index) =>
    device(`serial-${index}`, { clockOffsetMs: index === 201 ? -300 : 1 }),
  );
  status = { ...QUIET, serial: { ...QUIET.serial!, devices: many } };
  const missing = await valuesOf(metrics, 'serial_missing_total');
  expect(Object.keys(missing)).toHaveLength(201);
  expect(missing['device="serial-199"']).toBe(1);
  // Counts add up; of clocks, the worst is told.
  expect(missing['device="other"']).toBe(3);
  expect((await valuesOf(metrics, 'device_clock_offset_ms'))['device="other"']).toBe(-300);
  status = { ...QUIET, serial: { ...QUIET.serial!, devices: many.toReversed().slice(0, 4) } };
  expect(await valuesOf(metrics, 'serial_missing_total')).toEqual({
    'device="serial-199"': 1,
    'device="other"': 3,
  });
});

test('a device whose clock is not known yet has no value for it', async () => {
  const devices = [device('a', { clockOffsetMs: undefined, clockDriftPpm: undefined })];
  status = { ...QUIET, serial: { ...QUIET.serial!, devices } };
  const metrics = new BridgeMetrics();
  expect(await valuesOf(metrics, 'device_clock_offset_ms')).toEqual({});
  expect(await valuesOf(metrics, 'device_clock_drift_ppm')).toEqual({});
  expect(await valuesOf(metrics, 'serial_missing_total')).toEqual({ 'device="a"': 1 });
});

test('durations are sorted into buckets', async () => {
  const metrics = new BridgeMetrics();
  metrics.observeSync(0.004);
  metrics.observeAcknowledgement(0.03);
  const [sync, acknowledge] = [
    await valuesOf(metrics, 'sync_seconds_bucket'),
    await valuesOf(metrics, 'ack_seconds_bucket'),
  ];
  expect([sync['le="0.002"'], sync['le="0.005"']]).toEqual([0, 1]);
  expect([acknowledge['le="0.02"'], acknowledge['le="0.05"']]).toEqual([0, 1]);
});

test('two bridges in one process do not share their counts', async () => {
  const [one, other] = [new BridgeMetrics(), new BridgeMetrics()];
  one.observeSync(1);
  expect(await valuesOf(other, 'sync_seconds_count')).toEqual({ '': 0 });
  expect(await valuesOf(one, 'sync_seconds_count')).toEqual({ '': 1 });
});
