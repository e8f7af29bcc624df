/**
 * The bridge's side of one serial port, as a state machine. It waits for the device to boot, asks who it is, fits its
 * clock, starts it, and lands its readings. A box that is exchanged on the same port is recognised by its boot id.
 */
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceResponse, Reading } from '../../firmware-protocol/index.ts';
import { takeReading, takeUnframed } from './device-data.ts';
import { askAgain, conclude, findAnswered } from './device-dialogue.ts';
import type { PendingCommand } from './device-dialogue.ts';
import { RATE_HZ_WANTED } from './device-session-state.ts';
import type { DeviceSession, SessionStep } from './device-session-state.ts';
import type { SessionEvent } from './session-events.ts';
import {
  close,
  command,
  hold,
  identify,
  introduce,
  release,
  rest,
  retryLater,
  sent,
  setClock,
  startOrHold,
  stay,
  stream,
  sync,
  wait,
} from './session-moves.ts';
import { takeExchange } from './sync-burst.ts';
import { statedDriftPpm } from './sync-schedule.ts';

export { newDeviceSession } from './device-session-state.ts';
export type { DeviceSession, SessionStep } from './device-session-state.ts';

/** How long a device may take to boot after its port opened, in ms. */
const SETTLE_MS = 1_000;
/** A fraction of a ms more than a round number: the exchanges of a burst then fall on different fractions of a tick. */
const SYNC_SPACING_MS = 25.37;
const BOOT_EVENT = '!BOOT,';

/** Advances a session by one event. */
export function stepDeviceSession(session: DeviceSession, event: SessionEvent): SessionStep {
  switch (event.kind) {
    case 'opened':
      return wait(session, 'settling', event.atMs + SETTLE_MS);
    case 'line':
      return receiveLine(session, event.line, event.atMs);
    case 'woken':
      return wake(session, event.atMs);
    case 'clock-set':
      return setClock(session, event.setMs, event.atMs);
    case 'held':
      return hold(session, event.atMs);
    case 'released':
      return release(session, event.atMs);
    case 'closing':
      return close(session, event.atMs);
  }
}

function receiveLine(before: DeviceSession, line: string, atMs: number): SessionStep {
  const decoded = decodeDeviceLine(line);
  const session = before.hasHeard ? before : { ...before, hasHeard: true };
  switch (decoded.kind) {
    case 'reading':
      return receiveReading(session, decoded, line, atMs);
    case 'rejected': {
      const refused = takeUnframed(line, !before.hasHeard);
      const { session: next, effects } = bootsBehind(line)
        ? introduce(session, atMs)
        : stay(session);
      return { session: next, effects: [...effects, ...refused] };
    }
    case 'boot': {
      const booted = { ...session, announced: { boot: decoded.boot, atMs } };
      return identify({ ...booted, identity: undefined, order: undefined }, atMs);
    }
    case 'heartbeat':
      return decoded.boot === session.identity?.boot ? stay(session) : introduce(session, atMs);
    case 'text':
    case 'fault':
      return stay(session);
    default: {
      const answered = findAnswered(session.dialogue, decoded);
      if (answered === undefined) return stay(session);
      const concluded = { ...session, dialogue: conclude(session.dialogue) };
      return receiveResponse(concluded, answered, decoded, { line, atMs });
    }
  }
}

/**
 * True when a device lost its power within a line and began the next one right behind it. The line is refused as a
 * whole: that somebody may have booted is a reason to ask, no more.
 */
function bootsBehind(line: string): boolean {
  const at = line.lastIndexOf(BOOT_EVENT);
  return at > 0 && decodeDeviceLine(line.slice(at)).kind === 'boot';
}

function receiveReading(
  session: DeviceSession,
  reading: Reading,
  line: string,
  atMs: number,
): SessionStep {
  const { effect, order } = takeReading(session, { reading, line, atMs });
  const taken = { ...session, order };
  if (session.identity?.boot === reading.boot) return { session: taken, effects: [effect] };
  const { session: next, effects } = introduce(taken, atMs);
  return { session: next, effects: [...effects, effect] };
}

function receiveResponse(
  session: DeviceSession,
  asked: PendingCommand,
  response: DeviceResponse,
  arrival: { readonly line: string; readonly atMs: number },
): SessionStep {
  const { atMs } = arrival;
  switch (response.kind) {
    case 'id': {
      const identity = { boot: response.boot, serialNumber: response.serialNumber };
      // The clock of a boot stays valid, whatever made it necessary to ask again.
      const clock = session.identity?.boot === response.boot ? session.clock : undefined;
      const introduced = { ...session, identity, clock, burst: [], started: false };
      return command(introduced, 'negotiating', { kind: 'capabilities' }, atMs);
    }
    case 'caps': {
      const rateHz = Math.min(RATE_HZ_WANTED, response.maxRateHz);
      return sync({ ...session, rateHz, driftPpmMax: statedDriftPpm(response.options) }, atMs);
    }
    case 'synced':
      return receiveSync(session, asked, response, arrival);
    case 'started':
      return stream({ ...session, started: true }, atMs);
    case 'error':
      return retryLater(session, atMs);
    case 'stopped':
      return session.phase === 'holding' ? rest(session) : stay({ ...session, started: false });
    case 'pong':
    case 'rebooting':
      return stay(session);
  }
}

function receiveSync(
  session: DeviceSession,
  asked: PendingCommand,
  response: DeviceResponse & { kind: 'synced' },
  { line, atMs }: { readonly line: string; readonly atMs: number },
): SessionStep {
  const exchange = {
    response,
    sentMs: asked.sentMs,
    sentBytes: asked.sentBytes,
    receivedMs: atMs,
    receivedBytes: line.length + 1,
  };
  const { isPaced, clock, burst } = takeExchange(session, exchange);
  const synced = { ...session, isPaced, clock, burst };
  if (synced.burst.length > 0) return wait(synced, 'syncing', atMs + SYNC_SPACING_MS);
  return startOrHold({ ...synced, clockSetMs: session.setMs }, atMs);
}

/** Whether a session has something to do at `atMs` by itself; a `woken` is without effect when it has not. */
export function isAwaited({ dialogue, dueMs }: DeviceSession, atMs: number): boolean {
  return atMs >= (dialogue.pending?.deadlineMs ?? dueMs);
}

function wake(session: DeviceSession, atMs: number): SessionStep {
  if (!isAwaited(session, atMs)) return stay(session);
  const { pending } = session.dialogue;
  if (pending !== undefined) {
    const again = askAgain(session.dialogue, atMs);
    if (again !== undefined) return sent(session, again);
    return retryLater({ ...session, dialogue: conclude(session.dialogue) }, atMs);
  }
  const syncs = session.phase === 'syncing' || session.phase === 'streaming';
  return syncs ? sync(session, atMs) : identify(session, atMs);
}
