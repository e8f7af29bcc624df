import type { BatchTable } from '../core/landing-batches.ts';
import { encodeClaims, NO_CLAIM } from '../core/spool-claims.ts';
import type { DurableClaim } from '../core/spool-claims.ts';
import { BATCH_TABLES, segmentFileName } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { SPOOL_FORMAT } from '../core/spool-segment.ts';
import { encodeState, noneLanded } from '../core/spool-state.ts';
import { timeOfDay } from '../core/time-of-day.ts';
import type { BridgeTimers } from '../ports.ts';
import type { FoundSegment } from './find-segments.ts';
import { findSegments } from './find-segments.ts';
import { MISSING_CONTENTS, readSegment } from './read-segment.ts';
import { recoverTable } from './recover-table.ts';
import type {
  DurableStore,
  SealedSegment,
  SegmentContents,
  SpoolStatus,
} from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';
import { systemCode } from './spool-disk.ts';
import type { SpoolEvents } from './spool-health.ts';
import { SpoolHealth } from './spool-health.ts';
import type { CurrentState } from './spool-identity.ts';
import { CLAIMS_FILE, identifySpool, STATE_FILE } from './spool-identity.ts';
import type { SegmentLimits } from './lane-options.ts';
import { SpoolLane } from './spool-lane.ts';

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
  #state: CurrentState = {
    format: SPOOL_FORMAT,
    bridgeId: '',
    spoolId: '',
    landed: noneLanded(),
    landedMs: noneLanded(),
  };
  #claims = new Map<BatchTable, DurableClaim>();
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
    const { crc32, timers } = this.#options;
    const found = await findSegments(this.#disk, crc32);
    const { state, isNew, claims, notice } = await identifySpool(this.#disk, found, {
      ...this.#options,
      nowMs: timeOfDay(timers),
    });
    if (notice !== undefined) this.#health.notice(notice);
    this.#state = state;
    this.#claims = new Map(claims);
    if (isNew) await this.#saveState(state);
    for (const table of BATCH_TABLES) await this.#recoverTable(table, found);
    this.#health.check();
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
    const { table, number, bytes, firstArrivalMs } = segment;
    const file = await unlessGone(this.#disk.read(segmentFileName(table, number)));
    const contents =
      file === undefined ? MISSING_CONTENTS : readSegment(file, bytes, this.#options.crc32);
    if (contents.rows > 0) return contents;
    return { ...contents, firstArrivalMs, lastArrivalMs: firstArrivalMs };
  }

  async markLanded(segment: SealedSegment): Promise<void> {
    const { table, number, firstArrivalMs } = segment;
    // One file holds the marks of all tables: they are written one after the other.
    const marked = this.#marking.then(async () => {
      const landed = { ...this.#state.landed, [table]: number };
      const landedMs = { ...this.#state.landedMs, [table]: firstArrivalMs };
      await this.#saveState({ ...this.#state, landed, landedMs });
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

  async #recoverTable(table: BatchTable, found: readonly FoundSegment[]): Promise<void> {
    const { sealed, nextNumber, isUnused, cutBytes, secures, mends } = await recoverTable(
      this.#disk,
      found,
      {
        table,
        landed: this.#state.landed[table],
        landedMs: this.#state.landedMs[table],
        claim: this.#claims.get(table) ?? NO_CLAIM,
        crc32: this.#options.crc32,
      },
    );
    if (cutBytes > 0) {
      this.#health.notice(
        `The spool ${this.#disk.place} ended in the middle of a write: ${cutBytes} bytes of ${table} that were never acknowledged are dropped.`,
      );
    }
    for (const secure of secures) await this.#health.persist(secure);
    this.#sealed.set(table, [...sealed]);
    const lane = this.#newLane(table);
    this.#lanes.set(table, lane);
    await lane.begin(nextNumber, async () => {
      for (const mend of mends) await unlessGone(mend());
      return isUnused ? this.#disk.open(segmentFileName(table, nextNumber)) : undefined;
    });
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
      onDurable: (claim) => this.#claim(table, claim),
      // Were the end of a stored segment damaged, and the note older, it would be taken for a torn one, and stored again.
      settleClaims: () => this.#disk.syncNote(CLAIMS_FILE).catch(() => {}),
      onSealed: (segment) => {
        this.#sealed.get(table)?.push(segment);
        for (const listener of this.#sealedListeners) listener(table);
      },
    });
  }

  #claim(table: BatchTable, claim: DurableClaim): void {
    this.#claims.set(table, claim);
    try {
      this.#disk.note(CLAIMS_FILE, encodeClaims(this.#claims, this.#options.crc32));
    } catch {
      // It only helps to tell damage from a torn tail. A disk that takes no note shows with the next record.
    }
  }

  async #saveState(state: CurrentState): Promise<void> {
    const bytes = encodeState(state, this.#options.crc32);
    await this.#health.persist(() => this.#disk.replace(STATE_FILE, bytes));
    this.#state = state;
  }
}

/** `undefined` when the file is not there. */
async function unlessGone<Result>(action: Promise<Result>): Promise<Result | undefined> {
  try {
    return await action;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
