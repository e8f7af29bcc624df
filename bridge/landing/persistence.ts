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
  readonly #stopping = new AbortController();
  readonly #graceOver = new AbortController();

  constructor(timers: BridgeTimers, random: () => number) {
    this.#timers = timers;
    this.#random = random;
  }

  /** True once {@link stop} was called. */
  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Ends all pauses now and all attempts that still run in `graceMs`. */
  stop(graceMs: number): void {
    this.#stopping.abort();
    this.#timers.at(this.#timers.now() + graceMs, () => this.#graceOver.abort());
  }

  /** True when the task has succeeded; false when the bridge stops first. While it stops, one attempt is made. */
  async carryOut(task: Task): Promise<boolean> {
    const { who, outage } = task;
    for (let failures = 1; failures === 1 || !this.isStopping; failures++) {
      if (this.#graceOver.signal.aborted) return false;
      try {
        await this.#attempt(task);
        outage.succeeded(who);
        return true;
      } catch (cause) {
        if (this.#graceOver.signal.aborted) return false;
        outage.failed(who, cause);
      }
      await this.#pause(backoffMs(failures, this.#random));
    }
    return false;
  }

  async #attempt({ run, limitMs }: Task): Promise<void> {
    const ending = new AbortController();
    const alarm = limitMs === undefined ? neverRings() : setAlarm(this.#timers, limitMs);
    const graceOver = untilAborted(this.#graceOver.signal);
    const tooLate = Promise.race([alarm.rung, graceOver.rung]).then(() => {
      throw tooSlow(limitMs ?? 0);
    });
    try {
      await Promise.race([run(ending.signal), tooLate]);
    } catch (cause) {
      ending.abort();
      throw cause;
    } finally {
      alarm.forget();
      graceOver.forget();
    }
  }

  async #pause(ms: number): Promise<void> {
    const alarm = setAlarm(this.#timers, ms);
    const stopping = untilAborted(this.#stopping.signal);
    await Promise.race([alarm.rung, stopping.rung]);
    alarm.forget();
    stopping.forget();
  }
}

function tooSlow(limitMs: number): BridgeError {
  const seconds = Math.round(limitMs / 1000);
  return new BridgeError(
    'STORAGE_UNREACHABLE',
    `It did not answer within ${seconds} s. Check the storage and the network to it.`,
  );
}

/** A moment that may come, and need not be waited for any longer. */
interface Alarm {
  readonly rung: Promise<void>;
  forget(): void;
}

/** A new one for each attempt: a promise keeps hold of all that ever waited for it. */
function neverRings(): Alarm {
  return { rung: new Promise(() => undefined), forget: () => undefined };
}

/** The timers keep an alarm until it is due: all that they get hold of is a box that can be emptied, never an object's bytes. */
function setAlarm(timers: BridgeTimers, ms: number): Alarm {
  const box: AlarmBox = { ring: undefined };
  const rung = new Promise<void>((resolve) => {
    box.ring = resolve;
  });
  armBox(timers, ms, box);
  return { rung, forget: () => (box.ring = undefined) };
}

interface AlarmBox {
  ring: (() => void) | undefined;
}

function armBox(timers: BridgeTimers, ms: number, box: AlarmBox): void {
  timers.at(timers.now() + ms, () => box.ring?.());
}

function untilAborted(signal: AbortSignal): Alarm {
  const box: AlarmBox = { ring: undefined };
  const onAbort = (): void => box.ring?.();
  const rung = new Promise<void>((resolve) => {
    box.ring = resolve;
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  return { rung, forget: () => signal.removeEventListener('abort', onAbort) };
}
