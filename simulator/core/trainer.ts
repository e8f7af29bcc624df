/**
 * The step trainer as a state machine: it boots, identifies itself, syncs, starts, streams, stops and answers errors.
 * Bytes, samples and time come in as events; lines to send and wake-ups come out as effects. All times are ticks: ms
 * since boot as uint32.
 *
 * A REBOOT is answered and then leaves the trainer without power and the adapter with the effect `restart`. The adapter
 * draws another boot id (see `drawBootId`) and answers at once, before any other event, with
 * `{ kind: 'power-on', why: 'TEST', seq, ticks, … }`; from then on its tick clock counts from `ticks`:
 * `(ticks + ms since that moment) mod 2^32`.
 */
import {
  decodeHostCommand,
  ERROR_CODES,
  FLAG_DROPPED_BEFORE,
  FLAG_OUT_OF_RANGE,
  MAX_LINE_BYTES,
  SEQ_MAX,
  TICKS_MAX,
} from '../../firmware-protocol/index.ts';
import type {
  DeviceLine,
  DeviceResponse,
  HostCommand,
  Reading,
} from '../../firmware-protocol/index.ts';

/** Silence after which the device sends a heartbeat; the protocol allows at most 5 s. */
const HEARTBEAT_TICKS = 4_000;

/** What kind of device a trainer is; the rate is the fastest that it offers, in Hz. */
export interface TrainerProduct {
  readonly model: string;
  readonly firmware: string;
  readonly maxRateHz: number;
}

/** The trainer of STEDI. */
export const STEP_TRAINER: TrainerProduct = { model: 'ST-1', firmware: '1.0.0', maxRateHz: 200 };
/** Options of a trainer that reads its sensor at the rate of START, whether or not somebody steps. */
export const FREE_RUNNING_OPTIONS: readonly string[] = ['SYNC', 'REBOOT', 'PPM200'];
/** Options of a trainer that sends one reading for each step that it sees. */
export const STEPWISE_OPTIONS: readonly string[] = ['SYNC', 'REBOOT', 'STEP', 'PPM200'];
/** A trainer without power, or one that runs. */
export type TrainerState = { readonly power: 'off' } | RunningTrainer;

/** `rateHz` is 0 while no readings are asked for; `seq` is the number of the next reading. */
export interface RunningTrainer {
  readonly power: 'on';
  readonly product: TrainerProduct;
  readonly serialNumber: string;
  readonly boot: string;
  /** What `=CAPS` offers; a command whose option is not among them is unknown to the trainer. */
  readonly options: readonly string[];
  readonly rateHz: number;
  readonly seq: number;
  readonly droppedBefore: boolean;
  readonly lastSentTicks: number;
  /** The command line that is being received. */
  readonly input: string;
}

/** What can happen to a trainer. */
export type TrainerEvent =
  | {
      readonly kind: 'power-on';
      readonly serialNumber: string;
      readonly boot: string;
      readonly why: string;
      /** {@link STEP_TRAINER} if not given. */
      readonly product?: TrainerProduct;
      /** {@link STEPWISE_OPTIONS} if not given. */
      readonly options?: readonly string[];
      /** The number of the first reading, 0 if not given. */
      readonly seq?: number;
      /** What the tick counter shows at this moment, 0 if not given. */
      readonly ticks?: number;
    }
  | { readonly kind: 'power-off' }
  | { readonly kind: 'received'; readonly bytes: string; readonly ticks: number }
  | {
      readonly kind: 'sampled';
      readonly distance: number;
      /** True when the sensor saw nothing within its range; false if not given. */
      readonly outOfRange?: boolean;
      readonly ticks: number;
    }
  /** The transmit buffer had no room for the last reading. */
  | { readonly kind: 'overrun' }
  | { readonly kind: 'woken'; readonly ticks: number };

/** What a trainer wants done. */
export type TrainerEffect =
  | { readonly kind: 'send'; readonly line: DeviceLine }
  | { readonly kind: 'wake'; readonly atTicks: number }
  /** Asks the adapter for a `power-on` with another boot id and with these counters; always the last effect. */
  | { readonly kind: 'restart'; readonly seq: number; readonly ticks: number };

/** A state and what comes out of reaching it. */
export interface TrainerStep {
  readonly state: TrainerState;
  readonly effects: readonly TrainerEffect[];
}

/** A trainer that has never had power. */
export const TRAINER_OFF: TrainerState = { power: 'off' };

/** Advances a trainer by one event. Without power everything but `power-on` is without effect. */
export function stepTrainer(state: TrainerState, event: TrainerEvent): TrainerStep {
  if (event.kind === 'power-on') return powerOn(event);
  if (state.power === 'off') return { state, effects: [] };
  switch (event.kind) {
    case 'power-off':
      return { state: TRAINER_OFF, effects: [] };
    case 'received':
      return receive(state, event.bytes, event.ticks);
    case 'sampled':
      return sample(state, event);
    case 'overrun':
      return { state: { ...state, droppedBefore: true }, effects: [] };
    case 'woken':
      return wake(state, event.ticks);
  }
}

function powerOn(event: TrainerEvent & { kind: 'power-on' }): TrainerStep {
  const { serialNumber, boot, why, seq = 0, ticks = 0 } = event;
  const { product = STEP_TRAINER, options = STEPWISE_OPTIONS } = event;
  const state: RunningTrainer = {
    power: 'on',
    product,
    serialNumber,
    boot,
    options,
    rateHz: 0,
    seq,
    droppedBefore: false,
    lastSentTicks: ticks,
    input: '',
  };
  return { state, effects: [send({ kind: 'boot', boot, why }), wakeAfter(ticks)] };
}

function receive(state: RunningTrainer, bytes: string, ticks: number): TrainerStep {
  const lines = (state.input + bytes).split('\n');
  // A device has a buffer of one line: what is longer only needs to stay too long.
  let next: RunningTrainer = { ...state, input: (lines.pop() as string).slice(0, MAX_LINE_BYTES) };
  const effects: TrainerEffect[] = [];
  for (const line of lines) {
    const decoded = decodeHostCommand(line, state.options);
    if (decoded.kind === 'nothing') continue;
    if (decoded.kind === 'rejected') {
      effects.push(send({ kind: 'error', tag: decoded.tag, code: decoded.code }));
    } else {
      const { response, restart, ...change } = answer(next, decoded.tag, decoded.command, ticks);
      next = { ...next, ...change };
      effects.push(send(response));
      // What the host sent behind it in the same breath is lost with this boot.
      if (restart !== undefined) return { state: TRAINER_OFF, effects: [...effects, restart] };
    }
    next = { ...next, lastSentTicks: ticks };
  }
  return { state: next, effects };
}

interface Answer {
  readonly response: DeviceResponse;
  readonly rateHz?: number;
  readonly restart?: TrainerEffect & { readonly kind: 'restart' };
}

function answer(state: RunningTrainer, tag: string, command: HostCommand, ticks: number): Answer {
  const { product, serialNumber, boot, options } = state;
  switch (command.kind) {
    case 'identify': {
      const { model, firmware } = product;
      return { response: { kind: 'id', tag, model, serialNumber, firmware, boot } };
    }
    case 'capabilities':
      return { response: { kind: 'caps', tag, maxRateHz: product.maxRateHz, options } };
    case 'start':
      if (command.rateHz > product.maxRateHz) {
        return { response: { kind: 'error', tag, code: ERROR_CODES.BAD_ARG } };
      }
      return { response: { kind: 'started', tag, rateHz: command.rateHz }, rateHz: command.rateHz };
    case 'stop':
      return { response: { kind: 'stopped', tag, seq: state.seq }, rateHz: 0 };
    case 'sync':
      return {
        response: { kind: 'synced', tag, hostMs: command.hostMs, rxTicks: ticks, txTicks: ticks },
      };
    case 'ping':
      return { response: { kind: 'pong', tag } };
    case 'reboot': {
      const { seq, ticks: startTicks } = command;
      return {
        response: { kind: 'rebooting', tag },
        restart: { kind: 'restart', seq, ticks: startTicks },
      };
    }
  }
}

function sample(
  state: RunningTrainer,
  { distance, outOfRange, ticks }: TrainerEvent & { readonly kind: 'sampled' },
): TrainerStep {
  if (state.rateHz === 0) return { state, effects: [] };
  const { boot, seq } = state;
  const flags =
    (outOfRange === true ? FLAG_OUT_OF_RANGE : 0) | (state.droppedBefore ? FLAG_DROPPED_BEFORE : 0);
  const reading: Reading = { kind: 'reading', boot, seq, ticks, distance, flags };
  const next = {
    ...state,
    seq: seq === SEQ_MAX ? 0 : seq + 1,
    droppedBefore: false,
    lastSentTicks: ticks,
  };
  return { state: next, effects: [send(reading)] };
}

function wake(state: RunningTrainer, ticks: number): TrainerStep {
  const silentTicks = (ticks - state.lastSentTicks) >>> 0;
  if (silentTicks < HEARTBEAT_TICKS) {
    return { state, effects: [wakeAfter(state.lastSentTicks)] };
  }
  const beat = send({ kind: 'heartbeat', boot: state.boot, ticks });
  return { state: { ...state, lastSentTicks: ticks }, effects: [beat, wakeAfter(ticks)] };
}

function send(line: DeviceLine): TrainerEffect {
  return { kind: 'send', line };
}

function wakeAfter(ticks: number): TrainerEffect {
  return { kind: 'wake', atTicks: (ticks + HEARTBEAT_TICKS) % (TICKS_MAX + 1) };
}
