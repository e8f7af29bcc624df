import { isActive } from '../core/faults.ts';
import type { ChunkFault, WireDamage } from '../core/faults.ts';
import { drawInteger } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import type { Occurrence, TruthDistance, TruthLedger } from '../core/truth-ledger.ts';
import { ChunkBuffer } from '../core/wire-chunks.ts';
import type { ChunkRule } from '../core/wire-chunks.ts';
import type { DamagedText, WireInjector } from '../core/wire-injector.ts';
import { SentLine, WireReceiver } from '../core/wire-receiver.ts';
import type { WireRun } from '../core/wire-receiver.ts';
import type { DevicePort } from './links.ts';

/** What a USB full-speed adapter sends at once, and how long it waits for more. */
const BURST: ChunkRule = { holdMs: 16, nextBytes: () => 64 };
/** A busy host reads less often. */
const ANY_CHUNK = { holdMs: 40, bytesMax: 96 };

const OCCURRENCE_OF: Readonly<Record<WireDamage, Occurrence>> = {
  'boot-garbage': 'boot-garbage',
  'cr-only': 'line-ends-lost',
  duplicate: 'bytes-duplicated',
  partial: 'line-cut',
  merge: 'lines-merged',
  drop: 'bytes-dropped',
  garble: 'line-garbled',
  'wrong-baud': 'baud-rate-wrong',
};

/** What the wire of a station needs of the world around it. The injector outlives the cables of its station. */
export interface StationWireOptions {
  readonly port: DevicePort;
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  readonly injector: WireInjector;
  readonly chunkFaults: readonly ChunkFault[];
  readonly chunkRandom: Random;
}

/** A line to send, CR LF included. `sent` is given when only a part of it gets out; `truth` when it carries a reading. */
export interface OutgoingLine {
  readonly text: string;
  readonly sent?: string;
  readonly boots?: boolean;
  readonly truth?: TruthDistance | undefined;
}

/** One cable of a station with all that is wrong with it. Writes into the truth what becomes of each reading on it. */
export class StationWire {
  readonly #options: StationWireOptions;
  readonly #receiver: WireReceiver;
  #chunks: ChunkBuffer | undefined;
  /** The line that was refused last: when it comes again, it has the damage that it had. */
  #refused: { readonly text: string; readonly damaged: DamagedText } | undefined;
  #isOpen = true;

  constructor(options: StationWireOptions) {
    this.#options = options;
    this.#receiver = new WireReceiver((text) => options.ledger.addDamagedLine(text));
  }

  /** Sends a line; false when the transmit buffer had no room. */
  send({ text, sent = text, boots = false, truth }: OutgoingLine): boolean {
    const { injector, timers, ledger } = this.#options;
    const damaged =
      this.#refused?.text === sent
        ? this.#refused.damaged
        : injector.damage({ text: sent, from: 'device', boots, nowMs: timers.now() });
    this.#refused = undefined;
    const line = new SentLine(text, (changed) => truth && this.#tellFate(truth, changed));
    if (!this.#transmit({ text: damaged.text, line })) {
      this.#refused = { text: sent, damaged };
      return false;
    }
    for (const damage of damaged.damages) ledger.note(OCCURRENCE_OF[damage]);
    if (truth !== undefined) {
      const { text: passed, damages } = damaged;
      const cut = sent === text ? [] : ['brown-out'];
      ledger.onSent?.({
        readings: [truth.id],
        atMs: timers.now(),
        meant: text,
        passed,
        damages: [...cut, ...damages],
      });
    }
    // Nothing has arrived yet; a port that knows no delay has already said otherwise.
    if (truth?.fate === 'never-sent') ledger.noteFate(truth, 'lost');
    return true;
  }

  /** Calls `listener` with what arrives from the host. */
  onReceive(listener: (bytes: string) => void): void {
    const { port, injector, timers, ledger } = this.#options;
    port.onReceive((bytes) => {
      const line = { text: bytes, from: 'host', boots: false, nowMs: timers.now() } as const;
      const { text, damages } = injector.damage(line);
      for (const damage of damages) ledger.note(OCCURRENCE_OF[damage]);
      if (text !== '') listener(text);
    });
  }

  /** Pulls the cable: what is held back or under way is lost. */
  close(): void {
    this.#isOpen = false;
    this.#options.port.close();
    this.#receiver.end();
  }

  #tellFate(truth: TruthDistance, { arrivals, hasRemains }: SentLine): void {
    const unless = hasRemains ? 'garbled' : 'lost';
    this.#options.ledger.noteFate(truth, arrivals > 0 ? 'sent' : unless, arrivals);
  }

  #transmit(run: WireRun): boolean {
    const fault = this.#chunkFault();
    if (fault === undefined) {
      this.#flush();
      return this.#pass([run]);
    }
    this.#chunks ??= new ChunkBuffer(this.#ruleOf(fault));
    for (const chunk of this.#chunks.push(run, this.#options.timers.now())) this.#passChunk(chunk);
    this.#flushWhenDue();
    return true;
  }

  #flush(): void {
    const held = this.#chunks?.flush() ?? [];
    this.#chunks = undefined;
    if (held.length > 0) this.#passChunk(held);
  }

  #flushWhenDue(): void {
    const { timers } = this.#options;
    const buffer = this.#chunks;
    const dueMs = buffer?.dueMs;
    if (buffer === undefined || dueMs === undefined) return;
    timers.at(dueMs, () => {
      if (this.#isOpen && this.#chunks === buffer && buffer.dueMs === dueMs) this.#flush();
    });
  }

  /** What an adapter has taken and cannot pass on is lost without anybody being told. */
  #passChunk(chunk: readonly WireRun[]): void {
    this.#options.ledger.note('bytes-held-back');
    this.#pass(chunk);
  }

  #pass(chunk: readonly WireRun[]): boolean {
    const [first] = chunk;
    const bytes =
      chunk.length === 1 && first !== undefined
        ? first.text
        : chunk.map(({ text }) => text).join('');
    // Damage may leave nothing of a line; to its sender it went out all the same.
    if (bytes === '') return true;
    return this.#options.port.send(bytes, (arrived) => {
      if (arrived) for (const run of chunk) this.#receiver.take(run);
    });
  }

  #chunkFault(): ChunkFault | undefined {
    const { chunkFaults, timers } = this.#options;
    return chunkFaults.find((fault) => isActive(fault, timers.now()));
  }

  #ruleOf({ size }: ChunkFault): ChunkRule {
    if (size === 64) return BURST;
    const { chunkRandom } = this.#options;
    const nextBytes = (): number => drawInteger(chunkRandom, 1, ANY_CHUNK.bytesMax);
    return { holdMs: ANY_CHUNK.holdMs, nextBytes };
  }
}
