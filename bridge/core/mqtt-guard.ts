/**
 * Follows the framing of what an MQTT 3.1.1 client sends, without keeping any of it: where packets begin and end, how
 * large they are, and whether a client may send them at all.
 *
 * Fixed header (MQTT 3.1.1 section 2.2): byte 1 holds the type in bits 7–4 and flags in bits 3–0; then the remaining
 * length follows in 1–4 bytes of 7 bits each, least significant first, bit 7 set in all but the last.
 */

/** Why a stream is not followed any further. */
export type GuardFault =
  | 'connect-expected'
  | 'connect-repeated'
  | 'header-malformed'
  | 'length-malformed'
  | 'packet-too-large';

/** The largest packets that are let through, in bytes with their fixed header. */
export interface GuardLimits {
  /** For PUBLISH. */
  readonly publishBytes: number;
  /** For all others, so that nobody is heard at length who has not said who they are. */
  readonly controlBytes: number;
}

const CONNECT = 1;
const PUBLISH = 3;
const LENGTH_BYTES_MAX = 4;
/** A topic's length, a topic of one character, and with QoS 1 or 2 a packet id. */
const PUBLISH_LENGTH_MIN = 3;
const PACKET_ID_BYTES = 2;
const QOS_BITS = 0b0110;

/** First bytes that a client may send, with the remaining length that such a packet must have (-1: it varies). */
const FIRST_BYTES: ReadonlyMap<number, number> = new Map([
  [0x10, -1], // CONNECT
  // PUBLISH at QoS 0, which is never a duplicate, 1 and 2.
  ...[0x30, 0x31].map((byte) => [byte, -1] as const),
  ...[0x32, 0x33, 0x34, 0x35, 0x3a, 0x3b, 0x3c, 0x3d].map((byte) => [byte, -1] as const),
  [0x62, 2], // PUBREL
  [0x82, -1], // SUBSCRIBE
  [0xa2, -1], // UNSUBSCRIBE
  [0xc0, 0], // PINGREQ
  [0xe0, 0], // DISCONNECT
]);

/** The framing of one connection. Any division of a stream into chunks gives the same packets and the same fault. */
export class MqttGuard {
  readonly #limits: GuardLimits;
  #fault: GuardFault | undefined;
  #packets = 0;
  #firstByte = 0;
  /** Bytes of the length that were read; 0 before the first byte of a packet, and in a body. */
  #lengthBytes = 0;
  #length = 0;
  #isInHeader = false;
  #bodyLeft = 0;

  constructor(limits: GuardLimits) {
    this.#limits = limits;
  }

  /** What was wrong. Once set, nothing is followed any more. */
  get fault(): GuardFault | undefined {
    return this.#fault;
  }

  /** Packets that have ended. */
  get packets(): number {
    return this.#packets;
  }

  /** True behind a fixed header that announced a body, until the body has ended. */
  get isInBody(): boolean {
    return this.#bodyLeft > 0;
  }

  /** True between the first and the last byte of a packet. */
  get isInPacket(): boolean {
    return this.#isInHeader || this.#bodyLeft > 0;
  }

  /** Whether the packet at hand, or else the last one, is a PUBLISH. */
  get isPublish(): boolean {
    return this.#firstByte >> 4 === PUBLISH;
  }

  /** The remaining length of the packet at hand, or else the last one: known from the end of its fixed header on. */
  get remainingLength(): number {
    return this.#length;
  }

  /** Follows `chunk` from `at` to the end of a fixed header, of a packet, or of the chunk, whichever comes first; returns where that is. */
  advance(chunk: Uint8Array, at: number): number {
    if (this.#fault !== undefined) return at;
    if (this.#bodyLeft > 0) return this.#skipBody(chunk, at);
    let position = at;
    while (position < chunk.length && this.#fault === undefined) {
      const byte = chunk[position]!;
      position++;
      if (!this.#isInHeader) this.#begin(byte);
      else if (this.#isLastOfLength(byte)) {
        this.#endHeader();
        break;
      }
    }
    return position;
  }

  #skipBody(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#bodyLeft, chunk.length - at);
    this.#bodyLeft -= taken;
    if (this.#bodyLeft === 0) this.#packets++;
    return at + taken;
  }

  #begin(byte: number): void {
    this.#firstByte = byte;
    this.#isInHeader = true;
    this.#lengthBytes = 0;
    this.#length = 0;
    const isConnect = byte >> 4 === CONNECT;
    if (!FIRST_BYTES.has(byte)) this.#fault = 'header-malformed';
    else if (this.#packets === 0 && !isConnect) this.#fault = 'connect-expected';
    else if (this.#packets > 0 && isConnect) this.#fault = 'connect-repeated';
  }

  #isLastOfLength(byte: number): boolean {
    this.#length += (byte & 0x7f) * 2 ** (7 * this.#lengthBytes);
    this.#lengthBytes++;
    if (byte < 0x80) return true;
    if (this.#lengthBytes === LENGTH_BYTES_MAX) this.#fault = 'length-malformed';
    return false;
  }

  #endHeader(): void {
    this.#isInHeader = false;
    this.#fault = this.#lengthFault();
    if (this.#fault !== undefined) return;
    this.#bodyLeft = this.#length;
    if (this.#bodyLeft === 0) this.#packets++;
  }

  #lengthFault(): GuardFault | undefined {
    const { publishBytes, controlBytes } = this.#limits;
    const bytes = 1 + this.#lengthBytes + this.#length;
    if (bytes > (this.isPublish ? publishBytes : controlBytes)) return 'packet-too-large';
    const exact = FIRST_BYTES.get(this.#firstByte) ?? -1;
    if (exact >= 0 && this.#length !== exact) return 'length-malformed';
    const hasId = (this.#firstByte & QOS_BITS) !== 0;
    const least = PUBLISH_LENGTH_MIN + (hasId ? PACKET_ID_BYTES : 0);
    return this.isPublish && this.#length < least ? 'length-malformed' : undefined;
  }
}
