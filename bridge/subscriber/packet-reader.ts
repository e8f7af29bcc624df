/**
 * Cuts bytes from a broker into MQTT 3.1.1 packets and takes PUBLISH apart (section 3.3).
 *
 * | offset | size | what                                                                          |
 * | ------ | ---- | ----------------------------------------------------------------------------- |
 * | 0      | 1    | type in the high four bits; in those of PUBLISH: 8 DUP, 4 and 2 QoS, 1 retain |
 * | 1      | 1–4  | length of the rest, 7 bits a byte, lowest first, 128 means that more follow   |
 * | then   | 2    | PUBLISH: length of the topic, high byte first                                 |
 * | then   |      | topic, UTF-8                                                                  |
 * | then   | 2    | packet id, 1–65535, only above QoS 0                                          |
 * | then   |      | payload, to the end of the packet                                             |
 */
import type { PhoneMessage } from '../ports.ts';

const PUBLISH = 3;
const LENGTH_BYTES_MAX = 4;

/** Takes what a {@link PacketReader} finds. */
export interface PacketHandler {
  /** `packetId` is 0 for a message at QoS 0, which wants no acknowledgement. The payload may be a view of the chunk. */
  onMessage(message: PhoneMessage, packetId: number): void;
  /** Any other packet, whole. */
  onControl(packet: Buffer): void;
}

/** A packet whose end has not arrived. */
interface HeldPacket {
  /** As long as the packet, or as the bound. */
  readonly bytes: Buffer;
  readonly bodyStart: number;
  readonly total: number;
  arrived: number;
}

/** Reads packets, and holds at most `packetBytesMax` of one. */
export class PacketReader {
  readonly #handler: PacketHandler;
  readonly #packetBytesMax: number;
  /** The beginning of a packet whose length is not known yet. */
  #stub: Buffer | undefined;
  #held: HeldPacket | undefined;

  constructor(handler: PacketHandler, packetBytesMax: number) {
    this.#handler = handler;
    this.#packetBytesMax = packetBytesMax;
  }

  /**
   * Takes the next bytes. Of a message beyond the bound, what is beyond it is left out and counted. Returns what is
   * wrong when the bytes are no MQTT; nothing more can be read then.
   */
  push(bytes: Buffer): string | undefined {
    const chunk = this.#stub === undefined ? bytes : Buffer.concat([this.#stub, bytes]);
    this.#stub = undefined;
    let fault: string | undefined;
    let offset = 0;
    while (offset < chunk.length && fault === undefined) {
      if (this.#held === undefined) {
        const header = readHeader(chunk, offset);
        if (header === 'malformed') return 'the length of a packet is malformed';
        if (header === 'incomplete') {
          this.#stub = Buffer.from(chunk.subarray(offset));
          return undefined;
        }
        const { bodyStart, end } = header;
        if (end <= chunk.length && end - offset <= this.#packetBytesMax) {
          fault = this.#packet(chunk, { start: offset, bodyStart, end, omitted: 0 });
          offset = end;
          continue;
        }
        const total = end - offset;
        this.#held = {
          bytes: Buffer.allocUnsafe(Math.min(total, this.#packetBytesMax)),
          bodyStart: bodyStart - offset,
          total,
          arrived: 0,
        };
      }
      const taken = fill(this.#held, chunk, offset);
      offset += taken;
      fault = this.#finish(this.#held);
    }
    return fault;
  }

  #finish(held: HeldPacket): string | undefined {
    if (held.arrived < held.total) return undefined;
    this.#held = undefined;
    const { bytes, bodyStart, total } = held;
    return this.#packet(bytes, {
      start: 0,
      bodyStart,
      end: bytes.length,
      omitted: total - bytes.length,
    });
  }

  #packet(bytes: Buffer, place: PacketPlace): string | undefined {
    const { start, end, omitted } = place;
    const first = bytes[start] as number;
    if (first >> 4 === PUBLISH) return this.#publish(bytes, first, place);
    if (omitted > 0) return 'a packet without a message is longer than any may be';
    this.#handler.onControl(bytes.subarray(start, end));
    return undefined;
  }

  #publish(bytes: Buffer, first: number, place: PacketPlace): string | undefined {
    const { bodyStart, end, omitted } = place;
    const qos = (first >> 1) & 3;
    if (qos > 1) return 'a message came at a QoS that was not granted';
    const topicStart = bodyStart + 2;
    if (topicStart > end) return 'a message has no topic';
    const topicEnd = topicStart + bytes.readUInt16BE(bodyStart);
    const payloadStart = topicEnd + 2 * qos;
    if (payloadStart > end) return 'a topic is longer than its packet';
    const packetId = qos === 0 ? 0 : bytes.readUInt16BE(topicEnd);
    if (qos === 1 && packetId === 0) return 'a message has the packet id 0';
    const message = {
      topic: bytes.toString('utf8', topicStart, topicEnd),
      payload: bytes.subarray(payloadStart, end),
      dup: (first & 8) !== 0,
      ...(omitted > 0 && { omittedBytes: omitted }),
    };
    this.#handler.onMessage(message, packetId);
    return undefined;
  }
}

interface PacketPlace {
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  /** Bytes at the end of the packet that were not kept. */
  readonly omitted: number;
}

function readHeader(
  bytes: Buffer,
  start: number,
): 'malformed' | 'incomplete' | { readonly bodyStart: number; readonly end: number } {
  let length = 0;
  for (let index = 0; index < LENGTH_BYTES_MAX; index++) {
    const byte = bytes[start + 1 + index];
    if (byte === undefined) return 'incomplete';
    length += (byte & 127) * 128 ** index;
    if (byte < 128) return { bodyStart: start + 2 + index, end: start + 2 + index + length };
  }
  return 'malformed';
}

/** Copies what the bound allows, skips the rest; returns how many bytes of the packet the chunk held. */
function fill(held: HeldPacket, chunk: Buffer, offset: number): number {
  const taken = Math.min(held.total - held.arrived, chunk.length - offset);
  if (held.arrived < held.bytes.length) {
    chunk.copy(held.bytes, held.arrived, offset, offset + taken);
  }
  held.arrived += taken;
  return taken;
}
