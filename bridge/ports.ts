/** What a bridge needs of the world around it: time, serial channels, a place for records that lasts, and one for objects. */
import type { LastReading } from './core/device-roster.ts';
import type { BatchTable, LandingObject } from './core/landing-batches.ts';

/**
 * The bridge's clock and alarm, in epoch ms with fractions. It runs evenly, whoever sets the machine's clock: what is
 * written down as a time gets `timeOfDay(timers)` (core/time-of-day.ts), and everything else `now()`.
 */
export interface BridgeTimers {
  now(): number;
  at(timeMs: number, action: () => void): void;
  /** What the machine's clock was set by since the start, in ms; nothing if not given. */
  readonly clockSetMs?: number;
  /** How many of its ms pass in one real ms; 1 if not given. It may change. */
  readonly speed?: number;
}

/** Where objects go. A repeated key replaces the object. */
export interface ObjectSink {
  /** Resolves when the object is stored as given; rejects when it is not, or nobody knows, or the signal ended the attempt. */
  put(object: LandingObject, signal?: AbortSignal): Promise<void>;
}

/** The host's end of a serial cable. `write` takes one byte per character. */
export interface SerialChannel {
  readonly path: string;
  write(bytes: string): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  onClose(listener: () => void): void;
}

/** Where the bridge puts what it took, before anybody is told that it was taken. */
export interface RecordStore {
  /**
   * Takes whole lines of newline-delimited JSON, each with its LF; `rows` says how many. Bytes are copied or used up
   * before it returns. `onDurable` is called once, never during the call, when the lines would survive the loss of
   * power, in the order of the appends to one table. It is never called when the store has failed.
   */
  append(table: BatchTable, lines: Uint8Array, rows: number, onDurable?: () => void): void;
  /** Gives what was appended to the operating system, so that the death of this process cannot lose it. */
  flush(): void;
  /** True while so much waits for the disk that sources shall pause. What is appended all the same is kept. */
  readonly isFull: boolean;
  /** Calls `listener` each time `isFull` has become false again. */
  onRoom(listener: () => void): void;
}

/** What remembers the last readings of devices for the next start. */
export interface ReadingMemory {
  readonly remembered: readonly LastReading[];
  /** Takes the last reading of a device before its line is given to the operating system. */
  keep(last: LastReading): void;
}

/** One MQTT PUBLISH as it arrived. */
export interface PhoneMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The DUP flag: the sender says that it may have sent this before. */
  readonly dup: boolean;
  /** How many bytes the payload lacks at its end: it was longer than a message may be. */
  readonly omittedBytes?: number;
}

/** Takes a message; `onDurable` is called when it, or its quarantine entry, is durable. Only then may it be acknowledged. */
export type TakeMessage = (message: PhoneMessage, onDurable: () => void) => void;
