import type { BridgeError } from '../bridge-error.ts';
import { openFailure, portLost, portStuck } from './serial-port-failure.ts';
import { readBytes } from './serial-read.ts';
import type { BindingPort } from './serial-read.ts';
import { succeedsWithin } from './time-limit.ts';

const READ_BUFFER_BYTES = 4_096;
/** Commands are at most 82 bytes; a device that leaves this much untaken does not read at all. */
const UNSENT_BYTES_MAX = 65_536;
const FLUSH_TIMEOUT_MS = 500;

/** Why a channel ended. `disconnected` is false after `close()`; otherwise `error` says what happened. */
export interface CloseReason {
  readonly disconnected: boolean;
  readonly error?: BridgeError;
}

/** The two lines beside the data by which a host resets a board: which is asserted. */
export interface ModemLines {
  readonly dtr: boolean;
  readonly rts: boolean;
}

/** An open serial line, in bytes. */
export interface SerialChannel {
  readonly path: string;
  /** Sets DTR and RTS; absent where there are none, as on a pseudo-terminal. */
  readonly setModemLines?: (lines: ModemLines) => void;
  /** Sends `bytes`, one byte per character (latin1). To a channel that has ended they are lost, as on a wire. */
  write(bytes: string): void;
  /** Calls `listener` with what arrives; the chunk is the listener's to keep. Until the first listener, bytes wait and a disconnect goes unnoticed. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Calls `listener` once, when the channel has ended for whatever reason and the port is free again. */
  onClose(listener: (reason: CloseReason) => void): void;
  /** Sends what was written, within half a second, and gives the port back. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens a serial port, exclusively, with 8 data bits, no parity and 1 stop bit.
 *
 * DTR and RTS stay as opening sets them, until somebody sets them.
 * @throws BridgeError `SERIAL_PORT_NOT_FOUND`, `SERIAL_PORT_DENIED`, `SERIAL_PORT_BUSY`, `SERIAL_PORT_FAILED`
 */
export async function openSerialPort(options: {
  readonly path: string;
  readonly baudRate: number;
}): Promise<SerialChannel> {
  const { path, baudRate } = options;
  try {
    // Loaded on use: it is native code, and a machine without it still runs everything but serial ports.
    const { SerialPort } = await import('serialport');
    const port = await SerialPort.binding.open({ path, baudRate, lock: true });
    return new PortChannel(path, port, await hasModemLines(port));
  } catch (error) {
    throw openFailure(path, error);
  }
}

/** A pseudo-terminal answers every question about such lines with ENOTTY. */
async function hasModemLines(port: BindingPort): Promise<boolean> {
  try {
    await port.get();
    return true;
  } catch {
    return false;
  }
}

/** Works on serialport's binding, not on its stream: that one tells of a port lost during a write twice, once too early. */
class PortChannel implements SerialChannel {
  readonly path: string;
  readonly setModemLines?: (lines: ModemLines) => void;
  readonly #port: BindingPort;
  readonly #dataListeners: ((chunk: Uint8Array) => void)[] = [];
  readonly #closeListeners: ((reason: CloseReason) => void)[] = [];
  #unsentBytes = 0;
  #sending: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;
  #ended: CloseReason | undefined;

  constructor(path: string, port: BindingPort, modemLines: boolean) {
    this.path = path;
    this.#port = port;
    if (modemLines) this.setModemLines = (lines) => void this.#set(lines);
  }

  write(bytes: string): void {
    if (this.#ending !== undefined) return;
    this.#unsentBytes += bytes.length;
    if (this.#unsentBytes > UNSENT_BYTES_MAX) this.#lose(portStuck(this.path));
    else this.#sending = this.#sending.then(() => this.#send(Buffer.from(bytes, 'latin1')));
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    if (this.#dataListeners.push(listener) === 1) void this.#receive();
  }

  onClose(listener: (reason: CloseReason) => void): void {
    const ended = this.#ended;
    if (ended === undefined) this.#closeListeners.push(listener);
    else queueMicrotask(() => listener(ended));
  }

  close(): Promise<void> {
    this.#ending ??= this.#finish();
    return this.#ending;
  }

  async #receive(): Promise<void> {
    const buffer = Buffer.allocUnsafe(READ_BUFFER_BYTES);
    for (;;) {
      const length = await this.#read(buffer);
      if (length === 0) return;
      const chunk = new Uint8Array(buffer.subarray(0, length));
      for (const listener of this.#dataListeners) listener(chunk);
    }
  }

  async #read(buffer: Buffer): Promise<number> {
    let cause: unknown;
    try {
      const length = await readBytes(this.#port, buffer);
      if (length > 0) return length;
    } catch (error) {
      cause = error;
    }
    this.#lose(portLost(this.path, cause));
    return 0;
  }

  async #send(bytes: Buffer): Promise<void> {
    if (!this.#port.isOpen) return;
    try {
      await this.#port.write(bytes);
      this.#unsentBytes -= bytes.length;
    } catch (error) {
      this.#lose(portLost(this.path, error));
    }
  }

  async #set(lines: ModemLines): Promise<void> {
    if (!this.#port.isOpen) return;
    try {
      await this.#port.set(lines);
    } catch (error) {
      this.#lose(portLost(this.path, error));
    }
  }

  /** The first reason counts: closing a port makes the waiting read and write fail, too. */
  #lose(error: BridgeError): void {
    this.#ending ??= this.#release({ disconnected: true, error });
  }

  async #finish(): Promise<void> {
    await succeedsWithin(FLUSH_TIMEOUT_MS, this.#sending);
    await this.#release({ disconnected: false });
  }

  async #release(reason: CloseReason): Promise<void> {
    try {
      await this.#port.close();
    } catch {
      // The system may complain about a port that vanished. It has taken the descriptor back all the same.
    }
    this.#ended = reason;
    for (const listener of this.#closeListeners) listener(reason);
  }
}
