/** Phones that never give up: they publish at QoS 1, come back after every loss, and redeliver with DUP until acknowledged. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { generate, parser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { drawChance, drawInteger } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/index.ts';
import type { SentRow } from './oracle.ts';

const COME_BACK_MS = 20;
const WINDOW = 40;
const PACKET_IDS = 65_535;
const SAMPLES_MAX = 5;
const POISON_RATE = 0.02;
const FIRST_MS = 1_700_000_000_000;
/** Whoever publishes in fault tests: one person per phone. */
export const userOf = (phone: string): string => `${phone}@mail.example`;

interface Message {
  readonly payload: string;
  readonly rows: readonly string[];
  readonly poison: boolean;
  isSent: boolean;
  isAcknowledged: boolean;
}

/** One phone, from its first message to the last acknowledgement. */
export class StubbornPhone {
  readonly #random: Random;
  readonly #name: string;
  readonly #port: number;
  readonly #messages: Message[] = [];
  readonly #inFlight = new Map<number, Message>();
  #socket: Socket | undefined;
  #isConnected = false;
  #isOver = false;
  #mayMake = true;
  #lastId = 0;
  #samples = 0;
  #seq = 0;
  /** Messages that were acknowledged so far. */
  acknowledged: number = 0;
  /** Rows in all deliveries, redeliveries included. */
  delivered: number = 0;
  /** Called at each acknowledgement. */
  onAcknowledged: () => void = () => undefined;

  /** Begins to publish to 127.0.0.1, as fast as its window lets it, as soon as somebody listens there. */
  constructor(options: { readonly name: string; readonly port: number; readonly random: Random }) {
    this.#name = options.name;
    this.#port = options.port;
    this.#random = options.random;
    this.#connect();
  }

  get sent(): readonly SentRow[] {
    return this.#messages.flatMap(({ rows, poison, isAcknowledged }) =>
      rows.map((line) => ({ line, poison, acknowledged: isAcknowledged })),
    );
  }

  /** Makes nothing new; resolves when everything is acknowledged. */
  async finish(): Promise<void> {
    this.#mayMake = false;
    await this.#when(() => this.#inFlight.size === 0);
  }

  /** Publishes one more record after {@link finish}. Gives its line, once it is acknowledged. */
  async publishFresh(): Promise<string> {
    const message = this.#make(1, false);
    this.#send(this.#add(message));
    await this.#when(() => this.#inFlight.size === 0);
    return message.rows[0] as string;
  }

  /** Resolves when so many messages are acknowledged. */
  async reached(acknowledged: number): Promise<void> {
    await this.#when(() => this.acknowledged >= acknowledged);
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.destroy();
  }

  async #when(isReached: () => boolean): Promise<void> {
    while (!isReached()) {
      await new Promise<void>((resolve) => {
        this.onAcknowledged = resolve;
      });
    }
  }

  #connect(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port });
    const packets = parser({ protocolVersion: 4 });
    this.#socket = socket;
    packets.on('packet', (packet: Packet) => this.#take(packet));
    packets.on('error', () => socket.destroy());
    socket.on('data', (chunk) => packets.parse(chunk));
    socket.on('error', () => undefined);
    socket.on('connect', () => {
      const clientId = this.#name;
      socket.write(generate({ cmd: 'connect', clientId, clean: false, keepalive: 0 }));
    });
    socket.on('close', () => {
      this.#isConnected = false;
      void this.#comeBack();
    });
  }

  async #comeBack(): Promise<void> {
    await pause(COME_BACK_MS);
    if (!this.#isOver) this.#connect();
  }

  #take(packet: Packet): void {
    if (packet.cmd === 'connack') {
      this.#isConnected = true;
      for (const id of this.#inFlight.keys()) this.#send(id);
    } else if (packet.cmd === 'puback') {
      const message = this.#inFlight.get(packet.messageId ?? 0);
      if (message === undefined) return;
      message.isAcknowledged = true;
      this.#inFlight.delete(packet.messageId ?? 0);
      this.acknowledged++;
      this.onAcknowledged();
    }
    this.#fill();
  }

  #fill(): void {
    while (this.#mayMake && this.#isConnected && this.#inFlight.size < WINDOW) {
      const isPoison = drawChance(this.#random, POISON_RATE);
      this.#send(this.#add(this.#make(drawInteger(this.#random, 1, SAMPLES_MAX), isPoison)));
    }
  }

  #add(message: Message): number {
    do this.#lastId = (this.#lastId % PACKET_IDS) + 1;
    while (this.#inFlight.has(this.#lastId));
    this.#messages.push(message);
    this.#inFlight.set(this.#lastId, message);
    return this.#lastId;
  }

  #send(messageId: number): void {
    const message = this.#inFlight.get(messageId);
    if (message === undefined || !this.#isConnected) return;
    const topic = phoneTopic(this.#name, 'accelerometer');
    const { payload, isSent: dup } = message;
    message.isSent = true;
    this.delivered += message.rows.length;
    this.#socket?.write(
      generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup, retain: false }),
    );
  }

  #make(count: number, poison: boolean): Message {
    const rest = { poison, isSent: false, isAcknowledged: false };
    const user = userOf(this.#name);
    const samples = Array.from({ length: count }, () => {
      const timeStamp = FIRST_MS + this.#samples++ * 20;
      const [x, y] = [drawInteger(this.#random, -1, 1), drawInteger(this.#random, -1, 1)];
      return [timeStamp, x, y, 0] as const;
    });
    const seq = this.#seq++;
    const payload = encodeSampleBatch({ user, session: 'walk', seq, samples });
    if (poison) {
      // No JSON at all, or good samples with one behind them that is none: the message goes to quarantine as it came.
      const spoilt =
        count === 1 ? `no JSON ${payload}` : payload.replace(/,0\]\]\}$/, ',"none"]]}');
      return { ...rest, payload: spoilt, rows: [spoilt] };
    }
    return {
      ...rest,
      payload,
      rows: samples.map(([timeStamp, x, y, z]) => JSON.stringify({ user, timeStamp, x, y, z })),
    };
  }
}
