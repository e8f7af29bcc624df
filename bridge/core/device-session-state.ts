/** What the bridge remembers of the device on one serial port. */
import type { DeviceIdentity } from './device-data.ts';
import { NEW_DIALOGUE } from './device-dialogue.ts';
import type { Dialogue } from './device-dialogue.ts';
import type { ReadingOrder } from './reading-order.ts';
import type { SessionEffect } from './session-events.ts';
import type { SyncState } from './sync-burst.ts';
import { statedDriftPpm } from './sync-schedule.ts';

/** The rate that a device is started with, in Hz, unless it is slower. */
export const RATE_HZ_WANTED = 50;

/** What a session is busy with; readings land in every phase once the device is introduced and its clock is fitted. */
export type Phase = Asking | 'settling' | 'streaming' | 'silent' | 'held' | 'closing';
/** Phases that wait for an answer of the device. */
type Asking = 'identifying' | 'negotiating' | 'syncing' | 'starting' | 'holding';

/** Everything a session remembers. */
export interface DeviceSession extends SyncState {
  readonly phase: Phase;
  readonly identity: DeviceIdentity | undefined;
  /** The boot that was announced last on this port, and when: its counters began anew then. */
  readonly announced: { readonly boot: string; readonly atMs: number } | undefined;
  readonly rateHz: number;
  readonly started: boolean;
  /** Whether the device shall rest, as there is no room for its readings. */
  readonly held: boolean;
  readonly order: ReadingOrder | undefined;
  /** What the time of day is ahead of the host's time, in ms, and what it was when the clock was fitted. */
  readonly setMs: number;
  readonly clockSetMs: number;
  /** Whether any line came since the port was opened. */
  readonly hasHeard: boolean;
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
    announced: undefined,
    rateHz: RATE_HZ_WANTED,
    started: false,
    held: false,
    order: undefined,
    driftPpmMax: statedDriftPpm([]),
    clock: undefined,
    setMs: 0,
    clockSetMs: 0,
    burst: [],
    hasHeard: false,
    dialogue: NEW_DIALOGUE,
    dueMs: Number.POSITIVE_INFINITY,
  };
}
