import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const CONNECT = 1;
const PUBACK = 4;
const SUBSCRIBE = 8;
const PINGREQ = 12;
const DISCONNECT = 14;

/** How a {@link ScriptedBroker} answers. */
export interface Script {
  /** Return code of CONNACK, 0 unless given; `silent` sends none. */
  readonly connack?: number | 'silent';
  /** Return code of SUBACK for every filter, 1 (QoS 1) unless given. */
  readonly suback?: number;
  /** Whether later connections find the session of the first. */
  readonly sessionPresent?: boolean;
  /** Answers no ping. */
  readonly isMute?: boolean;
}

/** An MQTT broker of a few packets, for answers that a real one gives only by accident. */
export class ScriptedBroker {
  readonly acknowledgedIds: number[] = [];
  pings = 0;
  /** For what comes later. */
  script: Script;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  #onChange: () => void = () => undefined;
  #subscribes = 0;

  constructor(script: Script = {}) {
    this.script = script;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `mqtt://user:secret@127.0.0.1:${port}`;
  }

  get connections(): number {
    return this.#sockets.length;
  }

  /** How many connections are open. */
  get open(): number {
    return this.#sockets.filter((socket) => !socket.destroyed).length;
  }

  get subscribes(): number {
    return this.#subscribes;
  }

  async start(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /** Sends a message at QoS 1 on the newest connection. */
  publish(messageId: number, topic: string, payload: string, isDup = false): void {
    const rest = Buffer.concat([
      Buffer.from([topic.length >> 8, topic.length & 0xff]),
      Buffer.from(topic),
      Buffer.from([messageId >> 8, messageId & 0xff]),
      Buffer.from(payload),
    ]);
    const first = isDup ? 0x3a : 0x32;
    this.send(Buffer.concat([Buffer.from([first, rest.length]), rest]));
  }

  /** Sends bytes on the newest connection. */
  send(bytes: Uint8Array): void {
    this.#sockets.at(-1)?.write(bytes);
  }

  /** Cuts the newest connection. */
  cut(): void {
    this.#sockets.at(-1)?.destroy();
  }

  /** Resolves when `isReached` holds. */
  async until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await new Promise<void>((resolve) => (this.#onChange = resolve));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.push(socket);
    let input = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onChange());
    socket.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      // Every packet of these tests is shorter than 128 bytes, so that its length is one byte.
      while (!socket.destroyed && input.length >= 2 && input.length >= 2 + (input[1] ?? 0)) {
        const end = 2 + (input[1] ?? 0);
        this.#answer(socket, input.subarray(0, end));
        input = input.subarray(end);
      }
      this.#onChange();
    });
  }

  #answer(socket: Socket, packet: Buffer): void {
    const type = packet.readUInt8(0) >> 4;
    if (type === CONNECT) this.#answerConnect(socket);
    if (type === SUBSCRIBE) this.#answerSubscribe(socket, packet);
    if (type === PINGREQ) this.pings++;
    if (type === PINGREQ && this.script.isMute !== true) socket.write(Buffer.from([0xd0, 0]));
    if (type === PUBACK) this.acknowledgedIds.push(packet.readUInt16BE(2));
    if (type === DISCONNECT) socket.destroy();
  }

  #answerConnect(socket: Socket): void {
    const { connack = 0, sessionPresent = false } = this.script;
    if (connack === 'silent') return;
    const isKnown = sessionPresent && this.#sockets.length > 1;
    socket.write(Buffer.from([0x20, 2, Number(isKnown), connack]));
  }

  #answerSubscribe(socket: Socket, packet: Buffer): void {
    this.#subscribes++;
    const packetId = packet.subarray(2, 4);
    const codes: number[] = [];
    // A filter is its length in two bytes, its text, and the QoS that is asked for.
    for (let at = 4; at < packet.length; at += 3 + packet.readUInt16BE(at)) {
      codes.push(this.script.suback ?? 1);
    }
    socket.write(Buffer.from([0x90, 2 + codes.length, ...packetId, ...codes]));
  }
}
