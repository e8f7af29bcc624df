/** What a monitor knows of the device that it watches. A pure state: events in, the next state out. */
import { decodeDeviceLine, decodeRawRecord } from '../../firmware-protocol/index.ts';
import type {
  DecodedDeviceLine,
  DeviceLine,
  DeviceResponse,
  Reading,
} from '../../firmware-protocol/index.ts';
import { countReading, NO_READINGS } from './reading-counts.ts';
import type { ReadingCounts, Sample } from './reading-counts.ts';

/** Events that are kept for the screen. */
const EVENTS_KEPT = 50;

/** The device's clock against the host's, as the bridge fits it. Drift is how much the device is fast. */
export interface ClockView {
  readonly offsetMs: number;
  readonly driftPpm: number;
  /** How wrong the offset can be. */
  readonly errorMs: number;
  readonly bursts: number;
}

/** What a monitor hears. `ms` counts from the opening of the port; a line comes without its LF. */
export type MonitorEvent =
  | { readonly kind: 'line'; readonly ms: number; readonly line: string }
  | { readonly kind: 'sent'; readonly ms: number; readonly bytes: string }
  /** A bridge would not land the line that came last, although it is whole. */
  | { readonly kind: 'refused'; readonly ms: number; readonly reason: string }
  | { readonly kind: 'clock'; readonly ms: number; readonly clock: ClockView | undefined }
  | { readonly kind: 'phase'; readonly ms: number; readonly phase: string }
  | { readonly kind: 'closed'; readonly ms: number };

/** Something that a person may want to know of. */
export interface Notice {
  readonly ms: number;
  readonly text: string;
  readonly isBad: boolean;
}

/** What is known so far. */
export interface MonitorState {
  readonly identity: (DeviceResponse & { readonly kind: 'id' }) | undefined;
  readonly boot: string | undefined;
  readonly phase: string;
  readonly clock: ClockView | undefined;
  readonly lines: number;
  readonly counts: ReadingCounts;
  /** Lines that were not understood or not taken, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
  readonly notices: readonly Notice[];
  /** True from the answer to STOP to the next reading. */
  readonly isStopped: boolean;
  readonly isClosed: boolean;
}

/** Before anything was heard. */
export const NEW_MONITOR: MonitorState = {
  identity: undefined,
  boot: undefined,
  phase: 'listening',
  clock: undefined,
  lines: 0,
  counts: NO_READINGS,
  rejected: new Map(),
  notices: [],
  isStopped: false,
  isClosed: false,
};

/** What the line holds: frames, raw records of level 0, and why it is neither. */
export function decodeLine(
  line: string,
): DecodedDeviceLine | { readonly kind: 'record'; readonly sample: Sample } {
  const decoded = decodeDeviceLine(line);
  if (decoded.kind !== 'rejected' || !line.startsWith('{')) return decoded;
  const raw = decodeRawRecord(line);
  if (raw.kind === 'rejected') return decoded;
  const { sensorReadingTime: ticks, distanceFromObject: distance } = raw.record;
  return { kind: 'record', sample: { ticks, distance } };
}

/** The state after an event. */
export function stepMonitor(state: MonitorState, event: MonitorEvent): MonitorState {
  switch (event.kind) {
    case 'line':
      return takeLine({ ...state, lines: state.lines + 1 }, event.line, event.ms);
    case 'refused':
      return reject(state, event.reason, event.ms);
    case 'clock':
      return { ...state, clock: event.clock };
    case 'phase':
      return { ...state, phase: event.phase };
    case 'closed':
      return notice({ ...state, isClosed: true }, event.ms, 'the device is gone', true);
    case 'sent':
      return state;
  }
}

function takeLine(state: MonitorState, line: string, ms: number): MonitorState {
  const decoded = decodeLine(line);
  switch (decoded.kind) {
    case 'reading':
      return takeReading(state, decoded, ms);
    case 'record':
      return { ...state, isStopped: false, counts: countReading(state.counts, decoded.sample, ms) };
    case 'rejected':
      return decoded.reason === 'empty' ? state : reject(state, decoded.reason, ms);
    case 'id':
      return { ...state, identity: decoded, boot: decoded.boot };
    case 'stopped':
      return notice({ ...state, isStopped: true }, ms, 'stopped');
    case 'boot':
      return notice({ ...state, boot: decoded.boot }, ms, `boot ${decoded.boot}, ${decoded.why}`);
    default: {
      const text = describeNews(decoded);
      const isBad = decoded.kind === 'fault' || decoded.kind === 'error';
      return text === undefined ? state : notice(state, ms, text, isBad);
    }
  }
}

/** What is worth a notice; heartbeats and the answers that a session asks for all the time are not. */
function describeNews(line: DeviceLine): string | undefined {
  switch (line.kind) {
    case 'fault':
      return `fault ${line.code}: ${line.text}`;
    case 'text':
      return `# ${line.text}`;
    case 'error':
      return `error ${line.code} for command ${line.tag === '' ? 'without tag' : line.tag}`;
    case 'started':
      return `started at ${line.rateHz} Hz`;
    default:
      return undefined;
  }
}

function takeReading(state: MonitorState, reading: Reading, ms: number): MonitorState {
  const counts = countReading(state.counts, reading, ms);
  const missing = counts.missing - state.counts.missing;
  const next = { ...state, counts, boot: reading.boot, isStopped: false };
  if (missing === 0) return next;
  return notice(next, ms, `${missing} readings missing before ${reading.seq}`, true);
}

function reject(state: MonitorState, reason: string, ms: number): MonitorState {
  const rejected = new Map(state.rejected);
  rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  return notice({ ...state, rejected }, ms, `rejected: ${reason}`, true);
}

function notice(state: MonitorState, ms: number, text: string, isBad = false): MonitorState {
  return { ...state, notices: [...state.notices, { ms, text, isBad }].slice(-EVENTS_KEPT) };
}
