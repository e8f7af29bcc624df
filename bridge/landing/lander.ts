/** From sealed segments of the spool to objects in the storage. */
import type { BatchTable, LandingObject } from '../core/landing-batches.ts';
import { BATCH_TABLES } from '../core/spool-names.ts';
import type { OnNotice } from '../notice.ts';
import type { BridgeTimers, ObjectSink } from '../ports.ts';
import type { LandingSource, SealedSegment } from '../spool/spool-contract.ts';
import { gzipLines } from './gzip-lines.ts';
import type { CompressLines } from './gzip-lines.ts';
import { Outage } from './outage.ts';
import { Persistence } from './persistence.ts';
import { makeSegmentObjects } from './segment-objects.ts';
import type { SegmentDamage, SegmentObjects } from './segment-objects.ts';
import { Slots } from './slots.ts';

/** Segments that are in memory at a time, in all tables together. */
const SEGMENTS_AT_ONCE = 2;
const GRACE_MS = 10_000;
/** An attempt may take this long, and longer by the size of what is sent. */
const ATTEMPT_MS_MIN = 30_000;
/** A link that is slower than this cannot carry what the bridge is made for. */
const BYTES_PER_MS_MIN = 32;

/** A segment that is stored for good. */
export interface StoredSegment {
  readonly table: BatchTable;
  readonly number: number;
  readonly rows: number;
  /** Lines in quarantine that tell of damage of this segment. */
  readonly damageLines: number;
  readonly objects: readonly { readonly key: string; readonly bytes: number }[];
}

/** How a lander is set up. */
export interface LanderOptions {
  readonly source: LandingSource;
  readonly sink: ObjectSink;
  /** Any text of up to 32 characters. */
  readonly bridgeId: string;
  readonly timers: BridgeTimers;
  /** 0 inclusive to 1 exclusive. */
  readonly random: () => number;
  /** Gzip on the thread pool if absent. */
  readonly compress?: CompressLines;
  /** Told when the storage goes away, with the fix, and when it is back. */
  readonly onNotice: OnNotice;
  readonly onStored?: (stored: StoredSegment) => void;
  /** Told once for each damaged segment, when it has been read and before anything of it is stored. */
  readonly onDamage?: (damage: SegmentDamage) => void;
}

/** How landing goes. */
export interface LanderStatus {
  readonly storageUp: boolean;
  /** Attempts to store an object that failed. */
  readonly putFailures: number;
}

/** Stores each table's segments strictly in their order, and each until it is stored, however long that takes. */
export class Lander {
  readonly #options: LanderOptions;
  readonly #persistence: Persistence;
  readonly #storage: Outage;
  readonly #spool: Outage;
  readonly #slots = new Slots(SEGMENTS_AT_ONCE);
  readonly #working = new Map<BatchTable, Promise<void>>();
  #idle: (() => void)[] = [];

  constructor(options: LanderOptions) {
    this.#options = options;
    this.#persistence = new Persistence(options.timers, options.random);
    this.#storage = new Outage('The storage', options.onNotice);
    this.#spool = new Outage('Reading or marking the spool', options.onNotice);
  }

  /** How it goes. */
  get status(): LanderStatus {
    return { storageUp: this.#storage.isOver, putFailures: this.#storage.failures };
  }

  /** Lands what is sealed, and from now on whatever gets sealed. */
  start(): void {
    this.#options.source.onSealed((table) => this.#look(table));
    for (const table of BATCH_TABLES) this.#look(table);
  }

  /** Resolves when no sealed segment is left to land, or when the lander has stopped. */
  async drained(): Promise<void> {
    for (const table of BATCH_TABLES) this.#look(table);
    if (this.#working.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Begins nothing new; resolves when what is in flight is stored, has failed, or `graceMs` are over. The rest stays in the spool. */
  async stop(graceMs: number = GRACE_MS): Promise<void> {
    this.#persistence.stop(graceMs);
    await Promise.all(this.#working.values());
  }

  #look(table: BatchTable): void {
    const isBusy = this.#working.has(table) || this.#persistence.isStopping;
    if (isBusy || this.#options.source.oldestSealed(table) === undefined) return;
    this.#working.set(
      table,
      this.#landAll(table).finally(() => this.#rest(table)),
    );
  }

  #rest(table: BatchTable): void {
    this.#working.delete(table);
    // Something may have been sealed between the last look and now.
    this.#look(table);
    if (this.#working.size > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  async #landAll(table: BatchTable): Promise<void> {
    for (;;) {
      await this.#slots.take();
      try {
        if (this.#persistence.isStopping) return;
        const segment = this.#options.source.oldestSealed(table);
        if (segment === undefined || !(await this.#land(segment))) return;
      } finally {
        this.#slots.release();
      }
    }
  }

  /** False when the bridge stops first. */
  async #land(segment: SealedSegment): Promise<boolean> {
    const made = await this.#prepare(segment);
    if (made === undefined) return false;
    for (const object of made.objects) {
      if (!(await this.#store(segment, object))) return false;
    }
    if (!(await this.#mark(segment))) return false;
    this.#options.onStored?.({
      table: segment.table,
      number: segment.number,
      rows: made.rows,
      damageLines: made.damage?.lines ?? 0,
      objects: made.objects.map(({ key, body }) => ({ key, bytes: body.length })),
    });
    return true;
  }

  async #prepare(segment: SealedSegment): Promise<SegmentObjects | undefined> {
    const { source, bridgeId, compress = gzipLines } = this.#options;
    let made: SegmentObjects | undefined;
    await this.#persistence.carryOut({
      who: segment.table,
      outage: this.#spool,
      run: async () => {
        made = await makeSegmentObjects(segment, { source, bridgeId, compress });
      },
    });
    const damage = made?.damage;
    if (damage !== undefined) this.#options.onDamage?.(damage);
    return made;
  }

  #store(segment: SealedSegment, object: LandingObject): Promise<boolean> {
    return this.#persistence.carryOut({
      who: segment.table,
      outage: this.#storage,
      limitMs: limitMs(object.body.length),
      run: (signal) => this.#options.sink.put(object, signal),
    });
  }

  #mark(segment: SealedSegment): Promise<boolean> {
    return this.#persistence.carryOut({
      who: segment.table,
      outage: this.#spool,
      run: () => this.#options.source.markLanded(segment),
    });
  }
}

function limitMs(bytes: number): number {
  return ATTEMPT_MS_MIN + bytes / BYTES_PER_MS_MIN;
}
