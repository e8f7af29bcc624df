/** The links of a live run: pseudo-terminals that the bridge opens as serial ports, and phones that are MQTT clients. */
import { join } from 'node:path';
import type { Bridge } from '../../bridge/index.ts';
import { openSerialPort } from '../../bridge/index.ts';
import type { OpenSerialPort } from '../../bridge/index.ts';
import { connectPhone, openVirtualPort, pacePort } from '../../simulator/index.ts';
import type {
  DevicePort,
  PhoneConnection,
  PhoneNetwork,
  PhoneUplink,
  SerialCables,
  Timers,
  VirtualPort,
} from '../../simulator/index.ts';

/** What live links report to. `onFailure` is told once something is broken beyond what the scenario asked for. */
export interface LiveLinkOptions {
  readonly onFailure: (cause: unknown) => void;
}

/** How live serial cables are made. */
export interface LiveSerialOptions extends LiveLinkOptions {
  /** Folder for the links that name the ports: `ttySTEDI0`, `ttySTEDI1`, … */
  readonly folder: string;
  readonly baudRate: number;
  /**
   * The clock of the world, if bytes are to keep the pace of the baud rate. A world that runs faster than real time
   * leaves them out: a byte would take less time than any timer of this machine can tell.
   */
  readonly pace: Timers | undefined;
  readonly bridge: Bridge;
}

/** Serial cables that are pseudo-terminals: the device is at the master's end, the bridge opens the other as a port. */
export class LiveSerial implements SerialCables {
  readonly #options: LiveSerialOptions;
  readonly #open = new Set<() => void>();
  readonly #opening = new Set<Promise<void>>();

  constructor(options: LiveSerialOptions) {
    this.#options = options;
  }

  plug(station: number): DevicePort {
    const { folder, baudRate, pace, bridge, onFailure } = this.#options;
    let port: VirtualPort;
    try {
      port = openVirtualPort({ link: join(folder, `ttySTEDI${station}`) });
    } catch (cause) {
      // This runs in a timer: there is nobody to throw to.
      onFailure(cause);
      return DEAD_PORT;
    }
    const device = pace === undefined ? unpaced(port) : pacePort(port, { timers: pace, baudRate });
    let channel: OpenSerialPort | undefined;
    const close = (): void => {
      this.#open.delete(close);
      device.close();
    };
    this.#open.add(close);
    const opening = openSerialPort({ path: port.link ?? port.path, baudRate })
      .then(async (opened) => {
        channel = opened;
        if (this.#open.has(close)) bridge.attach(opened, baudRate);
        else await opened.close();
      })
      .catch((cause: unknown) => {
        if (this.#open.has(close)) onFailure(cause);
      })
      .finally(() => this.#opening.delete(opening));
    this.#opening.add(opening);
    return {
      send: (bytes, onEnd) => device.send(bytes, onEnd),
      onReceive: (listener) => device.onReceive(listener),
      close: () => {
        close();
        void channel?.close();
      },
    };
  }

  /** Pulls every cable, and waits until no port is about to open any more. */
  async close(): Promise<void> {
    for (const close of this.#open) close();
    await Promise.all(this.#opening);
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

/** How live phones connect. */
export interface LivePhonesOptions extends LiveLinkOptions {
  readonly url: string;
  /** Stands in front of client ids, so that runs on one broker keep apart. */
  readonly clientPrefix: string;
}

/** Phones that are MQTT clients of a broker. */
export class LivePhones implements PhoneNetwork {
  readonly #options: LivePhonesOptions;
  readonly #connections = new Map<string, Promise<PhoneConnection>>();
  readonly #publishing = new Set<Promise<void>>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: LivePhonesOptions) {
    this.#options = options;
  }

  connect(clientId: string): PhoneUplink {
    const { url, clientPrefix, onFailure } = this.#options;
    const connecting = connectPhone({ url, clientId: `${clientPrefix}${clientId}` });
    connecting.catch(onFailure);
    this.#connections.set(clientId, connecting);
    return {
      publish: (topic, payload, onAcknowledged) => {
        const prefixed = topic.replace(clientId, `${clientPrefix}${clientId}`);
        const publishing = connecting
          .then((connection) => connection.publish(prefixed, payload))
          .then(onAcknowledged)
          .catch(onFailure)
          .finally(() => this.#publishing.delete(publishing));
        this.#publishing.add(publishing);
      },
      close: () => this.#disconnect(clientId, connecting),
    };
  }

  /** Waits until everything that was published is acknowledged, and disconnects. */
  async drain(): Promise<void> {
    await Promise.all(this.#publishing);
    for (const [clientId, connecting] of this.#connections) this.#disconnect(clientId, connecting);
    await Promise.all(this.#closing);
  }

  /** Cuts every connection. */
  async kill(): Promise<void> {
    const connections = await Promise.allSettled(this.#connections.values());
    for (const connection of connections) {
      if (connection.status === 'fulfilled') connection.value.kill();
    }
  }

  #disconnect(clientId: string, connecting: Promise<PhoneConnection>): void {
    if (this.#connections.get(clientId) === connecting) this.#connections.delete(clientId);
    const closing = Promise.all(this.#publishing)
      .then(() => connecting)
      .then((connection) => connection.close())
      .catch(this.#options.onFailure)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
