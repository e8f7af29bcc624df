/** PUBACK (MQTT 3.1.1, section 3.4): 0x40, 0x02, the packet id in two bytes, high byte first. */
const PUBACK = 0x4002_0000;
const PUBACK_BYTES = 4;
const COMPACT_FROM = 1024;
const PACKET_IDS = 65_536;
/** What comes again within this time crossed its acknowledgement; what comes later says that this did not arrive. */
const CROSSING_MS = 2_000;

/** A message as far as its acknowledgement depends on it. */
export interface Arrival {
  readonly packetId: number;
  readonly dup: boolean;
  /** Differs, with all likelihood, where payloads differ; a whole number of 32 bits. */
  readonly fingerprint: number;
}

interface Entry {
  readonly packetId: number;
  isDurable: boolean;
}

/**
 * The acknowledgements of one connection. They are written in the order in which the messages arrived (section 4.6), as
 * soon as these are durable, all that are due at once in one write.
 */
export class Acknowledgements {
  readonly #write: (bytes: Buffer, acknowledgements: number) => void;
  readonly #nowMs: () => number;
  readonly #entries: Entry[] = [];
  /** How many arrivals of each packet id wait. */
  readonly #waiting: Uint32Array = new Uint32Array(PACKET_IDS);
  /** What came last under each packet id, and whether that is acknowledged. */
  readonly #fingerprints: Uint32Array = new Uint32Array(PACKET_IDS);
  readonly #isAnswered: Uint8Array = new Uint8Array(PACKET_IDS);
  readonly #answeredMs: Float64Array = new Float64Array(PACKET_IDS);
  #first = 0;
  #isScheduled = false;
  #isEnded = false;
  #onDrained: (() => void) | undefined;

  /** `write` gets packets, and how many there are. `nowMs` is a clock that only goes forward. */
  constructor(write: (bytes: Buffer, acknowledgements: number) => void, nowMs: () => number) {
    this.#write = write;
    this.#nowMs = nowMs;
  }

  /** How many messages have arrived and are not acknowledged. */
  get waiting(): number {
    return this.#entries.length - this.#first;
  }

  /** Notes that a message arrived. What it returns is to be called when the message is durable. */
  expect({ packetId, dup, fingerprint }: Arrival): () => void {
    // Some brokers lose patience and send again; this one crossed its acknowledgement, and another could be taken for
    // that of the next message under this id. A broker that sets DUP on new messages is told by the payload. Every
    // PUBLISH at QoS 1 is owed an answer (section 4.3.2): one that keeps coming gets it.
    const isSame = this.#fingerprints[packetId] === fingerprint;
    if (dup && isSame && this.#isJustAnswered(packetId)) return NOTHING;
    this.#isAnswered[packetId] = 0;
    this.#fingerprints[packetId] = fingerprint;
    const entry: Entry = { packetId, isDurable: false };
    this.#entries.push(entry);
    this.#waiting[packetId] = (this.#waiting[packetId] as number) + 1;
    return () => {
      entry.isDurable = true;
      this.#schedule();
    };
  }

  #isJustAnswered(packetId: number): boolean {
    if (this.#isAnswered[packetId] !== 1) return false;
    return this.#nowMs() - (this.#answeredMs[packetId] as number) < CROSSING_MS;
  }

  /** Resolves when nothing waits, at once when this has ended. */
  async drained(): Promise<void> {
    if (this.#isEnded || this.waiting === 0) return;
    await new Promise<void>((resolve) => (this.#onDrained = resolve));
  }

  /** The connection is gone: nothing is written any more. What was not acknowledged comes again. */
  end(): void {
    this.#isEnded = true;
    this.#entries.length = 0;
    this.#first = 0;
    this.#onDrained?.();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isEnded) return;
    this.#isScheduled = true;
    // A group commit makes many messages durable in one go: their acknowledgements are one write.
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const entries = this.#entries;
    const from = this.#first;
    let to = from;
    while (to < entries.length && entries[to]?.isDurable === true) to++;
    if (to === from) return;
    const bytes = Buffer.allocUnsafe((to - from) * PUBACK_BYTES);
    const nowMs = this.#nowMs();
    let length = 0;
    for (let index = from; index < to; index++) {
      const { packetId } = entries[index] as Entry;
      const left = (this.#waiting[packetId] as number) - 1;
      this.#waiting[packetId] = left;
      // Sent again on the same connection it is one message to the broker: a second acknowledgement could be taken for
      // that of the next message under this id. The one that is written says that every arrival is durable.
      if (left > 0) continue;
      length = bytes.writeUInt32BE(PUBACK + packetId, length);
      this.#isAnswered[packetId] = 1;
      this.#answeredMs[packetId] = nowMs;
    }
    this.#advance(to);
    if (length > 0) this.#write(bytes.subarray(0, length), length / PUBACK_BYTES);
    if (this.waiting === 0) this.#onDrained?.();
  }

  #advance(to: number): void {
    this.#first = to;
    if (to < COMPACT_FROM || to * 2 < this.#entries.length) return;
    this.#entries.splice(0, to);
    this.#first = 0;
  }
}

function NOTHING(): void {
  // It is acknowledged already.
}
