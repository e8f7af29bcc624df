import type { BrokerLimits } from './broker-limits.ts';
import type { RefusalReason } from './refusals.ts';

/** What a look at a connection shows. */
export interface PeerState {
  /** Packets that have arrived whole. */
  readonly packets: number;
  readonly isInPacket: boolean;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** False while it is we who do not read. */
  readonly isReading: boolean;
  /** True while something waits for the peer to read it. */
  readonly isWriting: boolean;
}

/**
 * Notices peers that take their time: a CONNECT that does not come, a packet that trickles, silence beyond the
 * keep-alive, acknowledgements that are not read. Time in which we do not read is not the peer's.
 */
export class PeerWatch {
  /** 1.5 times what the client said, in ms; 0 for ever (MQTT 3.1.1 section 3.1.2.10). */
  keepAliveMs = 0;
  readonly #limits: Pick<BrokerLimits, 'connectMs' | 'packetMs' | 'unreadMs'>;
  readonly #sinceMs: number;
  #packets = 0;
  #packetSinceMs: number;
  #bytesRead = 0;
  #readMs: number;
  #bytesWritten = 0;
  #writtenMs: number;

  constructor(limits: Pick<BrokerLimits, 'connectMs' | 'packetMs' | 'unreadMs'>, nowMs: number) {
    this.#limits = limits;
    this.#sinceMs = nowMs;
    this.#packetSinceMs = nowMs;
    this.#readMs = nowMs;
    this.#writtenMs = nowMs;
  }

  /** Why to cut the connection, if so. To be called again and again: times are as exact as the calls are frequent. */
  look(state: PeerState, nowMs: number): RefusalReason | undefined {
    this.#note(state, nowMs);
    const { connectMs, packetMs, unreadMs } = this.#limits;
    if (state.packets === 0 && nowMs - this.#sinceMs > connectMs) return 'connect-timeout';
    if (nowMs - this.#packetSinceMs > packetMs) return 'slow-packet';
    if (nowMs - this.#writtenMs > unreadMs) return 'acknowledgements-unread';
    if (this.keepAliveMs > 0 && nowMs - this.#readMs > this.keepAliveMs) return 'idle';
    return undefined;
  }

  #note(state: PeerState, nowMs: number): void {
    const { packets, isInPacket, isReading, bytesRead, isWriting, bytesWritten } = state;
    if (!isInPacket || !isReading || packets !== this.#packets) this.#packetSinceMs = nowMs;
    if (!isReading || bytesRead !== this.#bytesRead) this.#readMs = nowMs;
    if (!isWriting || bytesWritten !== this.#bytesWritten) this.#writtenMs = nowMs;
    this.#packets = packets;
    this.#bytesRead = bytesRead;
    this.#bytesWritten = bytesWritten;
  }
}
