/** What goes wrong in a run, as data. Times are epoch ms; rates are probabilities 0–1. */

interface Span {
  readonly atMs: number;
  readonly untilMs: number;
}

/** Lines from the trainer at a station are damaged, each with probability `rate`. */
export interface GarbleFault extends Span {
  readonly kind: 'garble';
  readonly station: number;
  readonly rate: number;
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

/** The MQTT broker is away and comes back with its sessions. */
export interface BrokerDownFault extends Span {
  readonly kind: 'broker-down';
}

/** One fault. */
export type Fault = GarbleFault | UnplugFault | SwapFault | DuplicateFault | BrokerDownFault;

/** True while a fault with a duration is on. */
export function isActive(fault: Span, nowMs: number): boolean {
  return nowMs >= fault.atMs && nowMs < fault.untilMs;
}
