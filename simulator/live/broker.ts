import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import type { Aedes, Client } from 'aedes';

import { SimulatorError } from '../simulator-error.ts';
import { SessionQueues } from './session-queues.ts';

/** An MQTT 3.1.1 broker on a TCP port that can go away and come back. */
export interface Broker {
  /** The address for clients, `mqtt://host:port`. */
  readonly url: string;
  /** The TCP port; the same after every restart. */
  readonly port: number;
  /** Stops listening and cuts every connection, like a broker that is being restarted. No effect while down. */
  down(): Promise<void>;
  /**
   * Listens again. Sessions, subscriptions, queued and retained messages are those from before, like those of a broker
   * with persistence: a QoS 1 message that was acknowledged still reaches a persistent subscriber. No effect while up.
   * @throws SimulatorError `PORT_BUSY`, `LISTEN_FAILED`
   */
  up(): Promise<void>;
  /** Goes down for good and forgets everything. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a broker on `host` (127.0.0.1) and `port` (0: a free one).
 * @throws SimulatorError `PORT_BUSY`, `LISTEN_FAILED`
 */
export async function startBroker(
  options: { readonly host?: string; readonly port?: number } = {},
): Promise<Broker> {
  // Loaded on use: it takes 0.1 s, and only live runs need it.
  const { Aedes } = await import('aedes');
  const aedes = await Aedes.createBroker({
    id: 'stedi-broker',
    // aedes acknowledges a message first and stores it afterwards. With a drain timeout, it forgets a message whose
    // acknowledgement was still in the socket's buffer when the connection was cut. Without one, it stores it.
    drainTimeout: 0,
  });
  const { persistence } = aedes as Aedes & { readonly persistence: object };
  new SessionQueues().takeOver(persistence);
  const broker = new RestartableBroker(aedes, options.host ?? '127.0.0.1', options.port ?? 0);
  try {
    await broker.up();
  } catch (error) {
    await broker.close();
    throw error;
  }
  return broker;
}

class RestartableBroker implements Broker {
  readonly #aedes: Aedes;
  readonly #host: string;
  readonly #connections = new Map<Socket, Client>();
  #port: number;
  #server: Server | undefined;

  constructor(aedes: Aedes, host: string, port: number) {
    this.#aedes = aedes;
    this.#host = host;
    this.#port = port;
  }

  get url(): string {
    const host = isIPv6(this.#host) ? `[${this.#host}]` : this.#host;
    return `mqtt://${host}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  async up(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    try {
      server.listen(this.#port, this.#host);
      await once(server, 'listening');
    } catch (error) {
      this.#server = undefined;
      throw listenFailure(this.#host, this.#port, error);
    }
    this.#port = (server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const stopped = once(server, 'close');
    server.close();
    await Promise.all([...this.#connections].map(([socket, client]) => cut(socket, client)));
    await stopped;
  }

  async close(): Promise<void> {
    await this.down();
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#connections.set(socket, this.#aedes.handle(socket));
    // aedes waits for "drain" once per packet, so that a slow reader would pass Node's limit of listeners.
    socket.setMaxListeners(0);
    socket.once('close', () => this.#connections.delete(socket));
  }
}

async function cut(socket: Socket, client: Client): Promise<void> {
  await new Promise<void>((resolve) => client.close(resolve));
  socket.destroy();
}

function listenFailure(host: string, port: number, cause: unknown): SimulatorError {
  if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return new SimulatorError(
      'PORT_BUSY',
      `Port ${port} on ${host} is in use by another program. Stop it, choose another port, or take port 0 for a free one.`,
      { cause },
    );
  }
  return new SimulatorError(
    'LISTEN_FAILED',
    `The MQTT broker cannot listen on port ${port} of ${host}. Use an address of this machine and a port above 1023.`,
    { cause },
  );
}
