/** A phone, or a broker that forwards it: QoS 1 with a window, packet ids that wrap, and DUP until it is acknowledged. */
import { encodeSampleBatch, phoneTopic } from '../../../firmware-protocol/index.ts';
import { drawChance, drawInteger, drawOne } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import type { SentRow } from '../oracle.ts';
import type { SimIntake } from './sim-intake.ts';
import type { Machine } from './sim-process.ts';

/** How a phone misbehaves. Rates are probabilities per message. */
export interface PhoneFaults {
  readonly poison: number;
  /** Sends a message again although it was acknowledged or is on its way, without DUP. */
  readonly twice: number;
  /** Messages overtake each other. */
  readonly reorders: boolean;
  /** The same session and seq with other samples: a phone that forgot what it had sent. */
  readonly conflict: number;
}

/** Messages that are on their way at a time: packet ids come from so few that they wrap all the time. */
const PACKET_IDS = 8;
const TRAVEL_MS = [1, 15] as const;
const SAMPLES_MAX = 5;

interface Message {
  readonly payload: Uint8Array;
  readonly rows: readonly string[];
  readonly poison: boolean;
  acknowledged: boolean;
}

/** A message under a packet id. */
interface Packet {
  readonly message: Message;
  attempts: number;
}

/** What the faults of phones came to. */
export interface PhoneTally {
  poison: number;
  twice: number;
  reordered: number;
  conflict: number;
  redelivered: number;
  wrapped: number;
}

/** One phone with its queue of messages. */
export class SimPhone {
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #intake: SimIntake;
  readonly #number: number;
  readonly #faults: PhoneFaults;
  readonly #tally: PhoneTally;
  readonly #messages: Message[] = [];
  readonly #waiting: Message[] = [];
  readonly #inFlight = new Map<number, Packet>();
  #connection = 0;
  #isConnected = false;
  #lastPacketId = 0;
  #session = 0;
  #seq = 0;
  #samples = 0;
  #arrivesMs = 0;

  constructor(options: {
    readonly machine: Machine;
    readonly random: Random;
    readonly intake: SimIntake;
    readonly number: number;
    readonly faults: PhoneFaults;
    readonly tally: PhoneTally;
  }) {
    this.#machine = options.machine;
    this.#random = options.random;
    this.#intake = options.intake;
    this.#number = options.number;
    this.#faults = options.faults;
    this.#tally = options.tally;
  }

  /** All rows that it ever made. */
  get sent(): readonly SentRow[] {
    return this.#messages.flatMap(({ rows, poison, acknowledged }) =>
      rows.map((line) => ({ line, poison, acknowledged })),
    );
  }

  get isDone(): boolean {
    return this.#waiting.length === 0 && this.#inFlight.size === 0;
  }

  /** The bridge is there: everything that was not acknowledged goes first, with DUP. */
  connect(): void {
    this.#connection++;
    this.#isConnected = true;
    this.#arrivesMs = 0;
    for (const [id, packet] of this.#inFlight) this.#send(id, packet);
    this.#pump();
  }

  /** The connection breaks: acknowledgements on their way are lost. */
  disconnect(): void {
    this.#connection++;
    this.#isConnected = false;
  }

  /** Makes one more message and sends it as soon as it may. Gives the lines of its rows. */
  publish(): readonly string[] {
    const message = this.#make();
    this.#messages.push(message);
    this.#queue(message);
    if (drawChance(this.#random, this.#faults.twice)) {
      this.#tally.twice++;
      this.#queue(message);
    }
    return message.rows;
  }

  /** Makes one good record and sends it. Gives its line. */
  publishRecord(): string {
    const message = this.#makeRecord();
    this.#messages.push(message);
    this.#queue(message);
    return message.rows[0] as string;
  }

  #queue(message: Message): void {
    this.#waiting.push(message);
    this.#pump();
  }

  #pump(): void {
    while (this.#isConnected && this.#inFlight.size < PACKET_IDS) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      const id = this.#freePacketId();
      const packet = { message, attempts: 0 };
      this.#inFlight.set(id, packet);
      this.#send(id, packet);
    }
  }

  #freePacketId(): number {
    let id = this.#lastPacketId;
    do {
      if (id === PACKET_IDS) this.#tally.wrapped++;
      id = (id % PACKET_IDS) + 1;
    } while (this.#inFlight.has(id));
    this.#lastPacketId = id;
    return id;
  }

  #send(id: number, packet: Packet): void {
    const dup = packet.attempts++ > 0;
    if (dup) this.#tally.redelivered++;
    const connection = this.#connection;
    const ifConnected = (action: () => void) => (): void => {
      if (connection === this.#connection) action();
    };
    const topic = phoneTopic(`phone-${this.#number}`, 'accelerometer');
    const { payload, rows } = packet.message;
    this.#machine.at(
      this.#arrivalMs(),
      ifConnected(() =>
        this.#intake.deliver({ topic, payload, dup }, rows.length, () =>
          this.#machine.at(
            this.#machine.now() + drawInteger(this.#random, ...TRAVEL_MS),
            ifConnected(() => this.#acknowledge(id)),
          ),
        ),
      ),
    );
  }

  #acknowledge(id: number): void {
    const packet = this.#inFlight.get(id);
    if (packet === undefined) return;
    this.#inFlight.delete(id);
    packet.message.acknowledged = true;
    this.#pump();
  }

  /** One stream keeps its order, unless messages may overtake each other. */
  #arrivalMs(): number {
    const ms = this.#machine.now() + drawInteger(this.#random, ...TRAVEL_MS);
    if (ms < this.#arrivesMs && this.#faults.reorders) this.#tally.reordered++;
    const arrives = this.#faults.reorders ? ms : Math.max(ms, this.#arrivesMs);
    this.#arrivesMs = Math.max(this.#arrivesMs, arrives);
    return arrives;
  }

  #make(): Message {
    const rest = { acknowledged: false };
    if (drawChance(this.#random, this.#faults.poison)) {
      this.#tally.poison++;
      const original = this.#poison();
      const isText = typeof original === 'string';
      const payload = Buffer.from(original as string);
      const row = isText ? original : payload.toString('base64');
      return { ...rest, payload, rows: [row], poison: true };
    }
    if (drawChance(this.#random, 0.2)) return this.#makeRecord();
    if (drawChance(this.#random, this.#faults.conflict) && this.#seq > 0) {
      this.#seq--;
      this.#tally.conflict++;
    }
    const count = drawInteger(this.#random, 1, SAMPLES_MAX);
    const samples = Array.from({ length: count }, () => this.#sample());
    const session = `session-${this.#session}`;
    const user = this.#user;
    const batch = { user, session, seq: this.#seq++, samples };
    if (drawChance(this.#random, 0.05)) {
      this.#session++;
      this.#seq = 0;
    }
    return {
      ...rest,
      payload: Buffer.from(encodeSampleBatch(batch)),
      rows: samples.map(([timeStamp, x, y, z]) => JSON.stringify({ user, timeStamp, x, y, z })),
      poison: false,
    };
  }

  #makeRecord(): Message {
    const [timeStamp, x, y, z] = this.#sample();
    const line = JSON.stringify({ user: this.#user, timeStamp, x, y, z });
    const isOld = drawChance(this.#random, 0.5);
    const payload = Buffer.from(isOld ? line.replace('timeStamp', 'timestamp') : line);
    return { payload, rows: [line], poison: false, acknowledged: false };
  }

  get #user(): string {
    return `person-${this.#number}@example.com`;
  }

  /** No two samples of a phone have the same time, so that each row is told from all others. */
  #sample(): readonly [number, number, number, number] {
    const draw = (): number => drawInteger(this.#random, -1, 1);
    return [
      1_700_000_000_000 + this.#samples++ * 20,
      draw(),
      draw(),
      drawInteger(this.#random, -1, 0),
    ];
  }

  #poison(): string | Uint8Array {
    const number = this.#samples++;
    return drawOne(this.#random, [
      `not JSON ${number}`,
      `{"user":"","timeStamp":${number},"x":0,"y":0,"z":0}`,
      `{"user":"u","session":"s","seq":${number},"samples":[[1,0,0,0],["x"]]}`,
      Uint8Array.of(0xff, 0x00, number & 0xff, number >> 8, this.#number),
    ]);
  }
}
