/** Device sessions in the states that tests begin with, and what they answer. */
import { expect } from 'vitest';
import { addBurst } from '../../../bridge/core/clock-fit.ts';
import type { ClockFit } from '../../../bridge/core/clock-fit.ts';
import { ask, NEW_DIALOGUE } from '../../../bridge/core/device-dialogue.ts';
import { newDeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceSession, SessionStep } from '../../../bridge/core/device-session.ts';
import type { SessionEffect, SessionEvent } from '../../../bridge/core/session-events.ts';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DeviceLine, DeviceResponse, HostCommand } from '../../../firmware-protocol/index.ts';

export const SERIAL_NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
export const BOOT = '7F3A';
/** The device's counter stood at 0 then. */
export const BOOTED_MS = 1_655_564_444_000;
/** When the event of a test happens. */
export const NOW_MS: number = BOOTED_MS + 20_000.25;

export const CLOCK: ClockFit = addBurst(
  undefined,
  [
    {
      sentMs: BOOTED_MS + 100.5,
      receivedMs: BOOTED_MS + 100.5,
      rxTicks: 100,
      txTicks: 100,
    },
  ],
  200,
) as ClockFit;

/** A port that is open and on which nothing was said yet; bytes take no time. */
export const SETTLING: DeviceSession = {
  ...newDeviceSession(0),
  hasHeard: true,
  dueMs: BOOTED_MS + 1_000,
};
/** A device that streams; the next burst is due 10 s later. */
export const STREAMING: DeviceSession = {
  ...SETTLING,
  phase: 'streaming',
  identity: { boot: BOOT, serialNumber: SERIAL_NUMBER },
  started: true,
  clock: CLOCK,
  dialogue: { ...NEW_DIALOGUE, nextTag: 20 },
  dueMs: NOW_MS + 10_000,
};

export const IDENTIFY: HostCommand = { kind: 'identify' };
export const STOP: HostCommand = { kind: 'stop' };
export const SYNC: HostCommand = { kind: 'sync', hostMs: Math.round(NOW_MS) };

/** `session` after it has sent a command, and the effects of that. */
export function asking(
  session: DeviceSession,
  phase: DeviceSession['phase'],
  command: HostCommand,
  atMs: number = NOW_MS,
): SessionStep {
  const { dialogue, text, deadlineMs } = ask(session.dialogue, command, atMs);
  return {
    session: { ...session, phase, dialogue },
    effects: [
      { kind: 'send', text },
      { kind: 'wake', atMs: deadlineMs },
    ],
  };
}

/** `session` while it waits for the answer to a command that it sent 10 ms ago, with tag `20`. */
export function waiting(
  session: DeviceSession,
  phase: DeviceSession['phase'],
  command: HostCommand,
): DeviceSession {
  const fresh = { ...session, dialogue: { ...NEW_DIALOGUE, nextTag: 20 } };
  return asking(fresh, phase, command, NOW_MS - 10).session;
}

/** `session` when nothing waits any more. */
export function answered(session: DeviceSession): DeviceSession {
  return { ...session, dialogue: { ...session.dialogue, pending: undefined } };
}

/** The event that a line from the device has arrived. */
export function heard(line: DeviceLine, atMs: number = NOW_MS): SessionEvent {
  return heardText(encodeDeviceLine(line).slice(0, -1), atMs);
}

/** The event that some line has arrived. */
export function heardText(line: string, atMs: number = NOW_MS): SessionEvent {
  return { kind: 'line', line, atMs };
}

/** What the device answers to ID?. */
export function idResponse(tag: string, boot: string = BOOT): DeviceResponse {
  return {
    kind: 'id',
    tag,
    model: 'ST-1',
    serialNumber: SERIAL_NUMBER,
    firmware: '1.0.0',
    boot,
  };
}

/** A reading of the device at 15 s. */
export function readingOf(boot: string = BOOT, flags = 0): DeviceLine {
  return { kind: 'reading', boot, seq: 7, ticks: 15_000, distance: 250, flags };
}

/** The line of {@link readingOf} lands. */
export function landed(boot: string = BOOT): SessionEffect {
  const record = {
    sensorReadingTime: BOOTED_MS + 15_000,
    serialNumber: SERIAL_NUMBER,
    distanceFromObject: 250,
  };
  return { kind: 'land', record, line: encodeDeviceLine(readingOf(boot)).slice(0, -1) };
}

/** The session remembers {@link readingOf}. */
export function remembering(session: DeviceSession): DeviceSession {
  const rateHz = session.started ? session.rateHz : 1_000;
  const aheadMs = expect.any(Number) as unknown as number;
  const last = { seq: 7, ticks: 15_000, rateHz, aheadMs };
  const counts = { known: [15_000 * 65_536 + 7], missing: 0, repeated: 0 };
  return { ...session, order: { boot: BOOT, last, doubted: undefined, ...counts } };
}

/** A line goes to quarantine. */
export function quarantined(reason: string, line: string | DeviceLine): SessionEffect {
  const text = typeof line === 'string' ? line : encodeDeviceLine(line).slice(0, -1);
  return { kind: 'quarantine', reason: reason as 'garbled-line', line: text };
}

/** The session is woken. */
export function woken(atMs: number): SessionEvent {
  return { kind: 'woken', atMs };
}

/** A device boots. */
export function bootLine(boot: string): DeviceLine {
  return { kind: 'boot', boot, why: 'PWR' };
}

/** A device is alive. */
export function beat(boot: string): DeviceLine {
  return { kind: 'heartbeat', boot, ticks: 16_000 };
}

/** A device is busy. */
export function errorLine(tag: string): DeviceLine {
  return { kind: 'error', tag, code: 6 };
}

/** The session stays as it is. */
export function nothing(session: DeviceSession): SessionStep {
  return { session, effects: [] };
}

/** The session waits for a while. */
export function pausing(
  session: DeviceSession,
  phase: DeviceSession['phase'],
  pauseMs: number,
): SessionStep {
  return {
    session: { ...session, phase, dueMs: NOW_MS + pauseMs },
    effects: [{ kind: 'wake', atMs: NOW_MS + pauseMs }],
  };
}

/** A step with one more effect at its end. */
export function also({ session, effects }: SessionStep, effect: SessionEffect): SessionStep {
  return { session, effects: [...effects, effect] };
}

/** The session when it knows nobody any more. */
export function stranger(session: DeviceSession): DeviceSession {
  return { ...session, identity: undefined };
}

/** The session after the device that it knew has announced a boot. */
export function announced(session: DeviceSession, boot: string = BOOT): DeviceSession {
  return { ...stranger(session), announced: { boot, atMs: NOW_MS } };
}

/** One row of a table: what happens, from which state, and what comes of it. */
export type SessionRow = readonly [
  what: string,
  from: DeviceSession,
  event: SessionEvent,
  step: SessionStep,
];
