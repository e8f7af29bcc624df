/** A spool in memory as the lander sees it, and time that passes while promises are kept. */
import { gzipSync } from 'node:zlib';
import type { BatchTable, LandingObject } from '../../../bridge/core/landing-batches.ts';
import type { ObjectSink } from '../../../bridge/ports.ts';
import type {
  LandingSource,
  SealedSegment,
  SegmentContents,
} from '../../../bridge/spool/spool-contract.ts';
import type { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

/** 2022-06-18T12:00:00Z. */
export const NOON_MS = 1_655_553_600_000;

const PROMISE_TURNS = 40;

/** Segments of all tables, sealed by the test. */
export class MemorySource implements LandingSource {
  readonly spoolId: string = '0f3a';
  /** What was marked, as `<table> <number>`. */
  readonly landed: string[] = [];
  /** Segments whose contents were read and that are not marked yet. */
  readonly open: Set<string> = new Set();
  /** The most of them at a time. */
  mostOpen = 0;
  /** Fails the next reads or marks, if set. */
  failure: Error | undefined;
  readonly #segments = new Map<
    BatchTable,
    { segment: SealedSegment; contents: SegmentContents }[]
  >();
  readonly #numbers = new Map<BatchTable, number>();
  #listener: (table: BatchTable) => void = () => undefined;

  /** Seals a segment of these lines; each gets its LF. */
  seal(table: BatchTable, lines: readonly string[], more: Partial<SegmentContents> = {}): void {
    const number = (this.#numbers.get(table) ?? 0) + 1;
    this.#numbers.set(table, number);
    const contents: SegmentContents = {
      lines: lines.map((line) => Buffer.from(`${line}\n`)),
      rows: lines.length,
      firstArrivalMs: NOON_MS,
      lastArrivalMs: NOON_MS + 60_000,
      isMissing: false,
      damaged: [],
      ...more,
    };
    const { rows, firstArrivalMs } = contents;
    const segments = this.#segments.get(table) ?? [];
    this.#segments.set(table, segments);
    segments.push({ segment: { table, number, rows, firstArrivalMs, bytes: 1000 }, contents });
    this.#listener(table);
  }

  oldestSealed(table: BatchTable): SealedSegment | undefined {
    return this.#segments.get(table)?.[0]?.segment;
  }

  onSealed(listener: (table: BatchTable) => void): void {
    this.#listener = listener;
  }

  async read({ table, number }: SealedSegment): Promise<SegmentContents> {
    await this.#work();
    const oldest = this.#segments.get(table)?.[0];
    if (oldest?.segment.number !== number) throw new RangeError(`${table} ${number} is not there`);
    this.open.add(`${table} ${number}`);
    this.mostOpen = Math.max(this.mostOpen, this.open.size);
    return oldest.contents;
  }

  async markLanded({ table, number }: SealedSegment): Promise<void> {
    await this.#work();
    const oldest = this.#segments.get(table)?.shift();
    if (oldest?.segment.number !== number) throw new RangeError(`${table} ${number} out of order`);
    this.open.delete(`${table} ${number}`);
    this.landed.push(`${table} ${number}`);
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A storage in memory that a test can put out of order. */
export class MemorySink implements ObjectSink {
  readonly objects: Map<string, LandingObject> = new Map();
  /** Keys in the order in which they were stored, repeats included. */
  readonly puts: string[] = [];
  attempts = 0;
  /** Called before each attempt; what it throws or waits for is what the attempt does. */
  before: (object: LandingObject, signal?: AbortSignal) => void | Promise<void> = () => undefined;
  /** Called when the object is stored: it may still fail the attempt, as a lost answer does. */
  after: (object: LandingObject) => void = () => undefined;

  async put(object: LandingObject, signal?: AbortSignal): Promise<void> {
    this.attempts++;
    await this.before(object, signal);
    this.objects.set(object.key, object);
    this.puts.push(object.key);
    this.after(object);
  }

  /** All objects, as the oracle takes them. */
  list(): { key: string; body: Uint8Array }[] {
    return [...this.objects.values()].map(({ key, body }) => ({
      key,
      body: Buffer.from(body as Uint8Array),
    }));
  }
}

/** Compresses at once, so that virtual time does not have to wait for threads. */
export function gzipNow(lines: readonly Uint8Array[]): Uint8Array {
  return gzipSync(Buffer.concat(lines), { level: 1 });
}

/** Lets time pass to the given moment, and everything happen that is due until then. */
export async function pass(time: VirtualTime, untilMs: number): Promise<void> {
  time.at(untilMs, () => undefined);
  await settle();
  for (;;) {
    const next = time.nextMs();
    if (next === undefined || next > untilMs) break;
    time.run(next, 1);
    // More turns than the longest chain of promises takes; the event loop itself would cost twenty times as much.
    for (let turn = 0; turn < PROMISE_TURNS; turn++) await Promise.resolve();
  }
  await settle();
}

/** Lets all promises be kept that need no time. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
