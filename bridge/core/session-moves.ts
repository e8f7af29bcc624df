/** What a session does of its own accord: it asks, waits, rests and ends. */
import type { HostCommand } from '../../firmware-protocol/index.ts';
import { ask, conclude } from './device-dialogue.ts';
import type { Asked } from './device-dialogue.ts';
import type { DeviceSession, Phase, SessionStep } from './device-session-state.ts';
import { pauseAfterBurst } from './sync-schedule.ts';

/** Time between a device that does not answer and the next attempt to identify it. */
const RETRY_MS = 5_000;

/** Nothing is to be done. */
export function stay(session: DeviceSession): SessionStep {
  return { session, effects: [] };
}

/** Waits in a phase until `dueMs`. */
export function wait(session: DeviceSession, phase: Phase, dueMs: number): SessionStep {
  return { session: { ...session, phase, dueMs }, effects: [{ kind: 'wake', atMs: dueMs }] };
}

/** Sends a command and waits for its answer. */
export function command(
  session: DeviceSession,
  phase: Phase,
  hostCommand: HostCommand,
  atMs: number,
): SessionStep {
  return sent({ ...session, phase }, ask(session.dialogue, hostCommand, atMs));
}

/** A command is on its way. */
export function sent(session: DeviceSession, { dialogue, text, deadlineMs }: Asked): SessionStep {
  return {
    session: { ...session, dialogue },
    effects: [
      { kind: 'send', text },
      { kind: 'wake', atMs: deadlineMs },
    ],
  };
}

/** Asks who is there, unless the session closes. */
export function identify(session: DeviceSession, atMs: number): SessionStep {
  return session.phase === 'closing'
    ? stay(session)
    : command(session, 'identifying', { kind: 'identify' }, atMs);
}

/**
 * Asks who is there, unless that is under way. Until the answer, whoever was there before is believed: the boot id that
 * nobody introduced may be damage.
 */
export function introduce(session: DeviceSession, atMs: number): SessionStep {
  return session.dialogue.pending?.command.kind === 'identify'
    ? stay(session)
    : identify(session, atMs);
}

/** Begins, or goes on with, a burst of SYNC exchanges. */
export function sync(session: DeviceSession, atMs: number): SessionStep {
  return command(session, 'syncing', { kind: 'sync', hostMs: Math.round(atMs) }, atMs);
}

/** Lets readings come until the clock must be looked at again. */
export function stream(session: DeviceSession, atMs: number): SessionStep {
  return wait(session, 'streaming', atMs + pauseAfterBurst(session.clock));
}

/** Starts a device whose clock was just fitted, or goes on; one that shall rest is stopped, whatever it does. */
export function startOrHold(session: DeviceSession, atMs: number): SessionStep {
  if (session.held) return command(session, 'holding', { kind: 'stop' }, atMs);
  return session.started
    ? stream(session, atMs)
    : command(session, 'starting', { kind: 'start', rateHz: session.rateHz }, atMs);
}

/** Gives a device that does not answer a while. */
export function retryLater(session: DeviceSession, atMs: number): SessionStep {
  return session.phase === 'closing' ? stay(session) : wait(session, 'silent', atMs + RETRY_MS);
}

/** Takes the time of day that somebody has set. Readings get it once the clock was looked at, in case that it stood still. */
export function setClock(session: DeviceSession, setMs: number, atMs: number): SessionStep {
  const set = { ...session, setMs };
  if (session.clock === undefined) return stay({ ...set, clockSetMs: setMs });
  return session.phase === 'streaming' ? sync({ ...set, burst: [] }, atMs) : stay(set);
}

/** Stops a device for as long as there is no room for its readings. One that nobody knows yet is stopped once it is. */
export function hold(session: DeviceSession, atMs: number): SessionStep {
  const held = { ...session, held: true };
  return session.phase === 'closing' || session.identity === undefined
    ? stay(held)
    : command(held, 'holding', { kind: 'stop' }, atMs);
}

/** The device has stopped. */
export function rest(session: DeviceSession): SessionStep {
  return stay({ ...session, phase: 'held', started: false, dueMs: Number.POSITIVE_INFINITY });
}

/** Starts a device that has rested; while it did, it may have become another one. */
export function release(session: DeviceSession, atMs: number): SessionStep {
  const released = { ...session, held: false };
  return session.identity === undefined ? stay(released) : introduce(released, atMs);
}

/** Stops a device that may be streaming. From then on nothing is asked of it any more; what it still sends lands. */
export function close(session: DeviceSession, atMs: number): SessionStep {
  return session.started || session.identity !== undefined
    ? command(session, 'closing', { kind: 'stop' }, atMs)
    : stay({ ...session, phase: 'closing', dialogue: conclude(session.dialogue) });
}
