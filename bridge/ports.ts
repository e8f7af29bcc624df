/** What a bridge needs of the world around it: time, a place for objects, and serial channels. */
import type { LandingObject } from './core/landing-batches.ts';

/** The bridge's clock and alarm, in epoch ms with fractions. */
export interface BridgeTimers {
  now(): number;
  at(timeMs: number, action: () => void): void;
}

/** Where objects go. A repeated key replaces the object. */
export interface ObjectSink {
  put(object: LandingObject): Promise<void>;
}

/** The host's end of a serial cable. `write` takes one byte per character. */
export interface SerialChannel {
  readonly path: string;
  write(bytes: string): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  onClose(listener: () => void): void;
}
