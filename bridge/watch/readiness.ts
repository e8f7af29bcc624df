/** Whether a bridge does what it is for, part by part. */
import type { BridgeStatus } from './bridge-status.ts';

/** One part of a bridge. */
export interface PartReadiness {
  readonly ready: boolean;
  /** Whether the bridge as a whole is not ready without it. */
  readonly needed: boolean;
  /** What is wrong, and what to do. */
  readonly why?: string;
}

/** The body of `/readyz`. */
export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, PartReadiness>>;
}

/**
 * A bridge is ready while it can take data and keep it: its spool takes records and its sources are open. Storage that
 * is away is told, but does not make it unready, as the spool is there for that.
 */
export function judgeReadiness(status: BridgeStatus): Readiness {
  const { broker, listener, serial } = status;
  const parts: Record<string, PartReadiness> = {
    bridge: part(!status.isClosing, true, 'The bridge is stopping.'),
    spool: judgeSpool(status),
    storage: part(status.storage.isUp, false, status.storage.failure ?? 'Objects are not stored.'),
  };
  if (broker !== undefined) {
    parts['broker'] = part(broker.isUp, true, broker.failure ?? 'The broker is not connected.');
  }
  if (listener !== undefined) {
    parts['listener'] = part(listener.isOpen, true, 'The embedded broker does not listen.');
  }
  if (serial !== undefined) parts['serial'] = judgeSerial(serial);
  const ready = Object.values(parts).every((each) => each.ready || !each.needed);
  return { ready, parts };
}

function part(ready: boolean, needed: boolean, why: string): PartReadiness {
  return ready ? { ready, needed } : { ready, needed, why };
}

const SPOOL_TROUBLE = {
  full: 'The spool takes no more: its disk is full, or too slow. Nothing is acknowledged until there is room.',
  failed:
    'The disk of the spool failed to sync. Nothing is acknowledged any more, and the bridge ends.',
} as const;

function judgeSpool({ spool }: BridgeStatus): PartReadiness {
  if (spool.state === 'ok') return { ready: true, needed: true };
  return { ready: false, needed: true, why: SPOOL_TROUBLE[spool.state] };
}

/** One trainer that is unplugged does not take the others with it; ports that were named and are all away do. */
function judgeSerial({ ports, absent }: NonNullable<BridgeStatus['serial']>): PartReadiness {
  const isServed = (ports['open'] ?? 0) > 0 || absent.length === 0;
  return part(absent.length === 0, !isServed, `Not open: ${absent.join(', ')}.`);
}
