import { describe, expect, it } from 'vitest';
import { newDeviceSession, stepDeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceLine } from '../../../firmware-protocol/index.ts';
import {
  also,
  announced,
  answered,
  asking,
  beat,
  BOOT,
  bootLine,
  BOOTED_MS,
  CLOCK,
  errorLine,
  heard,
  heardText,
  IDENTIFY,
  idResponse,
  landed,
  nothing,
  NOW_MS,
  pausing,
  quarantined,
  readingOf,
  remembering,
  SERIAL_NUMBER,
  SETTLING,
  stranger,
  STREAMING,
  SYNC,
  waiting,
  woken,
} from './session-states.ts';
import type { SessionRow } from './session-states.ts';

const IDENTIFYING = waiting(stranger(SETTLING), 'identifying', IDENTIFY);

function check(rows: readonly SessionRow[]): void {
  it.each(rows)('%s', (_what, from, event, step) => {
    expect(stepDeviceSession(from, event)).toEqual(step);
  });
}

describe('a session of a port on which nobody was introduced', () => {
  const opening = newDeviceSession(0.5);
  check([
    [
      'waits a second for the device to boot',
      opening,
      { kind: 'opened', atMs: NOW_MS },
      pausing(opening, 'settling', 1_000),
    ],
    ['goes on waiting when woken early', SETTLING, woken(BOOTED_MS + 999.9), nothing(SETTLING)],
    [
      'asks who is there after a second',
      SETTLING,
      woken(BOOTED_MS + 1_000),
      asking(SETTLING, 'identifying', IDENTIFY, BOOTED_MS + 1_000),
    ],
    [
      'asks at once when the device boots',
      SETTLING,
      heard(bootLine(BOOT)),
      asking(announced(SETTLING), 'identifying', IDENTIFY),
    ],
    [
      'asks again when it boots after having been asked',
      IDENTIFYING,
      heard(bootLine(BOOT)),
      asking(announced(IDENTIFYING), 'identifying', IDENTIFY),
    ],
    [
      'asks when it is alive already',
      SETTLING,
      heard(beat(BOOT)),
      asking(SETTLING, 'identifying', IDENTIFY),
    ],
    [
      'asks when it streams already, and keeps the reading in quarantine',
      SETTLING,
      heard(readingOf()),
      also(
        asking(SETTLING, 'identifying', IDENTIFY),
        quarantined('boot-not-introduced', readingOf()),
      ),
    ],
    [
      'asks once, and not for each reading',
      IDENTIFYING,
      heard(readingOf()),
      also(nothing(IDENTIFYING), quarantined('boot-not-introduced', readingOf())),
    ],
    ['asks once, and not for each heartbeat', IDENTIFYING, heard(beat(BOOT)), nothing(IDENTIFYING)],
  ]);
});

describe('a session that gets to know a device', () => {
  const known: DeviceSession = {
    ...STREAMING,
    started: false,
    clock: undefined,
  };
  const negotiating = waiting(known, 'negotiating', { kind: 'capabilities' });
  const starting = waiting({ ...known, clock: CLOCK }, 'starting', { kind: 'start', rateHz: 50 });
  const capsOf = (maxRateHz: number): DeviceLine => ({
    kind: 'caps',
    tag: '20',
    maxRateHz,
    options: ['SYNC'],
  });
  const introduced: DeviceSession = {
    ...answered(IDENTIFYING),
    identity: { boot: BOOT, serialNumber: SERIAL_NUMBER },
  };
  check([
    [
      'asks what it can once it knows who it is',
      IDENTIFYING,
      heard(idResponse('20')),
      asking(introduced, 'negotiating', { kind: 'capabilities' }),
    ],
    [
      'ignores a late answer with an old tag',
      IDENTIFYING,
      heard(idResponse('19')),
      nothing(IDENTIFYING),
    ],
    ['ignores an answer without a tag', IDENTIFYING, heard(idResponse('')), nothing(IDENTIFYING)],
    ['ignores a second answer', negotiating, heard(idResponse('19')), nothing(negotiating)],
    [
      'ignores the answer to something else',
      negotiating,
      heard(idResponse('20')),
      nothing(negotiating),
    ],
    [
      'keeps a garbled answer in quarantine and waits on',
      IDENTIFYING,
      heardText('=ID,20,1,STEDI,ST-1*0000\r'),
      also(nothing(IDENTIFYING), quarantined('garbled-line', '=ID,20,1,STEDI,ST-1*0000\r')),
    ],
    [
      'tries later when it answers with an error',
      IDENTIFYING,
      heard(errorLine('20')),
      pausing(answered(IDENTIFYING), 'silent', 5_000),
    ],
    [
      'ignores an error that may be for any command',
      IDENTIFYING,
      heard(errorLine('')),
      nothing(IDENTIFYING),
    ],
    [
      'syncs a device that is fast enough',
      negotiating,
      heard(capsOf(100)),
      asking({ ...answered(negotiating), rateHz: 50 }, 'syncing', SYNC),
    ],
    [
      'or that is slower',
      negotiating,
      heard(capsOf(20)),
      asking({ ...answered(negotiating), rateHz: 20 }, 'syncing', SYNC),
    ],
    [
      'counts it as started when it says so',
      starting,
      heard({ kind: 'started', tag: '20', rateHz: 50 }),
      pausing({ ...answered(starting), started: true }, 'streaming', 2_000),
    ],
    [
      'but not at another rate',
      starting,
      heard({ kind: 'started', tag: '20', rateHz: 5 }),
      nothing(starting),
    ],
    [
      'keeps readings in quarantine while the clock is not known',
      negotiating,
      heard(readingOf()),
      also(nothing(remembering(negotiating)), quarantined('clock-not-fitted', readingOf())),
    ],
  ]);
});

describe('a session that syncs', () => {
  const syncing = (exchanges: number, change: Partial<DeviceSession> = {}): DeviceSession => {
    const burst = Array.from({ length: exchanges }, () => ({
      response: synced('1', 7),
      sentMs: NOW_MS - 1,
      sentBytes: 30,
      receivedMs: NOW_MS,
      receivedBytes: 40,
    }));
    return waiting({ ...STREAMING, ...change, burst }, 'syncing', SYNC);
  };
  const first = { clock: undefined, started: false };
  const heardSync = heard(synced('20', SYNC.kind === 'sync' ? SYNC.hostMs : 0));

  it.each([
    [1, first, 'pause'],
    [7, first, 'pause'],
    [8, first, 'START'],
    [1, {}, 'pause'],
    [3, {}, 'pause'],
    [4, {}, 'stream'],
    [4, { started: false }, 'START'],
  ])('after exchange %d of a burst, %j: %s', (exchange, change, next) => {
    const from = syncing(exchange - 1, change);
    const { session, effects } = stepDeviceSession(from, heardSync);
    const [effect] = effects;
    expect(session.burst).toHaveLength(next === 'pause' ? exchange : 0);
    const bursts = (from.clock?.bursts.length ?? 0) + (next === 'pause' ? 0 : 1);
    expect(session.clock?.bursts.length ?? 0).toBe(bursts);
    expect(effect?.kind === 'send' ? effect.text.slice(0, 9) : effect).toEqual(
      {
        pause: { kind: 'wake', atMs: NOW_MS + 25.37 },
        stream: { kind: 'wake', atMs: NOW_MS + 4_000 },
        START: '@21 START',
      }[next],
    );
  });

  it('keeps to the drift that a device states', () => {
    const known = waiting({ ...STREAMING, ...first }, 'negotiating', { kind: 'capabilities' });
    const step = (options: string[]): DeviceSession =>
      stepDeviceSession(known, heard({ kind: 'caps', tag: '20', maxRateHz: 100, options })).session;
    expect(step(['SYNC', 'PPM500']).driftPpmMax).toBe(500);
    expect(step(['SYNC']).driftPpmMax).toBe(200);
  });

  check([
    [
      'asks for the next exchange',
      answered({ ...syncing(3), dueMs: NOW_MS }),
      woken(NOW_MS),
      asking(answered({ ...syncing(3), dueMs: NOW_MS }), 'syncing', SYNC),
    ],
    ['ignores the answer to another SYNC', syncing(3), heard(synced('20', 1)), nothing(syncing(3))],
    [
      'lands readings meanwhile',
      syncing(3),
      heard(readingOf()),
      also(nothing(remembering(syncing(3))), landed()),
    ],
  ]);
});

describe('a session with a device that streams', () => {
  const raw = '{"sensorReadingTime":1,"serialNumber":"a","distanceFromObject":2}';
  check([
    [
      'lands its readings',
      STREAMING,
      heard(readingOf()),
      also(nothing(remembering(STREAMING)), landed()),
    ],
    [
      'keeps those out of range in quarantine',
      STREAMING,
      heard(readingOf(BOOT, 2)),
      also(
        nothing(remembering(STREAMING)),
        quarantined('distance-out-of-range', readingOf(BOOT, 2)),
      ),
    ],
    [
      'asks who is there when another boot speaks, and believes the old one until it is told',
      STREAMING,
      heard(readingOf('0001')),
      also(
        asking(STREAMING, 'identifying', IDENTIFY),
        quarantined('boot-not-introduced', readingOf('0001')),
      ),
    ],
    [
      'asks when another boot is alive',
      STREAMING,
      heard(beat('0001')),
      asking(STREAMING, 'identifying', IDENTIFY),
    ],
    [
      'asks when something boots, even under the same number',
      STREAMING,
      heard(bootLine(BOOT)),
      asking(announced(STREAMING), 'identifying', IDENTIFY),
    ],
    ['lets it live', STREAMING, heard(beat(BOOT)), nothing(STREAMING)],
    ['lets it talk', STREAMING, heard({ kind: 'text', text: 'hello' }), nothing(STREAMING)],
    [
      'lets it complain',
      STREAMING,
      heard({ kind: 'fault', code: 7, text: 'hot' }),
      nothing(STREAMING),
    ],
    [
      'ignores answers that it did not ask for',
      STREAMING,
      heard({ kind: 'pong', tag: '19' }),
      nothing(STREAMING),
    ],
    ['ignores empty lines', STREAMING, heardText('\r'), nothing(STREAMING)],
    [
      'lands raw records',
      STREAMING,
      heardText(raw),
      also(nothing(STREAMING), { kind: 'land', record: JSON.parse(raw) as unknown, line: raw }),
    ],
    [
      'keeps noise in quarantine',
      STREAMING,
      heardText('\u00ffx'),
      also(nothing(STREAMING), quarantined('garbled-line', '\u00ffx')),
    ],
    ['stays when woken too soon', STREAMING, woken(NOW_MS + 9_999.9), nothing(STREAMING)],
    [
      'syncs again when it is time',
      STREAMING,
      woken(NOW_MS + 10_000),
      asking(
        STREAMING,
        'syncing',
        { kind: 'sync', hostMs: Math.round(NOW_MS + 10_000) },
        NOW_MS + 10_000,
      ),
    ],
  ]);
});

function synced(tag: string, hostMs: number): DeviceLine & { kind: 'synced' } {
  return { kind: 'synced', tag, hostMs, rxTicks: 20_000, txTicks: 20_000 };
}
