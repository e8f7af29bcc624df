import { parsePhoneTopic } from '../firmware-protocol/index.ts';
import type { IgnoredKind } from './core/bridge-counts.ts';
import { CanonicalPayloads } from './core/canonical-payload.ts';
import type { CanonicalLines } from './core/canonical-payload.ts';
import { DuplicateWindows } from './core/duplicate-windows.ts';
import type { WindowLimits } from './core/duplicate-windows.ts';
import { DurableOrder } from './core/durable-order.ts';
import type { BatchTable } from './core/landing-batches.ts';
import { hashBytes } from './core/payload-hash.ts';
import { readPhonePayload } from './core/phone-payload-lines.ts';
import type { PayloadLines } from './core/phone-payload-lines.ts';
import type { PhoneMessage, TakeMessage } from './ports.ts';
import type { RowWriter } from './row-writer.ts';

const TABLE = 'accelerometer_landing';
const QUARANTINE = `quarantine/${TABLE}` as const;

/** Takes the messages of phones: lands each once, as far as its window reaches, or puts it into quarantine. */
export class PhoneIntake {
  readonly #writer: RowWriter;
  readonly #canonical = new CanonicalPayloads();
  /** By topic: it names a client, and is at hand without being taken apart. */
  readonly #windows: DuplicateWindows;
  readonly #order = new DurableOrder();

  constructor(writer: RowWriter, limits?: WindowLimits) {
    this.#writer = writer;
    this.#windows = new DuplicateWindows(limits);
  }

  /**
   * Takes one message. What has nothing to make durable is acknowledged during the call: what phones say about their
   * status, and empty batches.
   */
  readonly take: TakeMessage = (message, onDurable) => {
    const { topic } = message;
    if (this.#windows.find(topic) === undefined) {
      const parsed = parsePhoneTopic(topic);
      if (parsed?.channel === 'status') return this.#ignore('status', onDurable);
      if (parsed === undefined) return this.#refuseTopic(message, onDurable);
    }
    this.#takeSamples(message, onDurable);
  };

  #takeSamples(message: PhoneMessage, onDurable: () => void): void {
    const { topic, payload, dup, omittedBytes = 0 } = message;
    const read = this.#read(payload, omittedBytes);
    const isRefused = 'reason' in read;
    if (!isRefused && read.rows === 0) return this.#ignore('empty', onDurable);
    const mark = {
      identity: isRefused ? Number.NaN : read.identity,
      payload: hashBytes(payload, { seed: omittedBytes }),
    };
    const window = this.#windows.find(topic) ?? this.#windows.open(topic);
    const known = window.recognise(mark, dup);
    if (known.kind !== 'new') this.#writer.tally.duplicated(known.kind);
    // It is durable as soon as the first one is: they are the same bytes.
    if ('place' in known) return this.#order.whenDurable(known.place, onDurable);
    const table = isRefused ? QUARANTINE : TABLE;
    window.remember(mark, this.#order.place(table));
    if (!isRefused) return this.#writer.land(TABLE, read, () => this.#durable(table, onDurable));
    const { reason, rule, position } = read;
    const refused = { reason, rule, source: topic, position, original: payload, omittedBytes };
    this.#writer.quarantine(TABLE, refused, () => this.#durable(table, onDurable));
  }

  #ignore(kind: IgnoredKind, onDurable: () => void): void {
    this.#writer.tally.ignored(kind);
    onDurable();
  }

  #read(payload: Uint8Array, omittedBytes: number): PayloadLines | CanonicalLines {
    const canonical = omittedBytes === 0 ? this.#canonical.read(payload) : undefined;
    return canonical ?? readPhonePayload(payload, omittedBytes);
  }

  /** A topic of somebody else may hold anything: it is kept with the original, not as a source. */
  #refuseTopic({ topic, payload, omittedBytes }: PhoneMessage, onDurable: () => void): void {
    const refused = { reason: 'unknown-topic', source: 'mqtt', originalTopic: topic } as const;
    this.#order.place(QUARANTINE);
    this.#writer.quarantine(TABLE, { ...refused, original: payload, omittedBytes }, () =>
      this.#durable(QUARANTINE, onDurable),
    );
  }

  #durable(table: BatchTable, onDurable: () => void): void {
    onDurable();
    this.#order.advance(table);
  }
}
