/** The order in which the parts of a bridge come and go. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { BridgeService } from '../../bridge/bridge-service.ts';
import type { ServiceParts } from '../../bridge/bridge-service.ts';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import type {
  SealedSegment,
  SegmentContents,
  SpoolStatus,
} from '../../bridge/spool/spool-contract.ts';
import { BridgeMetrics } from '../../bridge/watch/index.ts';
import type { Notice } from '../../bridge/watch/index.ts';
import { withResolvers } from '../simulator/object-store/with-resolvers.ts';

const OK: SpoolStatus = {
  state: 'ok',
  bytes: 128,
  unlandedRows: 1,
  oldestUnlandedMs: undefined,
  pendingBytes: 0,
};
const SEGMENT: SealedSegment = {
  table: 'accelerometer_landing',
  number: 1,
  bytes: 128,
  rows: 1,
  firstArrivalMs: 0,
};

/** A service on a spool with one record, beside a storage that does as it is told. */
function prepare(
  put: () => Promise<void>,
  state: SpoolStatus['state'] = 'ok',
  damaged: SegmentContents['damaged'] = [],
) {
  const events: string[] = [];
  const notices: Notice[] = [];
  const timers = new SystemTimers();
  onTestFinished(() => timers.stop());
  let sealed: SealedSegment | undefined;
  let tell: (table: BatchTable) => void = () => undefined;
  const spool: ServiceParts['spool'] = {
    bridgeId: 'b',
    spoolId: 's',
    isFull: false,
    append: () => undefined,
    flush: () => undefined,
    onRoom: () => undefined,
    oldestSealed: (table) => (sealed?.table === table ? sealed : undefined),
    onSealed: (listener) => (tell = listener),
    read: async () => ({
      isMissing: false,
      lines: [Buffer.from('{}\n')],
      rows: 1,
      firstArrivalMs: 0,
      lastArrivalMs: 0,
      damaged,
    }),
    markLanded: async () => {
      events.push('landed');
      sealed = undefined;
    },
    get status() {
      return { ...OK, state, unlandedRows: events.includes('landed') ? 0 : 1 };
    },
    seal: async () => {
      events.push('sealed');
      sealed = SEGMENT;
      tell(SEGMENT.table);
    },
    close: () => Promise.resolve(),
  };
  const service = new BridgeService({
    memory: { remembered: [], keep: () => undefined },
    world: {},
    clock: timers,
    options: {
      id: undefined,
      spoolFolder: 'spool',
      flushMs: 60_000,
      serial: undefined,
      broker: undefined,
      listen: undefined,
      storage: { kind: 'folder', path: 'out' },
      watch: { host: '127.0.0.1', port: 0 },
      notices: { notice: (notice) => notices.push(notice), close: () => undefined },
    },
    timers,
    spool,
    sink: { sink: { put }, name: 'nowhere', ask: () => Promise.resolve(), close: () => undefined },
    metrics: new BridgeMetrics(),
    failed: new Promise(() => undefined),
  });
  onTestFinished(() => service.close());
  return { service, events, notices };
}

test('in the end what is open is sealed and landed, and nothing is left to say', async () => {
  const { service, events, notices } = prepare(() => Promise.resolve());
  await service.open();
  expect(service.status.isClosing).toBe(false);
  await service.drain(60_000);
  expect(events).toEqual(['sealed', 'landed']);
  expect(service.status.isClosing).toBe(true);
  expect(service.counts).toMatchObject({ landed: 1, unlanded: 0 });
  expect(notices.filter(({ level }) => level !== 'info')).toEqual([]);
});

test('storage that hangs is left when the time is over, and what waits is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked = withResolvers();
  const put = vi.fn<() => Promise<void>>(() => {
    asked.resolve();
    return new Promise(() => undefined);
  });
  const { service, events, notices } = prepare(put);
  await service.open();
  const drained = service.drain(60_000);
  await asked.promise;
  vi.advanceTimersByTime(60_000);
  await drained;
  expect([put.mock.calls.length, events]).toEqual([1, ['sealed']]);
  expect(service.counts).toMatchObject({ landed: 0, unlanded: 1 });
  expect(notices.at(-1)).toEqual({
    level: 'warn',
    part: 'bridge',
    text: 'Records left in the spool spool for the next start: 1.',
  });
});

test.each(['failed', 'full'] as const)('a spool that is %s is not sealed', async (state) => {
  const { service, events } = prepare(() => Promise.resolve(), state);
  await service.open();
  await service.drain(60_000);
  expect(events).toEqual([]);
});

test('damage of the spool is a warning, and counted as what it is: a line in quarantine', async () => {
  const damaged = [{ offset: 64, bytes: Buffer.alloc(90) }];
  const { service, notices } = prepare(() => Promise.resolve(), 'ok', damaged);
  await service.open();
  await service.drain(60_000);
  expect(service.counts).toMatchObject({ landed: 1, quarantined: 1 });
  expect(service.status.quarantined).toEqual([
    { table: 'quarantine/accelerometer_landing', reason: 'spool-damaged', count: 1 },
  ]);
  const warnings = notices.filter(({ level }) => level === 'warn');
  expect(warnings).toMatchObject([
    { part: 'spool', text: expect.stringMatching(/^The spool spool was damaged: 1 range, 90 b/) },
  ]);
  // The storage is none the worse for it.
  expect(service.status.storage).toMatchObject({ isUp: true, failure: undefined, damageLines: 1 });
});
