import { describe, expect, it } from 'vitest';
import { stepDeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceSession, SessionStep } from '../../../bridge/core/device-session.ts';
import { hold, release, rest, setClock, startOrHold } from '../../../bridge/core/session-moves.ts';
import {
  also,
  answered,
  asking,
  BOOT,
  bootLine,
  errorLine,
  heard,
  IDENTIFY,
  landed,
  nothing,
  NOW_MS,
  pausing,
  readingOf,
  remembering,
  SETTLING,
  STOP,
  STREAMING,
  SYNC,
  waiting,
  woken,
} from './session-states.ts';
import type { HostCommand } from '../../../firmware-protocol/index.ts';

const HOUR_MS = 3_600_000;
const holding = waiting({ ...STREAMING, held: true }, 'holding', STOP);
const resting: DeviceSession = rest(answered(holding)).session;

function advance(
  session: DeviceSession,
  ...events: Parameters<typeof stepDeviceSession>[1][]
): SessionStep {
  let step: SessionStep = { session, effects: [] };
  for (const event of events) step = stepDeviceSession(step.session, event);
  return step;
}

describe('a device for whose readings there is no room', () => {
  it('is stopped', () => {
    const held = { ...STREAMING, held: true };
    expect(hold(STREAMING, NOW_MS)).toEqual(asking(held, 'holding', STOP));
    expect(advance(STREAMING, { kind: 'held', atMs: NOW_MS })).toEqual(hold(STREAMING, NOW_MS));
  });

  it('rests when it says so, and nothing wakes it', () => {
    const stopped = heard({ kind: 'stopped', tag: '20', seq: 8 });
    expect(advance(holding, stopped)).toEqual(nothing(resting));
    expect(resting).toMatchObject({ phase: 'held', started: false });
    expect(advance(resting, woken(NOW_MS + HOUR_MS))).toEqual(nothing(resting));
  });

  it('lands what it sends until then', () => {
    expect(advance(holding, heard(readingOf()))).toEqual(
      also(nothing(remembering(holding)), landed()),
    );
  });

  it('is asked again later when it does not stop', () => {
    const failed = pausing(answered(holding), 'silent', 5_000);
    expect(advance(holding, heard(errorLine('20')))).toEqual(failed);
  });

  it.each<[string, DeviceSession, DeviceSession['phase'], HostCommand]>([
    ['is stopped, whatever it does', { ...resting, started: true }, 'holding', STOP],
    ['is stopped before it was started', resting, 'holding', STOP],
    [
      'is started when there is room again',
      { ...resting, held: false },
      'starting',
      { kind: 'start', rateHz: 50 },
    ],
  ])('and whose clock was fitted meanwhile %s', (_what, from, phase, expected) => {
    expect(startOrHold(from, NOW_MS)).toEqual(asking(from, phase, expected));
  });

  it('is asked who it is when there is room again, since it may be another one by now', () => {
    const released = { ...resting, held: false };
    expect(release(resting, NOW_MS)).toEqual(asking(released, 'identifying', IDENTIFY));
    expect(advance(resting, { kind: 'released', atMs: NOW_MS })).toEqual(release(resting, NOW_MS));
  });

  it('that nobody knows is not spoken to', () => {
    const held = { ...SETTLING, held: true };
    expect(hold(SETTLING, NOW_MS)).toEqual(nothing(held));
    expect(release(held, NOW_MS)).toEqual(nothing(SETTLING));
  });

  it('is left alone when the session closes', () => {
    const closed: DeviceSession = { ...STREAMING, phase: 'closing' };
    expect(hold(closed, NOW_MS)).toEqual(nothing({ ...closed, held: true }));
    expect(release({ ...closed, held: true }, NOW_MS)).toEqual(nothing(closed));
  });
});

describe('the time of day that somebody has set', () => {
  it('holds at once where no clock was fitted', () => {
    expect(setClock(SETTLING, HOUR_MS, NOW_MS)).toEqual(
      nothing({ ...SETTLING, setMs: HOUR_MS, clockSetMs: HOUR_MS }),
    );
  });

  it('makes the session look at the clock of a device that streams', () => {
    const set = { ...STREAMING, setMs: HOUR_MS };
    expect(advance(STREAMING, { kind: 'clock-set', setMs: HOUR_MS, atMs: NOW_MS })).toEqual(
      asking(set, 'syncing', SYNC),
    );
  });

  it('disturbs nothing that is under way', () => {
    const starting = waiting(STREAMING, 'starting', { kind: 'start', rateHz: 50 });
    expect(setClock(starting, HOUR_MS, NOW_MS)).toEqual(nothing({ ...starting, setMs: HOUR_MS }));
  });

  it('holds for readings only once the clock of the device was looked at', () => {
    const { session } = setClock(STREAMING, HOUR_MS, NOW_MS);
    expect(stepDeviceSession(session, heard(readingOf())).effects).toEqual([landed()]);
    const looked = { ...session, clockSetMs: session.setMs };
    const { record } = landed() as { readonly record: { readonly sensorReadingTime: number } };
    expect(stepDeviceSession(looked, heard(readingOf())).effects).toMatchObject([
      { kind: 'land', record: { sensorReadingTime: record.sensorReadingTime + HOUR_MS } },
    ]);
  });

  it(`is that of boot ${BOOT} and of the next one alike`, () => {
    const { session } = setClock(STREAMING, HOUR_MS, NOW_MS);
    const { session: booted } = stepDeviceSession(session, heard(bootLine('91C4')));
    expect(booted.setMs).toBe(HOUR_MS);
  });
});
