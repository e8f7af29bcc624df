import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BridgeStatus } from '../../../bridge/watch/bridge-status.ts';
import { renderStatusLine } from '../../../bridge/watch/status-line.ts';
import { QUIET } from './quiet-status.ts';

const WIDE = 1_000;

const BUSY: BridgeStatus = {
  ...QUIET,
  atMs: QUIET.atMs + 2_000,
  spool: {
    state: 'ok',
    bytes: 12_340_000,
    unlandedRows: 154_321,
    oldestUnlandedMs: QUIET.atMs - 57_000,
    pendingBytes: 4_096,
  },
  listener: { isOpen: true, connections: 1_234, refused: {} },
  serial: {
    ports: { open: 3 },
    absent: [],
    devices: [
      { device: 'a3874220-b61a', clockOffsetMs: 0.25, clockDriftPpm: 3, missing: 0 },
      { device: 'f9f24c84-a29a', clockOffsetMs: -12.5, clockDriftPpm: -60, missing: 2 },
      { device: '04269c79-6050', clockOffsetMs: undefined, clockDriftPpm: undefined, missing: 0 },
    ],
  },
  messages: { embedded: 5_000, external: 0 },
  records: { accelerometer_landing: 100_000, step_trainer_landing: 300 },
  quarantined: [
    { table: 'quarantine/accelerometer_landing', reason: 'not-json', count: 2 },
    { table: 'quarantine/step_trainer_landing', reason: 'not-json', count: 1 },
    { table: 'quarantine/step_trainer_landing', reason: 'garbled-line', count: 7 },
    { table: 'quarantine/step_trainer_landing', reason: 'line-cut-off', count: 1 },
    { table: 'quarantine/step_trainer_landing', reason: 'clock-not-fitted', count: 1 },
  ],
};

test('rates are per second since the look before, and everything else is as it is now', () => {
  expect(renderStatusLine(BUSY, QUIET, WIDE).split(' | ')).toEqual([
    '2,500 msg/s',
    '50,150 readings/s',
    'lag 154,321',
    'oldest 59 s',
    'spool 12.3 MB',
    'quarantined 12 (garbled-line 7, not-json 3, line-cut-off 1, ...)',
    '1,234 clients',
    'broker up',
    'storage up',
    '3 ports',
    'clocks f9f2 -12.5 ms, a387 +0.3 ms',
  ]);
});

test('trouble comes first', () => {
  const line = renderStatusLine(
    {
      ...BUSY,
      spool: { ...BUSY.spool, state: 'full' },
      storage: { ...BUSY.storage, isUp: false, failure: 'away' },
      broker: { ...QUIET.broker!, isUp: false, failure: 'The broker b:1 is away.' },
      serial: { ...BUSY.serial!, absent: ['/dev/a', '/dev/b'] },
    },
    QUIET,
    WIDE,
  );
  expect(line).toMatch(
    /^SPOOL FULL \| STORAGE AWAY \| BROKER AWAY \| 2 PORTS AWAY \| 2,500 msg\/s/,
  );
  expect(line).not.toMatch(/ up/);
});

test('one of something is told as one', () => {
  const line = renderStatusLine(
    {
      ...QUIET,
      listener: { isOpen: true, connections: 1, refused: {} },
      serial: { ports: { open: 1 }, absent: ['/dev/a'], devices: [] },
    },
    QUIET,
    WIDE,
  );
  expect(line.split(' | ')).toEqual(expect.arrayContaining(['1 PORT AWAY', '1 client', '1 port']));
});

test('two looks at the same moment give no rate, and a clock that was set back none below 0', () => {
  expect(renderStatusLine(BUSY, { ...QUIET, atMs: BUSY.atMs }, WIDE)).toMatch(/^0 msg\/s/);
  const back = { ...BUSY, atMs: QUIET.atMs - 3_600_000 };
  expect(renderStatusLine(back, QUIET, WIDE)).toMatch(
    /^0 msg\/s \| 0 readings\/s \| lag 154,321 \| oldest 0 s/,
  );
});

test.each([
  [119_999, 'oldest 119 s'],
  [120_000, 'oldest 2 min'],
  [7_200_000, 'oldest 2 h'],
])('an age of %d ms is told as "%s"', (ageMs, told) => {
  const spool = { ...QUIET.spool, oldestUnlandedMs: QUIET.atMs - ageMs };
  expect(renderStatusLine({ ...QUIET, spool }, QUIET, WIDE).split(' | ')).toContain(told);
});

test('whatever the width, the line fits, and is made of whole parts', () => {
  const whole = renderStatusLine(BUSY, QUIET, WIDE).split(' | ');
  fc.assert(
    fc.property(fc.nat({ max: 300 }), (width) => {
      const line = renderStatusLine(BUSY, QUIET, width);
      expect(line.length).toBeLessThanOrEqual(width);
      expect([...whole, '']).toEqual(expect.arrayContaining(line.split(' | ')));
    }),
  );
});
