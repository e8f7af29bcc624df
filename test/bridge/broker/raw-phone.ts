/** A phone that sends exactly the bytes it is told to, and keeps what comes back. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { generate, parser } from 'mqtt-packet';
import type { IConnectPacket, Packet, QoS } from 'mqtt-packet';
import { phoneTopic } from '../../../firmware-protocol/index.ts';

/** A connection to a broker on this machine. */
export class RawPhone {
  readonly clientId: string;
  readonly socket: Socket;
  readonly received: Packet[] = [];
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
  #onChange: () => void = () => undefined;

  constructor(socket: Socket, clientId: string) {
    this.socket = socket;
    this.clientId = clientId;
    const packets = parser();
    packets.on('packet', (packet) => {
      this.received.push(packet);
      this.#onChange();
    });
    socket.on('data', (chunk) => packets.parse(chunk));
    // A broker that cuts a connection resets it when bytes are left unread.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
        this.#onChange();
      });
    });
  }

  /** Opens a connection and says nothing yet. */
  static open(port: number, clientId = 'phone-1', tls?: ConnectionOptions): RawPhone {
    const socket =
      tls === undefined
        ? connect(port, '127.0.0.1')
        : connectTls({ port, host: '127.0.0.1', servername: 'localhost', ...tls });
    socket.setNoDelay(true);
    return new RawPhone(socket, clientId);
  }

  /** Opens a connection, and resolves when CONNECT is answered with `returnCode`, or with `undefined` when it is cut. */
  static async connect(
    port: number,
    options: Partial<IConnectPacket> & { readonly tls?: ConnectionOptions } = {},
  ): Promise<RawPhone & { readonly returnCode: number | undefined }> {
    const { tls, ...packet } = options;
    const phone = RawPhone.open(port, options.clientId, tls);
    phone.write(connectPacket(packet));
    const connack = await phone.next('connack');
    return Object.assign(phone, { returnCode: connack?.returnCode });
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  send(packet: Packet): void {
    this.write(generate(packet));
  }

  /** Publishes on a topic of its own, unless another is given. */
  publish(payload: string, options: PublishOptions = {}): void {
    this.write(publishPacket(this.clientId, payload, options));
  }

  /** Takes the next packet of a kind from what was received; `undefined` when the connection is over before. */
  async next<C extends Packet['cmd']>(cmd: C): Promise<(Packet & { cmd: C }) | undefined> {
    for (;;) {
      const index = this.received.findIndex((packet) => packet.cmd === cmd);
      if (index >= 0) return this.received.splice(index, 1)[0] as Packet & { cmd: C };
      if (this.socket.destroyed) return undefined;
      await new Promise<void>((resolve) => (this.#onChange = resolve));
    }
  }

  /** Cuts the connection without a DISCONNECT. */
  kill(): void {
    this.socket.destroy();
  }
}

/** What a PUBLISH says beside its payload. */
export interface PublishOptions {
  readonly topic?: string;
  readonly qos?: QoS;
  readonly id?: number;
  readonly dup?: boolean;
  readonly retain?: boolean;
}

/** The bytes of a PUBLISH. */
export function publishPacket(
  clientId: string,
  payload: string,
  { topic, qos = 1, id = 1, dup = false, retain = false }: PublishOptions = {},
): Buffer {
  return generate({
    cmd: 'publish',
    topic: topic ?? phoneTopic(clientId, 'accelerometer'),
    payload,
    qos,
    dup,
    retain,
    ...(qos === 0 ? {} : { messageId: id }),
  });
}

/** The bytes of a CONNECT. */
export function connectPacket(options: Partial<IConnectPacket> = {}): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    clientId: 'phone-1',
    ...options,
  });
}
