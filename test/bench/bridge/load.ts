/** What the publishers of the benchmark send: PUBLISH packets of one length, encoded before anybody looks at a clock. */

/** One reading per message of 95 bytes, or fifty. */
export type LoadKind = 'single' | 'batch';

/** How much is sent, by how many connections. */
export interface Load {
  readonly kind: LoadKind;
  readonly connections: number;
  readonly messagesPerConnection: number;
}

/** The packets of one connection, one behind the other. */
export interface EncodedMessages {
  readonly packets: Buffer;
  readonly packetBytes: number;
  readonly payloadBytes: number;
}

const SINGLE_BYTES = 95;
const BATCH_SAMPLES = 50;
const FIRST_MS = 1_700_000_000_000;
const PACKET_IDS = 65_535;

/** How many readings a load has. */
export function readingsOf(load: Load): number {
  const perMessage = load.kind === 'batch' ? BATCH_SAMPLES : 1;
  return load.connections * load.messagesPerConnection * perMessage;
}

/** The client id of a connection. */
export function clientId(connection: number): string {
  return `bench-${String(connection).padStart(4, '0')}`;
}

/** The CONNECT packet of a connection: MQTT 3.1.1, a clean session, no keep-alive. */
export function connectPacket(connection: number): Buffer {
  const id = Buffer.from(clientId(connection));
  const fixed = [0x10, 12 + id.length, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, id.length];
  return Buffer.concat([Buffer.from(fixed), id]);
}

/** Encodes what one connection publishes at QoS 1. No two readings are the same. */
export function encodeMessages(load: Load, connection: number): EncodedMessages {
  const topic = Buffer.from(`stedi/v1/phones/${clientId(connection)}/accelerometer`);
  const payloadOf = load.kind === 'single' ? singlePayload : batchPayload;
  const payloadBytes = payloadOf(connection, 0).length;
  const rest = 2 + topic.length + 2 + payloadBytes;
  const header = Buffer.from([0x32, ...remainingLength(rest), topic.length >> 8, topic.length]);
  const packetBytes = header.length + rest - 2;
  const packets = Buffer.allocUnsafe(packetBytes * load.messagesPerConnection);
  for (let index = 0; index < load.messagesPerConnection; index++) {
    let at = index * packetBytes;
    at += header.copy(packets, at);
    at += topic.copy(packets, at);
    at = packets.writeUInt16BE((index % PACKET_IDS) + 1, at);
    packets.write(payloadOf(connection, index), at, 'latin1');
  }
  return { packets, packetBytes, payloadBytes };
}

function singlePayload(connection: number, index: number): string {
  const timeStamp = FIRST_MS + index;
  const bare = JSON.stringify({ user: userOf(connection, ''), timeStamp, x: 1, y: 0, z: 0 });
  const pad = '-'.repeat(SINGLE_BYTES - bare.length);
  return JSON.stringify({ user: userOf(connection, pad), timeStamp, x: 1, y: 0, z: index % 2 });
}

function batchPayload(connection: number, index: number): string {
  const samples = Array.from({ length: BATCH_SAMPLES }, (_, sample) => [
    FIRST_MS + index * BATCH_SAMPLES + sample,
    0.125,
    0.25,
    sample % 2,
  ]);
  const session = `session-${String(connection).padStart(4, '0')}`;
  return JSON.stringify({ user: userOf(connection, ''), session, seq: 100_000 + index, samples });
}

function userOf(connection: number, pad: string): string {
  return `bench${pad}.${String(connection).padStart(4, '0')}@mail.example`;
}

function remainingLength(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; ;) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
    if (rest === 0) return bytes;
  }
}
