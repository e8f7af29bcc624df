/** What one broker bears, whoever connects. */
export interface BrokerLimits {
  /** Connections at a time; more are closed at once. */
  readonly connections: number;
  /** The largest PUBLISH in bytes, fixed header included. */
  readonly packetBytes: number;
  /** The largest of all other packets in bytes, CONNECT with its last will among them. */
  readonly controlPacketBytes: number;
  /** Within this time a client has to send its whole CONNECT; over TLS also to end the handshake before. */
  readonly connectMs: number;
  /** Within this time a packet has to arrive from its first byte to its last, while it is being read. */
  readonly packetMs: number;
  /** Within this time a client has to read something of what it was sent. */
  readonly unreadMs: number;
  /** How long what is in flight may take to be acknowledged when the broker closes. */
  readonly closeMs: number;
  /** What all messages that are not durable yet may cost, in bytes; see {@link messageCost}. */
  readonly inFlightBytes: number;
  /** The same for one connection, which may always have one message in flight. */
  readonly connectionInFlightBytes: number;
  /** How often one client id may be taken over by another connection: at once, and then once in `takeoverMs`. */
  readonly takeovers: number;
  readonly takeoverMs: number;
  /** How many wrong passwords an address may give for one user: at once, and then one in `attemptMs`. */
  readonly attempts: number;
  readonly attemptMs: number;
  /** The same for all users together. So many checks of one address may also wait at a time. */
  readonly addressAttempts: number;
  readonly addressAttemptMs: number;
}

/** What holds unless another limit is given. */
export const DEFAULT_BROKER_LIMITS: BrokerLimits = {
  connections: 1_000,
  packetBytes: 256 * 1024,
  controlPacketBytes: 4 * 1024,
  connectMs: 5_000,
  packetMs: 30_000,
  unreadMs: 60_000,
  closeMs: 1_000,
  inFlightBytes: 16 * 1024 * 1024,
  connectionInFlightBytes: 256 * 1024,
  takeovers: 5,
  takeoverMs: 1_000,
  attempts: 5,
  attemptMs: 10_000,
  addressAttempts: 100,
  addressAttemptMs: 1_000,
};

/** What the objects around a message take while it waits, found by measuring. */
const MESSAGE_OVERHEAD_BYTES = 1_536;

/** What a message costs while it is in flight, in bytes; `length` is the remaining length of its PUBLISH. */
export function messageCost(length: number): number {
  return length + MESSAGE_OVERHEAD_BYTES;
}
