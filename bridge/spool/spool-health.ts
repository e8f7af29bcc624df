import { BridgeError } from '../bridge-error.ts';
import type { NoticeLevel, OnNotice } from '../notice.ts';
import type { BridgeTimers } from '../ports.ts';
import { systemCode } from './spool-disk.ts';

/** More bytes than this that wait for the disk make sources pause. */
export const PENDING_BYTES_MAX: number = 32 * 1_048_576;

const RETRY_MS = 1_000;
const NO_SPACE_CODES = new Set(['ENOSPC', 'EDQUOT']);

/** What a spool tells of itself. */
export interface SpoolEvents {
  /** Told once at each change that somebody should know. */
  readonly onNotice: OnNotice;
  /** Called once when the spool has failed: this process can keep no promise any more. */
  readonly onFailure?: (error: BridgeError) => void;
  /** Told how long each fdatasync took. */
  readonly onSync?: (durationMs: number) => void;
}

/** How the disk is to all tables of a spool, and how much waits for it. */
export class SpoolHealth {
  readonly #place: string;
  readonly #timers: BridgeTimers;
  readonly #events: SpoolEvents;
  readonly #blocked = new Set<object>();
  readonly #holding = new Set<object>();
  readonly #roomListeners: (() => void)[] = [];
  #retries: { readonly resolve: () => void; readonly reject: (error: BridgeError) => void }[] = [];
  #troubleListeners: (() => void)[] = [];
  #failure: BridgeError | undefined;
  #isClosed = false;
  #pendingBytes = 0;
  #isFull = false;

  constructor(place: string, timers: BridgeTimers, events: SpoolEvents) {
    this.#place = place;
    this.#timers = timers;
    this.#events = events;
  }

  get state(): 'ok' | 'full' | 'failed' {
    if (this.#failure !== undefined) return 'failed';
    return this.#blocked.size > 0 ? 'full' : 'ok';
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Counts bytes that wait for the disk; fewer when negative. */
  addPending(bytes: number): void {
    this.#pendingBytes += bytes;
    this.#review();
  }

  onRoom(listener: () => void): void {
    this.#roomListeners.push(listener);
  }

  /** Resolves when the state is not `ok` any more. */
  async trouble(): Promise<void> {
    if (this.state !== 'ok') return;
    await new Promise<void>((resolve) => void this.#troubleListeners.push(resolve));
  }

  notice(text: string, level: NoticeLevel = 'warn'): void {
    this.#events.onNotice({ level, part: 'spool', text });
  }

  synced(durationMs: number): void {
    this.#events.onSync?.(durationMs);
  }

  /** Notes that `who` could not write. False when it is not for want of space: then the spool has failed. */
  block(who: object, error: unknown): boolean {
    if (!isNoSpace(error)) {
      this.fail(error);
      return false;
    }
    const isFirst = this.#blocked.size === 0;
    this.#blocked.add(who);
    if (isFirst) {
      this.notice(
        `The disk of the spool ${this.#place} is full: nothing more is acknowledged until it has room. Free space on it; the bridge goes on by itself.`,
      );
    }
    this.#review();
    return true;
  }

  /** Notes that `who` can write. */
  unblock(who: object): void {
    if (!this.#blocked.delete(who) || this.#blocked.size > 0 || this.state === 'failed') return;
    this.notice(`The disk of the spool ${this.#place} has room again.`, 'info');
    this.#review();
  }

  /** Makes sources pause until `who` releases them, though the disk has room. */
  hold(who: object): void {
    this.#holding.add(who);
    this.#review();
  }

  /** Ends what `hold` began; no effect otherwise. */
  release(who: object): void {
    if (this.#holding.delete(who)) this.#review();
  }

  /** @throws BridgeError `SPOOL_FAILED` when the spool has failed */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when it is time to try again. @throws BridgeError `SPOOL_FAILED` when the spool has failed or was closed */
  async nextRetry(): Promise<void> {
    this.check();
    if (this.#isClosed) throw this.#closedError();
    await new Promise<void>((resolve, reject) => {
      this.#retries.push({ resolve, reject });
      if (this.#retries.length > 1) return;
      this.#timers.at(this.#timers.now() + RETRY_MS, () => {
        const due = this.#retries;
        this.#retries = [];
        for (const retry of due) retry.resolve();
      });
    });
  }

  /** Does what needs space again and again until it works. @throws BridgeError `SPOOL_FAILED` */
  async persist<Result>(action: () => Promise<Result>): Promise<Result> {
    for (;;) {
      this.check();
      try {
        const result = await action();
        this.unblock(action);
        return result;
      } catch (error) {
        if (!this.block(action, error)) throw this.fail(error);
        await this.nextRetry();
      }
    }
  }

  /** Gives up for good: after a failed sync nobody knows what the disk holds. Gives the error to throw. */
  fail(cause: unknown): BridgeError {
    if (this.#failure !== undefined) return this.#failure;
    const why = cause instanceof Error ? cause.message : String(cause);
    this.#failure = new BridgeError(
      'SPOOL_FAILED',
      `The spool ${this.#place} failed (${why}): nothing more is acknowledged. Check the disk, then start the bridge again; what was acknowledged is in the spool and lands then.`,
      { cause },
    );
    this.#dropRetries(this.#failure);
    this.notice(this.#failure.message, 'error');
    this.#review();
    this.#events.onFailure?.(this.#failure);
    return this.#failure;
  }

  /** Ends all waiting for space. */
  close(): void {
    this.#isClosed = true;
    this.#dropRetries(this.#closedError());
  }

  #dropRetries(error: BridgeError): void {
    const dropped = this.#retries;
    this.#retries = [];
    for (const retry of dropped) retry.reject(error);
  }

  #closedError(): BridgeError {
    return new BridgeError(
      'SPOOL_FAILED',
      `The spool ${this.#place} was closed while its disk was full: what was not acknowledged is not kept. Free space on the disk.`,
    );
  }

  /** Sources pause early and go on when half of what waited is gone, so that they do not flutter. */
  #review(): void {
    const limit = this.#isFull ? PENDING_BYTES_MAX / 2 : PENDING_BYTES_MAX;
    if (this.state !== 'ok') {
      for (const listener of this.#troubleListeners) listener();
      this.#troubleListeners = [];
    }
    const isLoaded = this.#holding.size > 0 || this.#pendingBytes > limit;
    const isFull = this.state !== 'ok' || isLoaded;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    if (!isFull) for (const listener of this.#roomListeners) listener();
  }
}

/** Whether a write failed because the disk is full, or the share of it that the bridge may have. */
export function isNoSpace(error: unknown): boolean {
  return NO_SPACE_CODES.has(systemCode(error) ?? '');
}
