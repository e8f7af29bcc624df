/** The client of an external MQTT broker: it acknowledges what is durable, and comes back for ever. */
import { connectFailure } from '../adapters/broker-failure.ts';
import type { BridgeError } from '../bridge-error.ts';
import { backoffMs } from '../core/backoff.ts';
import type { NoticeLevel } from '../notice.ts';
import type { PhoneMessage } from '../ports.ts';
import { BrokerConnection } from './broker-connection.ts';
import { brokerEndpoint, readTlsMaterial } from './broker-endpoint.ts';
import type { BrokerEndpoint, TlsMaterial } from './broker-endpoint.ts';
import type { PacketCodec } from './packet-codec.ts';
import type { Subscriber, SubscriberHealth, SubscriberOptions } from './subscription.ts';

const KEEP_ALIVE_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;
const PACKET_BYTES_MAX = 1 << 20;
/** A broker that refuses us is asked as rarely as one that is away for long: somebody has to change something first. */
const REFUSAL_FAILURES = 7;
/** A connection that held for this long ends a row of failures. */
const STEADY_MS = 10_000;

/**
 * Subscribes at QoS 1 in a persistent session, for ever: it resolves at once, and a broker that is away is tried again,
 * one that refuses us too.
 * @throws BridgeError `BROKER_UNREACHABLE` when the URL is none, `TLS_FILE`
 */
export async function connectSubscriber(options: SubscriberOptions): Promise<Subscriber> {
  const endpoint = brokerEndpoint(options.url, options);
  // Files that are missing at the start are a mistake to be told; later they may be about to be replaced.
  if (endpoint.tls !== undefined) await readTlsMaterial(endpoint);
  const { generate, parser } = await import('mqtt-packet');
  return new MqttSubscriber(options, endpoint, { generate, parser });
}

interface Attempt {
  readonly resolve: () => void;
  readonly reject: (failure: BridgeError) => void;
}

class MqttSubscriber implements Subscriber {
  readonly #options: SubscriberOptions;
  readonly #endpoint: BrokerEndpoint;
  readonly #codec: PacketCodec;
  readonly #counts = {
    connections: 0,
    received: 0,
    acknowledged: 0,
    redelivered: 0,
    oversized: 0,
    sessionsLost: 0,
  };
  #connection: BrokerConnection | undefined;
  #state: SubscriberHealth['state'] = 'away';
  #isPaused = false;
  #hasSubscribed = false;
  #failures = 0;
  #failure: BridgeError | undefined;
  #said = '';
  /** On the clock that nobody sets. */
  #upAtMs = 0;
  #retry: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  #waiting: Attempt[] = [];

  constructor(options: SubscriberOptions, endpoint: BrokerEndpoint, codec: PacketCodec) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#codec = codec;
    options.store.onRoom(() => this.#resume());
    void this.#connect();
  }

  get health(): SubscriberHealth {
    return {
      state: this.#state,
      isPaused: this.#isPaused,
      ...this.#counts,
      unacknowledged: this.#connection?.unacknowledged ?? 0,
    };
  }

  async established(timeoutMs: number): Promise<void> {
    if (this.#state === 'up') return;
    if (this.#failure !== undefined) throw this.#failure;
    let timer: NodeJS.Timeout | undefined;
    const outcome = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      timer = setTimeout(
        () => reject(connectFailure(this.#endpoint.address, undefined)),
        timeoutMs,
      );
    });
    try {
      await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#disconnect();
    return this.#closed;
  }

  async #connect(): Promise<void> {
    let tls: TlsMaterial | undefined;
    try {
      if (this.#endpoint.tls !== undefined) tls = await readTlsMaterial(this.#endpoint);
    } catch (failure) {
      this.#fail(failure as BridgeError);
      return;
    }
    if (this.#closed !== undefined) return;
    const { packetBytesMax, keepAliveMs, connectTimeoutMs, clientId, filters } = this.#options;
    this.#connection = new BrokerConnection({
      codec: this.#codec,
      endpoint: this.#endpoint,
      tls,
      clientId,
      filters,
      // An earlier run may have left a session with other filters, so that the first connection always subscribes.
      mustSubscribe: !this.#hasSubscribed,
      packetBytesMax: packetBytesMax ?? PACKET_BYTES_MAX,
      keepAliveMs: keepAliveMs ?? KEEP_ALIVE_MS,
      connectTimeoutMs: connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      onMessage: (message, onDurable) => this.#take(message, onDurable),
      onChunk: () => this.#pauseWhenFull(),
      onAcknowledged: (messages) => (this.#counts.acknowledged += messages),
      onUp: (hasSession) => this.#up(hasSession),
      onEnd: (failure) => this.#fail(failure),
    });
    this.#pauseWhenFull();
  }

  #take(message: PhoneMessage, onDurable: (() => void) | undefined): void {
    const counts = this.#counts;
    counts.received++;
    if (message.dup) counts.redelivered++;
    if (message.omittedBytes !== undefined && counts.oversized++ === 0) {
      this.#tell(
        `The MQTT broker at ${this.#endpoint.address} delivered a message that is too long: only its beginning is kept, in quarantine. Let the broker refuse such messages. Further ones are counted.`,
      );
    }
    this.#options.take(message, onDurable ?? NOTHING);
  }

  #pauseWhenFull(): void {
    if (!this.#options.store.isFull) return;
    this.#isPaused = true;
    this.#connection?.pause();
  }

  #resume(): void {
    this.#isPaused = false;
    this.#connection?.resume();
  }

  #up(hasSession: boolean): void {
    const { address } = this.#endpoint;
    this.#counts.connections++;
    this.#upAtMs = performance.now();
    this.#failure = undefined;
    this.#said = '';
    if (!hasSession && this.#hasSubscribed) {
      this.#counts.sessionsLost++;
      this.#tell(
        `The MQTT broker at ${address} had forgotten the session of the bridge, and what waited there is gone. Let it keep sessions on disk, for longer than the bridge may be away.`,
      );
    }
    this.#hasSubscribed = true;
    this.#tell(`The MQTT broker at ${address} serves the bridge.`, 'info');
    this.#change('up');
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  #fail(failure: BridgeError): void {
    if (this.#closed !== undefined) return;
    const isRefusal = failure.code === 'BROKER_REFUSED';
    const wasSteady = this.#state === 'up' && performance.now() - this.#upAtMs >= STEADY_MS;
    this.#failures = Math.max(wasSteady ? 1 : this.#failures + 1, isRefusal ? REFUSAL_FAILURES : 0);
    this.#failure = failure;
    this.#connection = undefined;
    // One sentence for many attempts that fail in the same way.
    if (this.#said !== failure.message) this.#tell(`${failure.message} Trying again.`);
    this.#said = failure.message;
    this.#change(isRefusal ? 'refused' : 'away');
    for (const { reject } of this.#waiting.splice(0)) reject(failure);
    const pause = this.#options.retryPauseMs ?? ((failures) => backoffMs(failures, Math.random));
    this.#retry = setTimeout(() => void this.#connect(), pause(this.#failures));
  }

  #change(state: SubscriberHealth['state']): void {
    const wasUp = this.#state === 'up';
    if (this.#state === state) return;
    this.#state = state;
    if (wasUp !== (state === 'up')) this.#options.onStateChange?.(state === 'up');
  }

  #tell(text: string, level: NoticeLevel = 'warn'): void {
    this.#options.onNotice?.({ level, part: 'broker', text });
  }

  async #disconnect(): Promise<void> {
    clearTimeout(this.#retry);
    const gone = connectFailure(this.#endpoint.address, undefined);
    for (const { reject } of this.#waiting.splice(0)) reject(gone);
    await this.#connection?.close(CLOSE_TIMEOUT_MS);
  }
}

function NOTHING(): void {
  // A message at QoS 0 wants no acknowledgement.
}
