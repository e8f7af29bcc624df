import { BridgeError, openSerialPort } from '../../bridge/index.ts';
import type { OpenSerialPort } from '../../bridge/index.ts';
import { WallTime } from '../../simulator/index.ts';
import { BenchError } from '../bench-error.ts';
import type { BenchErrorCode } from '../bench-error.ts';
import type { DeviceLink, LinkTimers } from '../core/device-link.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Long enough for the capacitor between DTR and the reset pin of a board. */
const RESET_PULSE_MS = 100;

const CODES: Partial<Record<string, BenchErrorCode>> = {
  SERIAL_PORT_NOT_FOUND: 'PORT_NOT_FOUND',
  SERIAL_PORT_DENIED: 'PORT_DENIED',
  SERIAL_PORT_BUSY: 'PORT_BUSY',
  SERIAL_PORT_LOST: 'PORT_LOST',
  SERIAL_PORT_FAILED: 'PORT_FAILED',
};

/** A device on an open serial port. It lives on wall time: ms since the port was opened. */
export interface SerialDevice extends DeviceLink {
  readonly path: string;
  /** What ended the link, once something has. */
  readonly failure: BenchError | undefined;
  /** Sends what was written, within half a second, and gives the port back. */
  close(): Promise<void>;
}

/** Which port to open, and how. */
export interface SerialDeviceOptions {
  readonly path: string;
  readonly baudRate: number;
  /** Opens the port; the bridge's way unless given. */
  readonly open?: typeof openSerialPort;
}

/**
 * Opens the port of a device. On most boards that alone restarts the device, as its reset hangs on DTR.
 *
 * @throws BenchError `PORT_NOT_FOUND`, `PORT_DENIED`, `PORT_BUSY`, `PORT_FAILED`
 */
export async function openSerialDevice(options: SerialDeviceOptions): Promise<SerialDevice> {
  const { path, baudRate, open = openSerialPort } = options;
  try {
    return new PortDevice(await open({ path, baudRate }), baudRate);
  } catch (error) {
    throw toBenchError(error);
  }
}

function toBenchError(error: unknown): unknown {
  const code = error instanceof BridgeError ? CODES[error.code] : undefined;
  if (code === undefined) return error;
  return new BenchError(code, (error as BridgeError).message, { cause: error });
}

class PortDevice implements SerialDevice {
  readonly path: string;
  readonly byteMs: number;
  readonly timers: LinkTimers;
  readonly reset?: () => void;
  failure: BenchError | undefined;
  readonly #time = new WallTime(0, 1);
  readonly #channel: OpenSerialPort;

  constructor(channel: OpenSerialPort, baudRate: number) {
    this.path = channel.path;
    this.byteMs = (BITS_PER_BYTE * 1000) / baudRate;
    this.timers = this.#time;
    this.#channel = channel;
    channel.onClose(({ error }) => {
      if (error !== undefined) this.failure = toBenchError(error) as BenchError;
    });
    const { setModemLines } = channel;
    if (setModemLines !== undefined) this.reset = () => this.#pulse(setModemLines);
  }

  write(bytes: string): void {
    this.#channel.write(bytes);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#channel.onData(listener);
  }

  onClose(listener: () => void): void {
    this.#channel.onClose(({ disconnected }) => {
      if (disconnected) listener();
    });
  }

  async close(): Promise<void> {
    this.#time.stop();
    await this.#channel.close();
  }

  /** Boards with an Arduino's capacitor restart when DTR comes back, those with an ESP's transistors while RTS alone is on. */
  #pulse(setModemLines: NonNullable<OpenSerialPort['setModemLines']>): void {
    setModemLines({ dtr: false, rts: true });
    this.timers.at(this.timers.now() + RESET_PULSE_MS, () => {
      setModemLines({ dtr: true, rts: true });
    });
  }
}
