/** What stands in for parts of the machine when a bridge runs in a world that is not the machine's. */
import type { WindowLimits } from './core/duplicate-windows.ts';
import type { StoredSegment } from './landing/lander.ts';
import type { OpenSink } from './landing-sink.ts';
import type { BridgeTimers, TakeMessage } from './ports.ts';
import type { SerialWorld } from './serial/index.ts';

/** The world of a bridge. What is not given is that of the machine, as in production. */
export interface BridgeWorld {
  /**
   * The clock that records are stamped by and that devices are led by. Attempts at the storage and the broker keep to the
   * machine's clock: that one never stands still.
   */
  readonly timers?: BridgeTimers;
  /** How many messages of phones are remembered, to recognise those that come again. */
  readonly windows?: WindowLimits;
  /** Instead of the storage of the settings; the bridge lets it go at its end. */
  readonly sink?: OpenSink;
  readonly ports?: SerialWorld;
  /** How often serial ports are looked for, in ms of the clock above; a second if not given. */
  readonly pollMs?: number;
  /** Stands in front of the intake of an external broker: what it does not pass on is not taken. */
  readonly admit?: (take: TakeMessage) => TakeMessage;
  /**
   * Draws which part of the longest pause is waited after a failure of the storage or the broker, 0 inclusive to 1 exclusive.
   */
  readonly random?: () => number;
  /** Told of each segment that is stored for good. */
  readonly onStored?: (stored: StoredSegment) => void;
}
