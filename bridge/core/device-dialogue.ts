/** Commands to a device, one at a time: each waits for the answer with its tag, and is repeated when none comes. */
import { encodeHostCommand } from '../../firmware-protocol/index.ts';
import type { DeviceResponse, HostCommand } from '../../firmware-protocol/index.ts';

/** A device answers within 250 ms; the rest is for the line and the host. */
const ANSWER_MS = 400;
/** What a busy machine may need for a command and its answer, in its own ms. */
const MACHINE_MS = 150;
/** A command is sent once and repeated twice. */
const ATTEMPTS = 3;
const TAGS = 9999;

const RESPONSE_KINDS: Readonly<Record<HostCommand['kind'], DeviceResponse['kind']>> = {
  identify: 'id',
  capabilities: 'caps',
  start: 'started',
  stop: 'stopped',
  sync: 'synced',
  ping: 'pong',
  reboot: 'rebooting',
};

/** A command under way: when its last attempt was sent, and how many bytes that took. */
export interface PendingCommand {
  readonly command: HostCommand;
  readonly tag: string;
  readonly sentMs: number;
  readonly sentBytes: number;
  readonly attempts: number;
  readonly deadlineMs: number;
}

/**
 * How long to wait for an answer, in ms of a host's clock that runs `speed` times as fast as real time: on a fast clock
 * the machine is as slow as ever.
 */
export function answerMs(speed: number): number {
  return Math.max(ANSWER_MS, MACHINE_MS * speed);
}

/** The state of a dialogue. Tags count from 1 and begin again after 9999. */
export interface Dialogue {
  readonly pending: PendingCommand | undefined;
  readonly nextTag: number;
  /** How long an answer is waited for, in ms. */
  readonly patienceMs: number;
}

/** A dialogue in which nothing was said yet. */
export const NEW_DIALOGUE: Dialogue = { pending: undefined, nextTag: 1, patienceMs: ANSWER_MS };

/** A dialogue after a command went out, and the bytes of it. */
export interface Asked {
  readonly dialogue: Dialogue;
  readonly text: string;
  readonly deadlineMs: number;
}

/** Sends a command. One that was still waiting is given up. */
export function ask(dialogue: Dialogue, command: HostCommand, atMs: number): Asked {
  return send(dialogue, command, atMs, 1);
}

/** Sends the waiting command again; `undefined` when it was sent often enough. */
export function askAgain(dialogue: Dialogue, atMs: number): Asked | undefined {
  const { pending } = dialogue;
  if (pending === undefined || pending.attempts >= ATTEMPTS) return undefined;
  const { command } = pending;
  // A repeated SYNC carries the time of this attempt, so that a late answer to the first is not taken for it.
  const fresh = command.kind === 'sync' ? { ...command, hostMs: Math.round(atMs) } : command;
  return send(dialogue, fresh, atMs, pending.attempts + 1);
}

/** The command that `response` answers, or `undefined` when it answers none that waits. */
export function findAnswered(
  dialogue: Dialogue,
  response: DeviceResponse,
): PendingCommand | undefined {
  const { pending } = dialogue;
  if (pending === undefined || response.tag !== pending.tag) return undefined;
  return response.kind === 'error' || repeats(response, pending.command) ? pending : undefined;
}

/** Whether a response repeats what was asked. If not, it answers a command that was damaged on its way. */
function repeats(response: DeviceResponse, command: HostCommand): boolean {
  if (response.kind !== RESPONSE_KINDS[command.kind]) return false;
  if (command.kind === 'start' && response.kind === 'started') {
    return response.rateHz === command.rateHz;
  }
  if (command.kind === 'sync' && response.kind === 'synced') {
    return response.hostMs === command.hostMs;
  }
  return true;
}

/** The dialogue when nothing waits any more. */
export function conclude(dialogue: Dialogue): Dialogue {
  return { ...dialogue, pending: undefined };
}

function send(dialogue: Dialogue, command: HostCommand, atMs: number, attempts: number): Asked {
  const tag = String(dialogue.nextTag);
  const text = encodeHostCommand(tag, command);
  const deadlineMs = atMs + dialogue.patienceMs;
  const pending = { command, tag, sentMs: atMs, sentBytes: text.length, attempts, deadlineMs };
  const nextTag = dialogue.nextTag === TAGS ? 1 : dialogue.nextTag + 1;
  return { dialogue: { ...dialogue, pending, nextTag }, text, deadlineMs };
}
