import type { Truth } from '../../simulator/index.ts';

/** One measurement on the world's clock: a phone's sample, or a trainer's distance as it lands. */
export type LiveSignal =
  | {
      readonly kind: 'sample';
      readonly atMs: number;
      readonly x: number;
      readonly y: number;
      readonly z: number;
    }
  | { readonly kind: 'distance'; readonly atMs: number; readonly distance: number };

/** Tells what is measured of the people whom somebody watches. */
export class LiveSignals {
  readonly #listeners = new Map<number, Set<(signal: LiveSignal) => void>>();

  /** Calls `listener` with what is measured of a person from now on. Returns what ends it. */
  watch(person: number, listener: (signal: LiveSignal) => void): () => void {
    const listeners = this.#listeners.get(person) ?? new Set();
    this.#listeners.set(person, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(person) === listeners) {
        this.#listeners.delete(person);
      }
    };
  }

  /** Tells a reading to whoever watches the person who made it. */
  tell(truth: Truth): void {
    const listeners = this.#listeners.get(truth.person);
    if (listeners === undefined) return;
    const { atMs } = truth;
    const signal: LiveSignal =
      truth.kind === 'distance'
        ? { kind: 'distance', atMs, distance: truth.distance }
        : { kind: 'sample', atMs, x: truth.x, y: truth.y, z: truth.z };
    for (const listener of listeners) listener(signal);
  }
}
