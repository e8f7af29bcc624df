import { BridgeError } from '../bridge-error.ts';
import type { BatchTable } from '../core/landing-batches.ts';
import { BATCH_TABLES, segmentFileName } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { SPOOL_FORMAT } from '../core/spool-segment.ts';
import { decodeState, encodeState, noneLanded } from '../core/spool-state.ts';
import type { SpoolState } from '../core/spool-state.ts';
import type { BridgeTimers } from '../ports.ts';
import { readSegment } from './read-segment.ts';
import type { FoundSegment } from './recover-segments.ts';
import { findSegments, newestFormat, recoverTable } from './recover-segments.ts';
import type {
  DurableStore,
  SealedSegment,
  SegmentContents,
  SpoolStatus,
} from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';
import type { SpoolEvents } from './spool-health.ts';
import { SpoolHealth } from './spool-health.ts';
import type { SegmentLimits } from './spool-lane.ts';
import { SpoolLane } from './spool-lane.ts';

const STATE_FILE = 'spool.json';

/** What a spool works with. */
export interface SpoolOptions extends SpoolEvents {
  readonly timers: BridgeTimers;
  readonly limits: SegmentLimits;
  readonly crc32: Crc32;
  /** Whose spool it shall be; without it, whose it is, or that of a new id. */
  readonly bridgeId?: string;
  /** Twelve random hexadecimal digits, others at each call. */
  readonly newId: () => string;
  /** Runs an action after everything that is going on now. */
  readonly defer: (action: () => void) => void;
}

/** The write-ahead log of a bridge on a disk: every table has a series of segments. Nothing works before `recover`. */
export class Spool implements DurableStore {
  readonly #disk: SpoolDisk;
  readonly #options: SpoolOptions;
  readonly #health: SpoolHealth;
  readonly #lanes = new Map<BatchTable, SpoolLane>();
  readonly #sealed = new Map<BatchTable, SealedSegment[]>();
  readonly #sealedListeners: ((table: BatchTable) => void)[] = [];
  #state: SpoolState = { format: SPOOL_FORMAT, bridgeId: '', spoolId: '', landed: noneLanded() };
  #marking: Promise<void> = Promise.resolve();

  constructor(disk: SpoolDisk, options: SpoolOptions) {
    this.#disk = disk;
    this.#options = options;
    this.#health = new SpoolHealth(disk.place, options.timers, options);
  }

  /**
   * Takes over what a bridge before left: seals its segments as they are and begins new ones.
   *
   * @throws BridgeError `SPOOL_NEWER`, `SPOOL_OTHER`; then nothing was changed. `SPOOL_FAILED`
   */
  async recover(): Promise<void> {
    const { crc32 } = this.#options;
    const found = await findSegments(this.#disk, crc32);
    const { state, isNew } = await this.#readState(found);
    this.#state = state;
    if (isNew) await this.#saveState(state);
    for (const table of BATCH_TABLES) {
      const landed = this.#state.landed[table];
      const { sealed, nextNumber, isUnused } = await recoverTable(this.#disk, found, {
        table,
        landed,
        crc32,
      });
      this.#sealed.set(table, [...sealed]);
      const lane = this.#newLane(table);
      this.#lanes.set(table, lane);
      const unused = isUnused
        ? await this.#disk.open(segmentFileName(table, nextNumber))
        : undefined;
      await lane.begin(nextNumber, unused);
    }
  }

  get spoolId(): string {
    return this.#state.spoolId;
  }

  get bridgeId(): string {
    return this.#state.bridgeId;
  }

  get isFull(): boolean {
    return this.#health.isFull;
  }

  get status(): SpoolStatus {
    const lanes = [...this.#lanes.values()];
    const sealed = [...this.#sealed.values()].flat();
    const sum = (values: readonly number[]): number =>
      values.reduce((left, right) => left + right, 0);
    const arrivals = [
      ...lanes.map(({ oldestMs }) => oldestMs),
      ...sealed.map(({ rows, firstArrivalMs }) => (rows > 0 ? firstArrivalMs : undefined)),
    ].filter((timeMs) => timeMs !== undefined);
    return {
      state: this.#health.state,
      bytes: sum([...lanes, ...sealed].map(({ bytes }) => bytes)),
      unlandedRows:
        sum(lanes.map(({ durableRows }) => durableRows)) + sum(sealed.map(({ rows }) => rows)),
      oldestUnlandedMs: arrivals.length === 0 ? undefined : Math.min(...arrivals),
      pendingBytes: this.#health.pendingBytes,
    };
  }

  append(table: BatchTable, lines: Uint8Array, rows: number, onDurable?: () => void): void {
    this.#lanes.get(table)?.append(lines, rows, onDurable);
  }

  flush(): void {
    for (const lane of this.#lanes.values()) lane.write();
  }

  onRoom(listener: () => void): void {
    this.#health.onRoom(listener);
  }

  oldestSealed(table: BatchTable): SealedSegment | undefined {
    return this.#sealed.get(table)?.[0];
  }

  onSealed(listener: (table: BatchTable) => void): void {
    this.#sealedListeners.push(listener);
  }

  async read(segment: SealedSegment): Promise<SegmentContents> {
    const { table, number } = segment;
    return readSegment(await this.#disk.read(segmentFileName(table, number)), this.#options.crc32);
  }

  async markLanded(segment: SealedSegment): Promise<void> {
    const { table, number } = segment;
    // One file holds the marks of all tables: they are written one after the other.
    const marked = this.#marking.then(async () => {
      const landed = { ...this.#state.landed, [table]: number };
      await this.#saveState({ ...this.#state, landed });
      const sealed = this.#sealed.get(table) ?? [];
      this.#sealed.set(
        table,
        sealed.filter((waiting) => waiting.number > number),
      );
      await this.#disk.remove(segmentFileName(table, number));
    });
    this.#marking = marked.catch(() => {});
    await marked;
  }

  async seal(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.seal()));
  }

  async close(): Promise<void> {
    const closing = [...this.#lanes.values()].map((lane) => lane.close());
    this.#health.close();
    const results = await Promise.allSettled(closing);
    await this.#marking;
    await this.#disk.close();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  #newLane(table: BatchTable): SpoolLane {
    const { timers, crc32, limits, defer } = this.#options;
    return new SpoolLane({
      table,
      spoolId: this.spoolId,
      disk: this.#disk,
      health: this.#health,
      timers,
      crc32,
      limits,
      defer,
      onSealed: (segment) => {
        this.#sealed.get(table)?.push(segment);
        for (const listener of this.#sealedListeners) listener(table);
      },
    });
  }

  async #saveState(state: SpoolState): Promise<void> {
    const bytes = encodeState(state, this.#options.crc32);
    await this.#health.persist(() => this.#disk.replace(STATE_FILE, bytes));
    this.#state = state;
  }

  async #readState(
    found: readonly FoundSegment[],
  ): Promise<{ readonly state: SpoolState; readonly isNew: boolean }> {
    const { crc32, newId, bridgeId } = this.#options;
    const files = await this.#disk.list();
    const read = files.some(({ name }) => name === STATE_FILE)
      ? decodeState(await this.#disk.read(STATE_FILE), SPOOL_FORMAT, crc32)
      : undefined;
    const format = Math.max(newestFormat(found), read?.kind === 'newer' ? read.format : 0);
    if (format > SPOOL_FORMAT) throw this.#newer(format);
    if (read?.kind === 'state') {
      if (bridgeId !== undefined && bridgeId !== read.state.bridgeId) {
        throw this.#other(read.state.bridgeId, bridgeId);
      }
      const state = { ...read.state, format: SPOOL_FORMAT };
      return { state, isNew: read.state.format !== SPOOL_FORMAT };
    }
    if (found.length > 0 || read !== undefined) {
      this.#health.notice(
        `${STATE_FILE} of the spool ${this.#disk.place} is lost or damaged: what is left lands under new object names, and some of it may land twice.`,
      );
    }
    const state = {
      format: SPOOL_FORMAT,
      bridgeId: bridgeId ?? `bridge-${newId()}`,
      // Object names of before may be taken, and nobody knows how many: none of them is used again.
      spoolId: newId(),
      landed: noneLanded(),
    };
    return { state, isNew: true };
  }

  #newer(format: number): BridgeError {
    return new BridgeError(
      'SPOOL_NEWER',
      `The spool ${this.#disk.place} has format ${format}, and this version of the bridge knows formats up to ${SPOOL_FORMAT}. Start the version that wrote it, or give this one a spool of its own with --spool DIR.`,
    );
  }

  #other(owner: string, wanted: string): BridgeError {
    return new BridgeError(
      'SPOOL_OTHER',
      `The spool ${this.#disk.place} belongs to the bridge ${owner}, not to ${wanted}. Start with --id ${owner}, or give ${wanted} a spool of its own with --spool DIR.`,
    );
  }
}
