/** Trying until it works: pauses that grow, a time limit for each attempt, and an end when the bridge stops. */
import { BridgeError } from '../bridge-error.ts';
import { backoffMs } from '../core/backoff.ts';
import type { BridgeTimers } from '../ports.ts';
import type { Outage } from './outage.ts';

/** Something to do until it works. Doing it twice must do no harm: an attempt that was given up may still succeed. */
export interface Task {
  /** Who does it, so that an outage knows when it is over for all. */
  readonly who: string;
  readonly outage: Outage;
  /** How long one attempt may take; as long as it wants if absent. */
  readonly limitMs?: number;
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** Carries out tasks until they succeed or the bridge stops. */
export class Persistence {
  readonly #timers: BridgeTimers;
  readonly #random: () => number;
  readonly #stopping = new Moment();
  readonly #graceOver = new Moment();

  constructor(timers: BridgeTimers, random: () => number) {
    this.#timers = timers;
    this.#random = random;
  }

  /** True once {@link stop} was called. */
  get isStopping(): boolean {
    return this.#stopping.hasCome;
  }

  /** Ends all pauses now and all attempts that still run in `graceMs`. */
  stop(graceMs: number): void {
    this.#stopping.come();
    this.#timers.at(this.#timers.now() + graceMs, () => this.#graceOver.come());
  }

  /** True when the task has succeeded; false when the bridge stops first. While it stops, one attempt is made. */
  async carryOut(task: Task): Promise<boolean> {
    const { who, outage } = task;
    for (let failures = 1; failures === 1 || !this.isStopping; failures++) {
      if (this.#graceOver.hasCome) return false;
      try {
        await this.#attempt(task);
        outage.succeeded(who);
        return true;
      } catch (cause) {
        if (this.#graceOver.hasCome) return false;
        outage.failed(who, cause);
      }
      await this.#pause(backoffMs(failures, this.#random));
    }
    return false;
  }

  async #attempt({ run, limitMs }: Task): Promise<void> {
    const ending = new AbortController();
    const limit = timeOrMoment(this.#timers, limitMs, this.#graceOver);
    const tooLate = limit.over.then(() => {
      const cause = tooSlow(limitMs ?? 0);
      ending.abort(cause);
      throw cause;
    });
    try {
      await Promise.race([run(ending.signal), tooLate]);
    } finally {
      limit.forget();
    }
  }

  async #pause(ms: number): Promise<void> {
    const pause = timeOrMoment(this.#timers, ms, this.#stopping);
    await pause.over;
    pause.forget();
  }
}

function tooSlow(limitMs: number): BridgeError {
  const seconds = Math.round(limitMs / 1000);
  return new BridgeError(
    'STORAGE_UNREACHABLE',
    `It did not answer within ${seconds} s. Check the storage and the network to it.`,
  );
}

/** A moment that may come, once. What waits for it may stop waiting: a promise would keep hold of all that ever did. */
class Moment {
  readonly #waiting = new Set<() => void>();
  #hasCome = false;

  get hasCome(): boolean {
    return this.#hasCome;
  }

  come(): void {
    this.#hasCome = true;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** Calls `resolve` when the moment comes, unless what is returned is called before. */
  wait(resolve: () => void): () => void {
    if (this.#hasCome) resolve();
    else this.#waiting.add(resolve);
    return () => this.#waiting.delete(resolve);
  }
}

/**
 * Resolves after `ms`, if given, or when the moment comes. The timers keep an alarm until it is due: all that they get
 * hold of is a box that can be emptied, never the bytes of an object.
 */
function timeOrMoment(
  timers: BridgeTimers,
  ms: number | undefined,
  moment: Moment,
): { readonly over: Promise<void>; readonly forget: () => void } {
  const box: { ring: (() => void) | undefined } = { ring: undefined };
  const over = new Promise<void>((resolve) => {
    box.ring = resolve;
  });
  if (ms !== undefined) armBox(timers, ms, box);
  const unwait = moment.wait(() => box.ring?.());
  return {
    over,
    forget: () => {
      box.ring = undefined;
      unwait();
    },
  };
}

function armBox(
  timers: BridgeTimers,
  ms: number,
  box: { readonly ring: (() => void) | undefined },
): void {
  timers.at(timers.now() + ms, () => box.ring?.());
}
