/** Live phones: MQTT clients of a broker over TCP. */
import { setTimeout as pause } from 'node:timers/promises';
import { connectPhone, phoneClientId, SimulatorError } from '../../simulator/index.ts';
import type { PhoneConnection, PhoneNetwork, PhoneUplink } from '../../simulator/index.ts';

/** How long a phone waits before it tries again to connect, in real ms: as long as it does after a lost connection. */
const RETRY_MS = 250;

/** How live phones connect. */
export interface LivePhonesOptions {
  readonly url: string;
  /** Stands in front of client ids, so that runs on one broker keep apart. */
  readonly clientPrefix: string;
  /** Whether the broker may be away for a while: then phones wait for it, also those that were never connected. */
  readonly waits: boolean;
  /** Told once something is broken beyond what the scenario asked for. */
  readonly onFailure: (cause: unknown) => void;
}

/** Phones that are MQTT clients of a broker. */
export class LivePhones implements PhoneNetwork {
  readonly #options: LivePhonesOptions;
  readonly #connections = new Map<string, Promise<PhoneConnection>>();
  readonly #connected = new Set<string>();
  readonly #publishing = new Set<Promise<void>>();
  readonly #closing = new Set<Promise<void>>();
  #isKilled = false;

  constructor(options: LivePhonesOptions) {
    this.#options = options;
  }

  /** Whether the phone of a person has its connection to the broker, as far as the broker is there. */
  isConnected(person: number): boolean {
    return this.#connected.has(phoneClientId(person));
  }

  connect(clientId: string): PhoneUplink {
    const { clientPrefix, onFailure } = this.#options;
    const connecting = this.#connect(clientId);
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

  /** Cuts every connection; no other is made. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    const connections = await Promise.allSettled(this.#connections.values());
    for (const connection of connections) {
      if (connection.status === 'fulfilled') connection.value.kill();
    }
  }

  async #connect(clientId: string): Promise<PhoneConnection> {
    const { url, clientPrefix, waits } = this.#options;
    for (;;) {
      try {
        const connection = await connectPhone({ url, clientId: `${clientPrefix}${clientId}` });
        this.#connected.add(clientId);
        return connection;
      } catch (cause) {
        const isAway = cause instanceof SimulatorError && cause.code === 'BROKER_UNREACHABLE';
        if (!waits || !isAway || this.#isKilled) throw cause;
        await pause(RETRY_MS);
      }
    }
  }

  #disconnect(clientId: string, connecting: Promise<PhoneConnection>): void {
    if (this.#connections.get(clientId) === connecting) {
      this.#connections.delete(clientId);
      this.#connected.delete(clientId);
    }
    const closing = Promise.all(this.#publishing)
      .then(() => connecting)
      .then((connection) => connection.close())
      .catch(this.#options.onFailure)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
