/** Readings of phones, and a fast publisher for them that knows which of them a broker has acknowledged. */
import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { generate } from 'mqtt-packet';

import { phoneTopic } from '../../firmware-protocol/index.ts';
import type { TlsFiles } from '../tls-files.ts';

const CONNACK = 0x20;
const CONNACK_BYTES = 4;
const PUBACK_BYTES = 4;
const PACKET_IDS = 65_535;
/** So many messages wait for their acknowledgement at a time. */
const WINDOW = 8_000;
const BATCH = 500;

/** One sample of a phone, which is one message. */
export interface Reading {
  readonly topic: string;
  /** The payload, and the line that it becomes. */
  readonly line: string;
  /** The broker acknowledged it to the publisher. */
  isAccepted: boolean;
}

/** Makes readings that all differ; those of one `phone` have its topic. */
export class ReadingSource {
  #count = 0;

  next(count: number, phone: string): Reading[] {
    const topic = phoneTopic(phone, 'accelerometer');
    return Array.from({ length: count }, () => {
      const timeStamp = 1_655_564_444_103 + this.#count++;
      const line = JSON.stringify({ user: 'Ana.Novak@mail.example', timeStamp, x: 1, y: 0, z: -1 });
      return { topic, line, isAccepted: false };
    });
  }
}

/** Where to publish. */
export interface PublisherOptions {
  readonly port: number;
  readonly clientId: string;
  /** Without these there is no TLS. */
  readonly tls?: TlsFiles | undefined;
}

/** A connection to a broker on 127.0.0.1 that publishes at QoS 1. */
export class ReadingPublisher {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Reading>();
  #lastId = 0;
  #input: Buffer = Buffer.alloc(0);
  #isConnected = false;
  #isEnded = false;
  #onChange: () => void = () => undefined;

  private constructor({ port, clientId, tls }: PublisherOptions) {
    const place = { port, host: '127.0.0.1' };
    this.#socket =
      tls === undefined ? connectTcp(place) : connectTls({ ...place, ...credentials(tls) });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.#isEnded = true;
      this.#onChange();
    });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.write(generate({ cmd: 'connect', clientId, clean: true, keepalive: 0 }));
  }

  /** Resolves when the broker has accepted the connection, or has not. */
  static async connect(options: PublisherOptions): Promise<ReadingPublisher> {
    const publisher = new ReadingPublisher(options);
    while (!publisher.#isConnected && !publisher.#isEnded) await publisher.#changed();
    return publisher;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Resolves when the broker has acknowledged all of them, or the connection is gone. */
  async publish(readings: readonly Reading[]): Promise<void> {
    for (let first = 0; first < readings.length && !this.#isEnded; first += BATCH) {
      while (this.#waiting.size > WINDOW && !this.#isEnded) await this.#changed();
      this.#socket.cork();
      for (const reading of readings.slice(first, first + BATCH)) this.#send(reading);
      this.#socket.uncork();
    }
    while (this.#waiting.size > 0 && !this.#isEnded) await this.#changed();
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(reading: Reading): void {
    this.#lastId = (this.#lastId % PACKET_IDS) + 1;
    this.#waiting.set(this.#lastId, reading);
    this.#socket.write(encodePublish(reading, this.#lastId));
  }

  async #changed(): Promise<void> {
    await new Promise<void>((resolve) => (this.#onChange = resolve));
  }

  #take(chunk: Buffer): void {
    let input = this.#input.length === 0 ? chunk : Buffer.concat([this.#input, chunk]);
    if (!this.#isConnected) {
      if (input.length < CONNACK_BYTES) {
        this.#input = input;
        return;
      }
      if (input[0] !== CONNACK || input[3] !== 0) this.#socket.destroy();
      this.#isConnected = true;
      input = input.subarray(CONNACK_BYTES);
    }
    let offset = 0;
    for (; offset + PUBACK_BYTES <= input.length; offset += PUBACK_BYTES) {
      const id = input.readUInt16BE(offset + 2);
      const reading = this.#waiting.get(id);
      if (reading !== undefined) reading.isAccepted = true;
      this.#waiting.delete(id);
    }
    this.#input = input.subarray(offset);
    this.#onChange();
  }
}

/** PUBLISH at QoS 1 of a packet of 128 to 16,383 bytes, whose length takes two bytes. Topic and line are ASCII. */
function encodePublish({ topic, line }: Reading, id: number): Buffer {
  const length = 2 + topic.length + 2 + line.length;
  const bytes = Buffer.allocUnsafe(3 + length);
  bytes[0] = 0x32;
  bytes[1] = (length & 127) | 128;
  bytes[2] = length >> 7;
  bytes.writeUInt16BE(topic.length, 3);
  bytes.write(topic, 5, 'latin1');
  bytes.writeUInt16BE(id, 5 + topic.length);
  bytes.write(line, 7 + topic.length, 'latin1');
  return bytes;
}

function credentials(tls: TlsFiles): { ca: Buffer; cert: Buffer; key: Buffer } {
  const [ca, cert, key] = [tls.ca, tls.clientCert, tls.clientKey].map((path) =>
    readFileSync(path),
  ) as [Buffer, Buffer, Buffer];
  return { ca, cert, key };
}
