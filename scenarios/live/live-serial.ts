/** Live serial cables: pseudo-terminals whose other ends the bridge finds as serial ports. */
import { join } from 'node:path';
import { openVirtualPort, pacePort } from '../../simulator/index.ts';
import type { DevicePort, SerialCables, Timers, VirtualPort } from '../../simulator/index.ts';

/** What the names of virtual ports begin with; the number of the station follows. */
const PORT_PREFIX = 'ttySTEDI';

/** The name of the port of a station. */
export function portName(station: number): string {
  return `${PORT_PREFIX}${station}`;
}

/** How live serial cables are made. */
export interface LiveSerialOptions {
  /** Folder for the links that name the ports: `ttySTEDI0`, `ttySTEDI1`, … */
  readonly folder: string;
  readonly baudRate: number;
  /**
   * The clock of the world, if bytes are to keep the pace of the baud rate. A world that runs faster than real time
   * leaves them out: a byte would take less time than any timer of this machine can tell.
   */
  readonly pace: Timers | undefined;
  /** Told once something is broken beyond what the scenario asked for. */
  readonly onFailure: (cause: unknown) => void;
}

/** Serial cables that are pseudo-terminals: the device is at the master's end, and a link leads to the other. */
export class LiveSerial implements SerialCables {
  readonly #options: LiveSerialOptions;
  readonly #plugged = new Map<number, () => void>();
  #isClosed = false;

  constructor(options: LiveSerialOptions) {
    this.#options = options;
  }

  /** What finds all ports, for whoever opens them. */
  get pattern(): string {
    return join(this.#options.folder, `${PORT_PREFIX}*`);
  }

  /** Whether a path is that of one of these ports. */
  owns(path: string): boolean {
    return path.startsWith(join(this.#options.folder, PORT_PREFIX));
  }

  plug(station: number): DevicePort {
    const { folder, baudRate, pace, onFailure } = this.#options;
    if (this.#isClosed) return DEAD_PORT;
    let port: VirtualPort;
    try {
      port = openVirtualPort({ link: join(folder, portName(station)) });
    } catch (cause) {
      // This runs in a timer: there is nobody to throw to.
      onFailure(cause);
      return DEAD_PORT;
    }
    const device = pace === undefined ? unpaced(port) : pacePort(port, { timers: pace, baudRate });
    const close = (): void => {
      if (this.#plugged.get(station) === close) this.#plugged.delete(station);
      device.close();
    };
    this.#plugged.set(station, close);
    return {
      send: (bytes, onEnd) => device.send(bytes, onEnd),
      onReceive: (listener) => device.onReceive(listener),
      close,
    };
  }

  /** Pulls every cable; those that are plugged from now on lead nowhere. */
  close(): void {
    this.#isClosed = true;
    for (const close of this.#plugged.values()) close();
  }
}

/** A port on which bytes take no time. */
function unpaced(port: VirtualPort): DevicePort {
  return {
    send: (bytes, onEnd) => {
      const isTaken = port.write(bytes) === bytes.length;
      // What the terminal has taken it keeps for its reader.
      if (isTaken) onEnd?.(true);
      return isTaken;
    },
    onReceive: (listener) =>
      port.onData((chunk) => listener(Buffer.from(chunk).toString('latin1'))),
    close: () => port.close(),
  };
}

const DEAD_PORT: DevicePort = {
  send: () => false,
  onReceive: () => undefined,
  close: () => undefined,
};
