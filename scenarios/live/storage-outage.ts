/** What a simulated storage refuses while it is away, and what it takes its time for while it is slow. */

/** Of a request, what decides whether it is hit. */
interface StorageRequest {
  readonly operation: string;
}

/** How a request fails: its connection is reset, or its answer is late. */
type StorageFailure =
  { readonly kind: 'reset-before' } | { readonly kind: 'delay'; readonly delayMs: number };

/** A storage that may be away or slow. What is stored can be read all the same: whoever looks sees what had landed. */
export class StorageOutage {
  readonly #onStruck: (occurrence: 'storage-down' | 'storage-slow') => void;
  #away = 0;
  #delaysMs: readonly number[] = [];

  /** `onStruck` is told of each object that is refused or delayed. */
  constructor(onStruck: (occurrence: 'storage-down' | 'storage-slow') => void) {
    this.#onStruck = onStruck;
  }

  /** True while nothing keeps objects from being stored. */
  get isUp(): boolean {
    return this.#away === 0;
  }

  /** The storage refuses every object, until the function that is given back is called. */
  takeAway(): () => void {
    this.#away++;
    return once(() => this.#away--);
  }

  /** The storage takes `delayMs` of real time for every object, until the function that is given back is called. */
  slowDown(delayMs: number): () => void {
    this.#delaysMs = [...this.#delaysMs, delayMs];
    return once(() => {
      const index = this.#delaysMs.indexOf(delayMs);
      this.#delaysMs = this.#delaysMs.filter((_, position) => position !== index);
    });
  }

  /** How a request fails; `undefined` when it does not. */
  strike({ operation }: StorageRequest): StorageFailure | undefined {
    if (!this.isUp && (operation === 'PutObject' || operation === 'HeadBucket')) {
      if (operation === 'PutObject') this.#onStruck('storage-down');
      return { kind: 'reset-before' };
    }
    if (this.#delaysMs.length === 0 || operation !== 'PutObject') return undefined;
    this.#onStruck('storage-slow');
    return { kind: 'delay', delayMs: Math.max(...this.#delaysMs) };
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
