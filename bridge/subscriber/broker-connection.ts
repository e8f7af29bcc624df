import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { crc32 } from 'node:zlib';

import type { IConnackPacket, ISubackPacket, Packet } from 'mqtt-packet';

import { connectFailure, connectionLost, refused } from '../adapters/broker-failure.ts';
import type { BridgeError } from '../bridge-error.ts';
import type { PhoneMessage } from '../ports.ts';
import { Acknowledgements } from './acknowledgements.ts';
import type { BrokerEndpoint, TlsMaterial } from './broker-endpoint.ts';
import { encodeConnect, encodeSubscribe, REFUSALS } from './packet-codec.ts';
import type { PacketCodec } from './packet-codec.ts';
import { PacketReader } from './packet-reader.ts';
import { SilenceWatch } from './silence-watch.ts';

/** A broker that does not read gets no more than this many bytes. */
const UNREAD_BYTES_MAX = 1 << 20;

/** One attempt to be served by a broker. */
export interface BrokerConnectionOptions {
  readonly codec: PacketCodec;
  readonly endpoint: BrokerEndpoint;
  readonly tls: TlsMaterial | undefined;
  readonly clientId: string;
  readonly filters: readonly string[];
  /** Whether to subscribe although the broker has the session. */
  readonly mustSubscribe: boolean;
  readonly packetBytesMax: number;
  readonly keepAliveMs: number;
  /** How long the broker may be silent before it has granted the subscription. */
  readonly connectTimeoutMs: number;
  /** `onDurable` is `undefined` for a message at QoS 0. */
  readonly onMessage: (message: PhoneMessage, onDurable: (() => void) | undefined) => void;
  /** Called after each chunk of bytes. */
  readonly onChunk: () => void;
  readonly onAcknowledged: (messages: number) => void;
  readonly onUp: (hasSession: boolean) => void;
  /** Called once, whatever ends the connection, except for `close`. */
  readonly onEnd: (failure: BridgeError) => void;
}

/** A connection to a broker: it introduces itself, subscribes, takes messages and acknowledges them. */
export class BrokerConnection {
  readonly #options: BrokerConnectionOptions;
  readonly #socket: Socket;
  readonly #acknowledgements: Acknowledgements;
  readonly #reader: PacketReader;
  readonly #decoder: ReturnType<PacketCodec['parser']>;
  #state: 'connecting' | 'subscribing' | 'up' | 'closing' | 'ended' = 'connecting';
  #hasSession = false;
  #isPaused = false;
  #watch: SilenceWatch;

  constructor(options: BrokerConnectionOptions) {
    this.#options = options;
    this.#acknowledgements = new Acknowledgements(
      (bytes, count) => this.#send(bytes, count),
      () => performance.now(),
    );
    this.#decoder = options.codec.parser({ protocolVersion: 4 });
    this.#decoder.on('packet', (packet) => this.#takeControl(packet));
    this.#decoder.on('error', (cause: unknown) => this.#malformed('a packet is malformed', cause));
    this.#reader = new PacketReader(
      {
        onMessage: (message, packetId) => this.#takeMessage(message, packetId),
        onControl: (packet) => void this.#decoder.parse(packet),
      },
      options.packetBytesMax,
    );
    this.#socket = this.#connect();
    const { address } = options.endpoint;
    this.#watch = new SilenceWatch({
      periodMs: options.connectTimeoutMs,
      onSilence: () => this.#silent(connectFailure(address, undefined)),
    });
  }

  /** Messages of this connection that are not acknowledged yet. */
  get unacknowledged(): number {
    return this.#acknowledgements.waiting;
  }

  /** Reads nothing until `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isPaused || this.#state === 'closing' || this.#state === 'ended') return;
    this.#isPaused = false;
    this.#watch.heard();
    this.#socket.resume();
  }

  /** Takes no more messages. Waits up to `timeoutMs` for those at hand to be acknowledged, and disconnects. */
  async close(timeoutMs: number): Promise<void> {
    if (this.#state === 'ended') return;
    const isAccepted = this.#state !== 'connecting';
    this.#state = 'closing';
    const late = setTimeout(() => this.#end(), timeoutMs);
    await this.#acknowledgements.drained();
    if (isAccepted && !this.#socket.destroyed) {
      const closed = new Promise((resolve) => this.#socket.once('close', resolve));
      this.#socket.end(this.#options.codec.generate({ cmd: 'disconnect' }));
      // With bytes left unread, the system would cut the connection and with it the last acknowledgements.
      this.#socket.resume();
      await closed;
    }
    clearTimeout(late);
    this.#end();
  }

  #connect(): Socket {
    const { endpoint, tls, codec, clientId, keepAliveMs } = this.#options;
    const { host, port, credentials } = endpoint;
    const socket =
      tls === undefined ? connectTcp({ host, port }) : connectTls({ host, port, ...tls });
    socket.setNoDelay(true);
    let failure: unknown;
    socket.on('error', (error) => (failure = error));
    socket.on('close', () => this.#lost(failure));
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // Waits until the connection stands, with TLS until the broker has proven who it is.
    socket.write(encodeConnect(codec, { clientId, keepAliveMs, credentials }));
    return socket;
  }

  #take(chunk: Buffer): void {
    this.#watch.heard();
    if (!this.#isServing) return;
    const fault = this.#reader.push(chunk);
    if (fault !== undefined) this.#malformed(fault);
    else if (this.#isServing) this.#options.onChunk();
  }

  get #isServing(): boolean {
    return this.#state !== 'closing' && this.#state !== 'ended';
  }

  #takeMessage(message: PhoneMessage, packetId: number): void {
    // What is not acknowledged comes again with the next connection.
    if (!this.#isServing) return;
    const { onMessage } = this.#options;
    if (packetId === 0) return onMessage(message, undefined);
    const { dup, payload } = message;
    const fingerprint = crc32(payload);
    onMessage(message, this.#acknowledgements.expect({ packetId, dup, fingerprint }));
  }

  #takeControl(packet: Packet): void {
    if (!this.#isServing) return;
    if (packet.cmd === 'connack' && this.#state === 'connecting') this.#takeConnack(packet);
    else if (packet.cmd === 'suback' && this.#state === 'subscribing') this.#takeSuback(packet);
    else if (packet.cmd !== 'pingresp') this.#malformed(`it sent ${packet.cmd}`);
  }

  #takeConnack({ returnCode = 0, sessionPresent }: IConnackPacket): void {
    const { endpoint, codec, filters, mustSubscribe } = this.#options;
    const reason = REFUSALS.get(returnCode);
    if (reason !== undefined) return this.#end(refused(endpoint.address, reason));
    if (returnCode !== 0) return this.#end(connectionLost(endpoint.address, 'not available yet'));
    this.#hasSession = sessionPresent;
    if (sessionPresent && !mustSubscribe) return this.#up();
    this.#state = 'subscribing';
    this.#socket.write(encodeSubscribe(codec, filters));
  }

  #takeSuback({ granted }: ISubackPacket): void {
    const { endpoint, filters } = this.#options;
    const codes = granted as readonly number[];
    const ungranted = filters.filter((_, index) => codes[index] !== 1);
    if (ungranted.length === 0) return this.#up();
    const reason = `it grants no QoS 1 for ${ungranted.join(', ')}`;
    return this.#end(refused(endpoint.address, reason));
  }

  #up(): void {
    this.#state = 'up';
    const { endpoint, codec, keepAliveMs } = this.#options;
    const ping = codec.generate({ cmd: 'pingreq' });
    this.#watch.stop();
    this.#watch = new SilenceWatch({
      periodMs: keepAliveMs / 2,
      ask: () => void this.#socket.write(ping),
      onSilence: () =>
        this.#silent(connectionLost(endpoint.address, 'it does not answer any more')),
    });
    this.#options.onUp(this.#hasSession);
  }

  #send(bytes: Buffer, acknowledgements: number): void {
    this.#socket.write(bytes);
    this.#options.onAcknowledged(acknowledgements);
    if (this.#socket.writableLength > UNREAD_BYTES_MAX) {
      this.#malformed('it does not read acknowledgements');
    }
  }

  #silent(failure: BridgeError): void {
    // While nobody reads, silence means nothing.
    if (!this.#isPaused) this.#end(failure);
  }

  #malformed(reason: string, cause?: unknown): void {
    this.#end(connectionLost(this.#options.endpoint.address, reason, cause));
  }

  #lost(cause: unknown): void {
    const { address } = this.#options.endpoint;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    if (cause !== undefined && (this.#state === 'connecting' || code === undefined)) {
      this.#end(connectFailure(address, cause));
    } else if (this.#state === 'up') {
      this.#end(connectionLost(address, code ?? 'it closed the connection', cause));
    } else {
      const reason = code ?? 'it closed the connection before it answered';
      this.#end(connectionLost(address, reason, cause));
    }
  }

  #end(failure?: BridgeError): void {
    if (this.#state === 'ended') return;
    const wasClosing = this.#state === 'closing';
    this.#state = 'ended';
    this.#watch.stop();
    this.#acknowledgements.end();
    this.#socket.destroy();
    if (failure !== undefined && !wasClosing) this.#options.onEnd(failure);
  }
}
