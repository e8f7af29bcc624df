/** What goes wrong in a run, as data. Times are epoch ms; rates are probabilities 0–1. */

interface Span {
  readonly atMs: number;
  readonly untilMs: number;
}

/**
 * What a serial line can do to a line of bytes. The order is that of its way: what the device does, what the cable
 * does, what the receiver makes of it.
 */
export const WIRE_DAMAGES = [
  'boot-garbage',
  'cr-only',
  'duplicate',
  'partial',
  'merge',
  'drop',
  'garble',
  'wrong-baud',
] as const;
/** One of {@link WIRE_DAMAGES}. */
export type WireDamage = (typeof WIRE_DAMAGES)[number];

/** The speeds, in bits per second, at which bytes are sent and at which the other end reads them. */
export interface BaudRates {
  readonly sent: number;
  readonly read: number;
}

/**
 * Lines on the serial line of a station are damaged, each with probability `rate`, at most `count` of them. `from` tells
 * who sends these lines. `baud` is for damage that comes from two different speeds.
 */
export interface WireFault extends Span {
  readonly kind: 'wire';
  readonly damage: WireDamage;
  readonly station: number;
  readonly from: 'device' | 'host';
  readonly rate: number;
  readonly count?: number;
  readonly baud?: BaudRates;
}

/** Bytes from the trainer at a station are held back and arrive in chunks: of 64 bytes, or of any size. */
export interface ChunkFault extends Span {
  readonly kind: 'chunks';
  readonly station: number;
  readonly size: 64 | 'any';
}

/** The power of the trainer at a station dips in the middle of the next line that it sends. */
export interface BrownOutFault {
  readonly kind: 'brown-out';
  readonly atMs: number;
  readonly station: number;
}

/** The trainer at a station begins with these counters whenever it boots. */
export interface CounterFault extends Span {
  readonly kind: 'counter-wrap';
  readonly station: number;
  readonly seq: number;
  readonly ticks: number;
}

/** The trainer at a station loses its cable, and with it its power. */
export interface UnplugFault extends Span {
  readonly kind: 'unplug';
  readonly station: number;
}

/** The boxes of two stations change places; their ports stay open. */
export interface SwapFault {
  readonly kind: 'swap-device';
  readonly atMs: number;
  readonly station: number;
  readonly with: number;
}

/** A phone publishes its messages twice, each with probability `rate`; every phone when no person is named. */
export interface DuplicateFault extends Span {
  readonly kind: 'duplicate';
  readonly person: number | undefined;
  readonly rate: number;
}

/** What the way from a phone to the broker can do to a message, apart from sending it twice. */
export const MESSAGE_FAULTS = ['drop', 'late', 'reorder'] as const;

/**
 * Messages of a phone are hit, each with probability `rate`; those of every phone when no person is named. `drop`: they
 * are lost on the way, as with QoS 0. `late`: they are sent `byMs` later, also after the session. `reorder`: they are sent
 * at any time up to `byMs` later, so that others overtake them.
 */
export interface MessageFault extends Span {
  readonly kind: 'message';
  readonly what: (typeof MESSAGE_FAULTS)[number];
  readonly person: number | undefined;
  readonly rate: number;
  /** 0 for `drop`. */
  readonly byMs: number;
}

/** A phone, or every phone when no person is named, has no network; what waits meanwhile is sent at once afterwards. */
export interface OfflineFault extends Span {
  readonly kind: 'offline';
  readonly person: number | undefined;
}

/** The MQTT broker is away and comes back with its sessions. */
export interface BrokerDownFault extends Span {
  readonly kind: 'broker-down';
}

/** The process of the bridge is killed, and started again at the end of the span, with the spool that it left. */
export interface BridgeKilledFault extends Span {
  readonly kind: 'bridge-killed';
}

/** The storage refuses every object. */
export interface StorageDownFault extends Span {
  readonly kind: 'storage-down';
}

/** The storage takes `byMs` for every object. */
export interface StorageSlowFault extends Span {
  readonly kind: 'storage-slow';
  readonly byMs: number;
}

/** The next `count` listings of the landing zone give the first half of their keys, and say that these are all. */
export interface PartialListingFault {
  readonly kind: 'partial-listing';
  readonly count: number;
}

/** What happens to the bridge and its storage: the simulator leaves it to whoever runs them. */
export type PlantFault =
  BridgeKilledFault | StorageDownFault | StorageSlowFault | PartialListingFault;

/** What a station asks for each line or boot; the other faults strike at a moment. */
export type StationFault = WireFault | ChunkFault | CounterFault;

/** One fault. */
export type Fault =
  | StationFault
  | BrownOutFault
  | UnplugFault
  | SwapFault
  | DuplicateFault
  | MessageFault
  | OfflineFault
  | BrokerDownFault
  | PlantFault;

/** A fault without its times: it strikes now, and when it ends nobody knows yet. */
export type SuddenFaultOf<SomeFault extends Fault> = SomeFault extends unknown
  ? Omit<SomeFault, 'atMs' | 'untilMs'>
  : never;

/** A fault of devices or of the broker that strikes now. */
export type SuddenFault = SuddenFaultOf<Exclude<Fault, PlantFault>>;

/** The faults that the station of this number has to ask. */
export function faultsOfStation(faults: readonly Fault[], station: number): StationFault[] {
  return faults.filter((fault): fault is StationFault => {
    const isAsked =
      fault.kind === 'wire' || fault.kind === 'chunks' || fault.kind === 'counter-wrap';
    return isAsked && fault.station === station;
  });
}

/** What a phone asks for each message. */
export type PhoneFault = DuplicateFault | MessageFault | OfflineFault;

/** The faults that the phone of this person has to ask. */
export function faultsOfPhone(faults: readonly Fault[], person: number): PhoneFault[] {
  return faults.filter((fault): fault is PhoneFault => {
    const isAsked =
      fault.kind === 'duplicate' || fault.kind === 'message' || fault.kind === 'offline';
    return isAsked && (fault.person === undefined || fault.person === person);
  });
}

/** True while a fault with a duration is on. */
export function isActive(fault: Span, nowMs: number): boolean {
  return nowMs >= fault.atMs && nowMs < fault.untilMs;
}
