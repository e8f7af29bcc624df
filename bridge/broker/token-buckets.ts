interface Bucket {
  tokens: number;
  atMs: number;
}

/** More keys than this are not told apart: the one that has been quiet for the longest is forgotten. */
const KEYS_MAX = 10_000;

/** A bucket of tokens for each key: it holds `size`, and one comes back in `refillMs`. */
export class TokenBuckets {
  readonly #size: number;
  readonly #refillMs: number;
  /** In the order of last use. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(size: number, refillMs: number) {
    this.#size = size;
    this.#refillMs = refillMs;
  }

  /** Takes a token; false when there is none. */
  take(key: string, nowMs: number): boolean {
    const tokens = this.#tokens(key, nowMs);
    const isTaken = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: isTaken ? tokens - 1 : tokens, atMs: nowMs });
    if (this.#buckets.size > KEYS_MAX) this.#forgetOldest();
    return isTaken;
  }

  /** Puts back a token that was taken. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.tokens = Math.min(this.#size, bucket.tokens + 1);
  }

  /** Forgets the keys whose buckets are full again. */
  prune(nowMs: number): void {
    for (const key of this.#buckets.keys()) {
      if (this.#tokens(key, nowMs) < this.#size) return;
      this.#buckets.delete(key);
    }
  }

  #tokens(key: string, nowMs: number): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return this.#size;
    return Math.min(this.#size, bucket.tokens + (nowMs - bucket.atMs) / this.#refillMs);
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key);
      return;
    }
  }
}
