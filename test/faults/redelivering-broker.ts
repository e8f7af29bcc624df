/** A broker for one subscriber that uses its rights, and some more: it sends again, in another order, under other ids. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { generate, parser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';

import { drawChance, drawInteger } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/index.ts';
import type { Reading } from './reading-publisher.ts';

const PACKET_IDS = 65_535;
const WINDOW = 40;
/** Ids begin so close to the greatest that they wrap within a few messages. */
const BEFORE_WRAP = 60;

/** Keeps what was not acknowledged, and sends it again. */
export class RedeliveringBroker {
  /** Acknowledgements of ids that were not in flight, and ones that were out of order. */
  readonly violations: string[] = [];
  readonly #random: Random;
  readonly #server: Server;
  #socket: Socket | undefined;
  #queue: { readonly reading: Reading; readonly isAgain: boolean }[] = [];
  /** In the order of delivery on this connection. */
  #inFlight = new Map<number, Reading>();
  /** What is sent again when its acknowledgement is on the way. */
  readonly #late = new Map<number, Reading>();
  #lastId = 0;
  #wraps = 0;
  #connections = 0;
  #onDrained: () => void = () => undefined;

  private constructor(random: Random) {
    this.#random = random;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async start(random: Random): Promise<RedeliveringBroker> {
    const broker = new RedeliveringBroker(random);
    broker.#server.listen(0, '127.0.0.1');
    await once(broker.#server, 'listening');
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How often packet ids began again at 1. */
  get wraps(): number {
    return this.#wraps;
  }

  /** Gives the subscriber readings, now or when it comes back. */
  publish(readings: readonly Reading[]): void {
    for (const reading of readings) this.#queue.push({ reading, isAgain: false });
    this.#deliver();
  }

  /** Resolves when everything is acknowledged. */
  async drained(): Promise<void> {
    if (this.#inFlight.size === 0 && this.#queue.length === 0) return;
    await new Promise<void>((resolve) => (this.#onDrained = resolve));
  }

  /** Cuts the connection. */
  cut(): void {
    this.#socket?.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#socket?.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#socket = socket;
    const decoder = parser();
    decoder.on('packet', (packet) => {
      if (this.#socket === socket) this.#answer(packet);
    });
    socket.on('data', (chunk: Buffer) => void decoder.parse(chunk));
    socket.on('error', () => undefined);
  }

  #answer(packet: Packet): void {
    if (packet.cmd === 'connect') {
      this.#requeue();
      this.#send({ cmd: 'connack', returnCode: 0, sessionPresent: this.#connections++ > 0 });
      if (this.#connections > 1) this.#deliver();
    } else if (packet.cmd === 'subscribe') {
      const granted = packet.subscriptions.map(() => 1);
      this.#send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted });
      this.#deliver();
    } else if (packet.cmd === 'puback') this.#done(packet.messageId ?? 0);
    else if (packet.cmd === 'disconnect') this.#socket?.destroy();
  }

  /** What was in flight goes to the front, in an order and under ids that are drawn. */
  #requeue(): void {
    const again = [...this.#inFlight.values()].map((reading) => ({ reading, isAgain: true }));
    for (let index = again.length - 1; index > 0; index--) {
      const other = drawInteger(this.#random, 0, index);
      const [one, two] = [again[index], again[other]];
      if (one === undefined || two === undefined) continue;
      again[index] = two;
      again[other] = one;
    }
    this.#inFlight = new Map();
    this.#queue.unshift(...again);
    this.#lastId = PACKET_IDS - drawInteger(this.#random, 0, BEFORE_WRAP);
  }

  #deliver(): void {
    while (this.#inFlight.size < WINDOW) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      if (this.#lastId === PACKET_IDS) this.#wraps++;
      this.#lastId = (this.#lastId % PACKET_IDS) + 1;
      this.#inFlight.set(this.#lastId, next.reading);
      this.#deliverOne(this.#lastId, next.reading, next.isAgain);
      // Some brokers become impatient, and send again without a new connection.
      if (drawChance(this.#random, 0.05)) this.#sendAgain(this.#lastId, next.reading);
    }
  }

  /** At once, or so late that it crosses the acknowledgement. */
  #sendAgain(id: number, reading: Reading): void {
    if (drawChance(this.#random, 0.5)) this.#deliverOne(id, reading, true);
    else this.#late.set(id, reading);
  }

  #deliverOne(messageId: number, { topic, line }: Reading, dup: boolean): void {
    this.#send({ cmd: 'publish', topic, payload: line, qos: 1, messageId, dup, retain: false });
  }

  #done(id: number): void {
    const reading = this.#inFlight.get(id);
    const [first] = this.#inFlight.keys();
    if (reading === undefined) this.violations.push(`${id} is not in flight`);
    else if (first !== id) this.violations.push(`${id} is acknowledged before ${first}`);
    if (reading === undefined) return;
    const late = this.#late.get(id);
    if (late === reading) this.#deliverOne(id, reading, true);
    this.#late.delete(id);
    this.#inFlight.delete(id);
    reading.isAccepted = true;
    this.#deliver();
    if (this.#inFlight.size === 0) this.#onDrained();
  }

  #send(packet: Packet): void {
    this.#socket?.write(generate(packet));
  }
}
