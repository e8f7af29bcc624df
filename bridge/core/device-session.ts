/**
 * The bridge's side of one serial port, as a state machine. It waits for the device to boot, asks who it is, fits its
 * clock, starts it, and lands its readings. A box that is exchanged on the same port is recognised by its boot id.
 */
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceResponse, HostCommand, Reading } from '../../firmware-protocol/index.ts';
import { takeReading, takeUnframed } from './device-data.ts';
import type { DeviceIdentity } from './device-data.ts';
import { ask, askAgain, conclude, findAnswered, NEW_DIALOGUE } from './device-dialogue.ts';
import type { Asked, Dialogue, PendingCommand } from './device-dialogue.ts';
import type { ReadingOrder } from './reading-order.ts';
import type { SessionEffect, SessionEvent } from './session-events.ts';
import { takeExchange } from './sync-burst.ts';
import type { SyncState } from './sync-burst.ts';
import { pauseAfterBurst, statedDriftPpm } from './sync-schedule.ts';

/** How long a device may take to boot after its port opened, in ms. */
const SETTLE_MS = 1_000;
/** A fraction of a ms more than a round number: the exchanges of a burst then fall on different fractions of a tick. */
const SYNC_SPACING_MS = 25.37;
const RATE_HZ_WANTED = 50;
/** Time between a device that does not answer and the next attempt to identify it. */
const RETRY_MS = 5_000;

/** What a session is busy with; readings land in every phase once the device is introduced and its clock is fitted. */
type Phase = Asking | 'settling' | 'streaming' | 'silent' | 'closing';
/** Phases that wait for an answer of the device. */
type Asking = 'identifying' | 'negotiating' | 'syncing' | 'starting';

/** Everything a session remembers. */
export interface DeviceSession extends SyncState {
  readonly phase: Phase;
  readonly identity: DeviceIdentity | undefined;
  readonly rateHz: number;
  readonly started: boolean;
  readonly order: ReadingOrder | undefined;
  readonly dialogue: Dialogue;
  /** When the phase goes on by itself. */
  readonly dueMs: number;
}

/** A session's new state and what to do. */
export interface SessionStep {
  readonly session: DeviceSession;
  readonly effects: readonly SessionEffect[];
}

/** The session of a port that is not open yet. `byteMs` is the time of one byte on the line. */
export function newDeviceSession(byteMs: number): DeviceSession {
  return {
    phase: 'settling',
    byteMs,
    isPaced: true,
    identity: undefined,
    rateHz: RATE_HZ_WANTED,
    started: false,
    order: undefined,
    driftPpmMax: statedDriftPpm([]),
    clock: undefined,
    burst: [],
    dialogue: NEW_DIALOGUE,
    dueMs: Number.POSITIVE_INFINITY,
  };
}

/** Advances a session by one event. */
export function stepDeviceSession(session: DeviceSession, event: SessionEvent): SessionStep {
  switch (event.kind) {
    case 'opened':
      return wait(session, 'settling', event.atMs + SETTLE_MS);
    case 'line':
      return receiveLine(session, event.line, event.atMs);
    case 'woken':
      return wake(session, event.atMs);
    case 'closing':
      return close(session, event.atMs);
  }
}

function receiveLine(session: DeviceSession, line: string, atMs: number): SessionStep {
  const decoded = decodeDeviceLine(line);
  switch (decoded.kind) {
    case 'reading':
      return receiveReading(session, decoded, line, atMs);
    case 'rejected':
      return { session, effects: takeUnframed(line) };
    case 'boot':
      return identify({ ...session, identity: undefined, order: undefined }, atMs);
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
  const synced = { ...session, ...takeExchange(session, exchange) };
  if (synced.burst.length > 0) return wait(synced, 'syncing', atMs + SYNC_SPACING_MS);
  return session.started
    ? stream(synced, atMs)
    : command(synced, 'starting', { kind: 'start', rateHz: session.rateHz }, atMs);
}

function wake(session: DeviceSession, atMs: number): SessionStep {
  const { pending } = session.dialogue;
  if (pending !== undefined) {
    if (atMs < pending.deadlineMs) return stay(session);
    const again = askAgain(session.dialogue, atMs);
    if (again !== undefined) return sent(session, again);
    return retryLater({ ...session, dialogue: conclude(session.dialogue) }, atMs);
  }
  if (atMs < session.dueMs) return stay(session);
  const syncs = session.phase === 'syncing' || session.phase === 'streaming';
  return syncs ? sync(session, atMs) : identify(session, atMs);
}

/** Stops a device that may be streaming. From then on nothing is asked of it any more; what it still sends lands. */
function close(session: DeviceSession, atMs: number): SessionStep {
  return session.started || session.identity !== undefined
    ? command(session, 'closing', { kind: 'stop' }, atMs)
    : stay({ ...session, phase: 'closing', dialogue: conclude(session.dialogue) });
}

function retryLater(session: DeviceSession, atMs: number): SessionStep {
  return session.phase === 'closing' ? stay(session) : wait(session, 'silent', atMs + RETRY_MS);
}

/**
 * Asks who is there, unless that is under way. Until the answer, whoever was there before is believed: the boot id that
 * nobody introduced may be damage.
 */
function introduce(session: DeviceSession, atMs: number): SessionStep {
  return session.dialogue.pending?.command.kind === 'identify'
    ? stay(session)
    : identify(session, atMs);
}

function identify(session: DeviceSession, atMs: number): SessionStep {
  return session.phase === 'closing'
    ? stay(session)
    : command(session, 'identifying', { kind: 'identify' }, atMs);
}

function sync(session: DeviceSession, atMs: number): SessionStep {
  return command(session, 'syncing', { kind: 'sync', hostMs: Math.round(atMs) }, atMs);
}

function command(
  session: DeviceSession,
  phase: Phase,
  hostCommand: HostCommand,
  atMs: number,
): SessionStep {
  return sent({ ...session, phase }, ask(session.dialogue, hostCommand, atMs));
}

function sent(session: DeviceSession, { dialogue, text, deadlineMs }: Asked): SessionStep {
  return {
    session: { ...session, dialogue },
    effects: [
      { kind: 'send', text },
      { kind: 'wake', atMs: deadlineMs },
    ],
  };
}

function wait(session: DeviceSession, phase: Phase, dueMs: number): SessionStep {
  return { session: { ...session, phase, dueMs }, effects: [{ kind: 'wake', atMs: dueMs }] };
}

function stream(session: DeviceSession, atMs: number): SessionStep {
  return wait(session, 'streaming', atMs + pauseAfterBurst(session.clock));
}

function stay(session: DeviceSession): SessionStep {
  return { session, effects: [] };
}
