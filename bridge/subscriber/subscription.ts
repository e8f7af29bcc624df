/** A subscription at an external broker: how it is asked for, how it is, and how it ends. */
import type { OnNotice } from '../notice.ts';
import type { RecordStore, TakeMessage } from '../ports.ts';
import type { BrokerCredentials, BrokerTls } from './broker-endpoint.ts';

/** What to subscribe to, and who takes the messages. */
export interface SubscriberOptions {
  /** `mqtt://host:port`, or `mqtts` with TLS; credentials may be part of it. */
  readonly url: string;
  readonly credentials?: BrokerCredentials | undefined;
  readonly tls?: BrokerTls | undefined;
  /** Names the session at the broker: the same after every restart of the bridge. */
  readonly clientId: string;
  readonly filters: readonly string[];
  /**
   * Takes messages in the order of arrival. Each is acknowledged when it is durable; until then the broker keeps it and
   * delivers it again. The payload is good for the time of the call.
   */
  readonly take: TakeMessage;
  /** Nothing is read while it is full. */
  readonly store: Pick<RecordStore, 'isFull' | 'onRoom'>;
  readonly onNotice?: OnNotice;
  /** Told when the subscription begins or ceases to be served. */
  readonly onStateChange?: (isUp: boolean) => void;
  /** Of a longer packet the end of the payload is left out; 1 MiB unless given. */
  readonly packetBytesMax?: number;
  /** A broker from which nothing comes for this long is given up; 30,000 ms unless given. */
  readonly keepAliveMs?: number;
  /** How long one attempt to connect may go without an answer; 10,000 ms unless given. */
  readonly connectTimeoutMs?: number;
  /** The pause after that many failures in a row, in ms; drawn up to 30 s unless given. */
  readonly retryPauseMs?: (failures: number) => number;
}

/** How a subscription is, for metrics and health. Counts are since the start, all connections together. */
export interface SubscriberHealth {
  readonly state: 'up' | 'away' | 'refused';
  readonly isPaused: boolean;
  readonly connections: number;
  readonly received: number;
  readonly acknowledged: number;
  /** Messages of the present connection that wait to be durable. */
  readonly unacknowledged: number;
  /** Messages with the DUP flag. */
  readonly redelivered: number;
  /** Messages that were too long. */
  readonly oversized: number;
  /** How often the broker had forgotten the session, and with it what waited there. */
  readonly sessionsLost: number;
}

/** A subscription that outlives connections. */
export interface Subscriber {
  readonly health: SubscriberHealth;
  /**
   * Resolves when the subscription is served. The subscriber goes on trying, whatever comes of it.
   * @throws BridgeError `BROKER_UNREACHABLE`, `BROKER_REFUSED`, `TLS_FILE` when the attempt at hand fails, or takes longer
   */
  established(timeoutMs: number): Promise<void>;
  /** Lets the messages at hand become durable, within 2 s, and disconnects. The broker keeps the session. */
  close(): Promise<void>;
}
