/** Where a device under test is: in memory, in an emulator, or on a serial port. */

/** The clock that a link lives on, in ms (any zero, fractions allowed), and its alarm. */
export interface LinkTimers {
  now(): number;
  /** Calls `action` once, at `timeMs` or as soon after as possible. */
  at(timeMs: number, action: () => void): void;
}

/** The host's end of the line to a device under test. Everything happens on the link's own clock, virtual or real. */
export interface DeviceLink {
  readonly timers: LinkTimers;
  /** Time of one byte on the line in ms; 0 for a line without a pace. */
  readonly byteMs: number;
  /** Sends bytes, one per character (latin1). */
  write(bytes: string): void;
  /** Calls `listener` with what arrives; the chunk is the listener's to keep. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Calls `listener` once if the device goes away. */
  onClose(listener: () => void): void;
  /** Restarts the device by its reset line or its power, where the link can do that. */
  readonly reset?: () => void;
}
